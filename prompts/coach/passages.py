"""A reply in passages, and the traits of each: what learnt weights look at.

Weights are learnt from short replies. In a longer one, what one sentence says would be drowned by
the others.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import groupby
from typing import NamedTuple

from prompts.coach.clauses import Unit
from prompts.coach.hits import Reader
from prompts.coach.traits import Traits, runs

ONE_LINE, ONE_SENTENCE = 1.0, 5.0
_MOST_SENTENCES, _MOST_WORDS = 3, 40
_SIZES = (4, 6, 9, 14, 22)  # characters of a sentence, its two edges included
_MOST = 3  # of words in common, and of sentences before, that are counted


class Passage(NamedTuple):
    """`surer`: by how much more a remark on it must score, since there are others beside it."""

    readers: list[Reader]
    surer: float = 0.0


def passages(readers: list[Reader]) -> list[Passage]:
    """Line by line: a short one as a whole; of a longer one every sentence by itself."""
    lines = [list(line) for _, line in groupby(readers, lambda reader: reader.sentence.line)]
    surer = ONE_LINE if len(lines) > 1 else 0.0
    return [passage for line in lines for passage in _cut(line, surer)]


def _cut(line: list[Reader], surer: float) -> list[Passage]:
    words = sum([len(reader.sentence.code) for reader in line])
    if len(line) <= _MOST_SENTENCES and words <= _MOST_WORDS:
        return [Passage(line, surer)]
    return [Passage([reader], ONE_SENTENCE) for reader in line]


def traits(readers: list[Reader], look: Traits) -> set[str]:
    code = "".join([reader.sentence.code for reader in readers])
    coded = look.coded(code)
    found = runs(code, coded)
    start = 0
    for reader in readers:
        found.update(_of_sentence(look, reader))
        for unit in reader.units:
            clause = coded[start + unit.offset + 1 : start + unit.offset + len(unit.code) - 1]
            found.update(_of_clause(look, unit, clause))
        start += len(reader.sentence.code)
    return found


def _of_sentence(look: Traits, reader: Reader) -> tuple[str, ...]:
    code = reader.sentence.code
    people = look.people(frozenset(code))
    asks = "q" if "?" in code else "s"
    size = bisect_left(_SIZES, len(code))
    shared = min(reader.shares(), _MOST)
    number = min(reader.around.number, _MOST)
    return (
        "t" if reader.around.told.code else "u",
        f"d{size}{people}{asks}",
        f"g{people}{shared}",
        f"h{number}{people}{1 if shared else 0}",
    )


def _of_clause(look: Traits, unit: Unit, coded: str) -> list[str]:
    code = unit.code
    denied = "0" if look.denial.isdisjoint(code) else "1"
    mood = "m" + look.first(code) + denied + ("1" if unit.asks else "0")
    return [mood, *[mood + letter for letter in look.classes.intersection(coded)]]
