"""What a sentence has in common with the disclosure: stems of content words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from prompts.coach.pack import Pack
from prompts.coach.sentences import Sentence

_ENDINGS = ("ations", "ation", "ness", "ings", "ing", "edly", "ied", "ies", "ed", "ly", "s")


@dataclass(frozen=True, slots=True)
class Told:
    """The disclosure, ready for comparing: its coded text and stems of its content words."""

    code: str
    stems: frozenset[str]

    @classmethod
    def of(cls, pack: Pack, sentences: list[Sentence]) -> Told:
        stems = {s for sentence in sentences for s in content(pack, sentence)}
        return cls("".join(s.code for s in sentences), frozenset(stems))

    def shared(self, pack: Pack, sentence: Sentence) -> int:
        """How many different content words the sentence gives back."""
        return len(self.stems.intersection(content(pack, sentence))) if self.stems else 0


def content(pack: Pack, sentence: Sentence) -> set[str]:
    return {stem(w, pack.lemmas) for w in sentence.words if len(w) > 2 and w not in pack.stopwords}


def stem(word: str, lemmas: Mapping[str, str]) -> str:
    word = lemmas.get(word, word)
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            word = word[: -len(ending)]
            break
    if len(word) > 3 and word[-1] == word[-2]:
        word = word[:-1]
    return word[:-1] if len(word) > 3 and word[-1] in "eyi" else word
