"""A reply in passages of a few sentences, and the traits of each: what learnt weights look at.

Weights are learnt from short replies; a longer one is therefore judged piece by piece.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from prompts.coach.clauses import Unit
from prompts.coach.hits import Reader
from prompts.coach.traits import Traits, runs

_MOST_SENTENCES, _MOST_WORDS = 3, 40
_SIZES = (4, 6, 9, 14, 22)  # characters of a sentence, its two edges included
_MOST = 3  # of words in common, and of sentences before, that are counted


@dataclass(frozen=True, slots=True)
class Passage:
    """Sentences from `begin` up to `end` of a reply."""

    readers: list[Reader]
    begin: int
    end: int

    def traits(self, look: Traits) -> set[str]:
        here = self.readers[self.begin : self.end]
        code = "".join([reader.sentence.code for reader in here])
        coded = look.coded(code)
        found = runs(code, coded)
        start = 0
        for reader in here:
            found.update(_of_sentence(look, reader))
            for unit in reader.units:
                clause = coded[start + unit.offset + 1 : start + unit.offset + len(unit.code) - 1]
                found.update(_of_clause(look, unit, clause))
            start += len(reader.sentence.code)
        return found


def passages(readers: list[Reader]) -> Iterator[Passage]:
    begin = words = 0
    for number, reader in enumerate(readers):
        size = len(reader.sentence.code)
        if number > begin and (words + size > _MOST_WORDS or number - begin == _MOST_SENTENCES):
            yield Passage(readers, begin, number)
            begin, words = number, 0
        words += size
    if readers:
        yield Passage(readers, begin, len(readers))


def in_one(readers: list[Reader]) -> Passage:
    """All of it, as short replies are that weights are learnt from."""
    return Passage(readers, 0, len(readers))


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
    opening = ["n" + coded[:2], "n" + coded[:3]]
    return [mood, *opening, *[mood + letter for letter in look.classes.intersection(coded)]]
