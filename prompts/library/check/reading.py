"""How hard a text is to read, by the formula of Flesch and Kincaid (US school grade)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from prompts.library.check.rules import Rules
from prompts.library.check.texts import Text
from prompts.library.problem import Problem

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
SENTENCE = re.compile(r"[.?…:;]+")
VOWELS = re.compile(r"[aeiouy]+")
LABELS = {"word", "also", "name", "title"}  # too short for a formula of sentences
SILENT = re.compile(r"(?:[^laeiouy]e|[^td]ed|[^sxzcg]es)$")


@dataclass(frozen=True, slots=True)
class Ease:
    """How easily the texts of one kind read, `place` being table and entry."""

    place: str
    file: str
    texts: int
    grade: float


@lru_cache(maxsize=16_384)
def syllables(word: str) -> int:
    """An estimate: groups of vowels, less a silent ending; off by one for some words."""
    small = word.lower().replace("’", "'").split("'")[0]
    groups = len(VOWELS.findall(small))
    return max(1, groups - bool(groups > 1 and SILENT.search(small)))


def grade(all_words: Iterable[str]) -> float:
    sentences = words = beats = 0
    for text in all_words:
        found = WORD.findall(text)
        sentences += max(1, sum(bool(WORD.search(part)) for part in SENTENCE.split(text)))
        words += len(found)
        beats += sum(syllables(word) for word in found)
    return 0.39 * words / sentences + 11.8 * beats / words - 15.59 if words else 0.0


def ease(all_texts: Iterable[Text]) -> list[Ease]:
    held: dict[str, list[Text]] = {}
    for text in all_texts:
        if text.entry in LABELS:
            continue
        held.setdefault(f"{text.row.table}.{text.entry}", []).append(text)
    return [
        Ease(place, kept[0].row.file, len(kept), grade([text.words for text in kept]))
        for place, kept in sorted(held.items())
    ]


def reading_problems(all_texts: list[Text], rules: Rules) -> list[Problem]:
    most, longest = rules.reading["grade"], rules.reading["syllables"]
    found = [
        Problem(kind.file, 0, f"{kind.place} reads at grade {kind.grade:.1f}, at most {most}")
        for kind in ease(all_texts)
        if kind.grade > most
    ]
    for text in all_texts:
        long = [word for word in WORD.findall(text.words) if syllables(word) >= longest]
        if long and text.entry not in LABELS:
            found.append(text.problem(f"a long word: '{long[0]}'"))
        parts = [len(WORD.findall(part)) for part in SENTENCE.split(text.words)]
        if max(parts) > rules.lengths["sentence_words"]:
            found.append(text.problem(f"a sentence of {max(parts)} words"))
    return found
