"""Stems of content words, so that "cried" meets "crying"."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

_ENDINGS = ("ations", "ation", "ness", "ings", "ing", "edly", "ied", "ies", "ed", "ly", "s")


def stem(word: str, lemmas: Mapping[str, str]) -> str:
    word = lemmas.get(word, word)
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            word = word[: -len(ending)]
            break
    if len(word) > 3 and word[-1] == word[-2]:
        word = word[:-1]
    return word[:-1] if len(word) > 3 and word[-1] in "eyi" else word


def stems_of(
    words: Iterable[str], stopwords: Collection[str], lemmas: Mapping[str, str]
) -> dict[str, str]:
    """Stems of known words; a word without content has an empty one."""
    found = dict.fromkeys(stopwords, "")
    for word in words:
        if word not in found:
            found[word] = stem(word, lemmas) if len(word) > 2 else ""
    return found
