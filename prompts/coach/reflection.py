"""Did the reply give back what was told? Shared content words in a statement about the partner."""

from __future__ import annotations

from dataclasses import dataclass

from prompts.coach.hits import Hit
from prompts.coach.pack import Pack
from prompts.coach.sentences import Sentence

_ENDINGS = ("ations", "ation", "ness", "ings", "ing", "edly", "ied", "ies", "ed", "ly", "es", "s")


@dataclass(frozen=True, slots=True)
class Told:
    """The disclosure, ready for comparing: coded sentences and stems of its content words."""

    codes: tuple[str, ...]
    stems: frozenset[str]

    @classmethod
    def of(cls, pack: Pack, sentences: list[Sentence]) -> Told:
        stems = {s for sentence in sentences for s in content(pack, sentence)}
        return cls(tuple(s.code for s in sentences), frozenset(stems))


def content(pack: Pack, sentence: Sentence) -> list[str]:
    return [stem(w) for w in sentence.words if len(w) > 2 and w not in pack.stopwords]


def stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    if len(word) > 3 and word[-1] == word[-2]:
        word = word[:-1]
    return word.rstrip("ey") if len(word) > 4 else word


def reflection_hits(pack: Pack, sentence: Sentence, number: int, told: Told) -> list[Hit]:
    code = sentence.code
    if not told.stems or pack.patterns["not_a_reflection"].search(code):
        return []
    shared = [w for w in set(content(pack, sentence)) if w in told.stems]
    if not shared or not pack.patterns["about_partner"].search(code):
        return []
    key = "reflection"
    return [Hit((key,), "reflection.shared", "strong", key, key, number, 1, len(code) - 1)]
