"""A reply in passages, and the traits of each: what learnt weights look at.

Weights are learnt from short replies. In a longer one, what one sentence says would be drowned by
the others.
"""

from __future__ import annotations

from bisect import bisect_left

from prompts.coach.clauses import Unit
from prompts.coach.hits import Reader
from prompts.coach.traits import Traits, runs

_MOST_SENTENCES, _MOST_WORDS = 3, 40
_SIZES = (4, 6, 9, 14, 22)  # characters of a sentence, its two edges included
_MOST = 3  # of words in common, and of sentences before, that are counted


def passages(readers: list[Reader]) -> list[list[Reader]]:
    """A short reply as a whole; of a longer one every sentence by itself."""
    words = sum([len(reader.sentence.code) for reader in readers])
    if readers and len(readers) <= _MOST_SENTENCES and words <= _MOST_WORDS:
        return [readers]
    return [[reader] for reader in readers]


def traits(passage: list[Reader], look: Traits) -> set[str]:
    code = "".join([reader.sentence.code for reader in passage])
    coded = look.coded(code)
    found = runs(code, coded)
    start = 0
    for reader in passage:
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
