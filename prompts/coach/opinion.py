"""A second opinion on what the rules found, by learnt weights.

The weights are told what the rules found, too. A finding counts only where they agree; what they
are sure of without a rule is a finding as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from prompts.coach.clauses import Unit
from prompts.coach.grammar import PUNCTUATION
from prompts.coach.hits import Hit
from prompts.coach.model import HARM, UNJUDGED
from prompts.coach.passages import ONE_SENTENCE, Passage, passages, traits
from prompts.coach.reply import Reply
from prompts.coach.traits import Traits, runs
from prompts.coach.weights import Weights

# What is quoted or told of others isn't held against who tells it.
_ANOTHERS = ("told", "quoted")
_ONES_OWN = frozenset({"blame", "minimizing", "premature_fixing"})


@dataclass(slots=True)
class Opinion:
    """One reply's; a passage is looked at when it is first asked about."""

    look: Traits
    weights: Weights
    passages: list[Passage]
    around: dict[int, Passage]
    hits: list[Hit]
    seen: dict[tuple[int, int], frozenset[str]] = field(default_factory=dict)

    @classmethod
    def on(cls, reply: Reply, hits: list[Hit]) -> Opinion | None:
        """None where the pack has no weights: then the rules have the last word."""
        look, weights = reply.pack.traits, reply.pack.weights
        if weights is None or look is None:
            return None
        found = passages(reply.readers)
        around = {reader.around.number: one for one in found for reader in one.readers}
        return cls(look, weights, found, around, hits)

    def judged(self) -> list[Hit]:
        return [*self.shared(), *self.added()]

    def shared(self) -> Iterator[Hit]:
        """Hits without what the weights speak against."""
        for hit in self.hits:
            left = tuple([c for c in hit.categories if c in UNJUDGED or self.holds(hit, c)])
            if left:
                yield hit if left == hit.categories else replace(hit, categories=left)

    def holds(self, hit: Hit, category: str) -> bool:
        """In its passage, or, by a higher bar, in its sentence alone."""
        passage = self.around[hit.number]
        if category in self.reached(passage) or len(passage.readers) == 1:
            return category in self.reached(passage)
        own = [reader for reader in passage.readers if reader.around.number == hit.number]
        return category in self.reached(Passage(own, ONE_SENTENCE))

    def added(self) -> Iterator[Hit]:
        """What no rule found and the weights are sure of, in short lines only."""
        for passage in self.passages:
            if passage.surer < ONE_SENTENCE:
                here = [hit for hit in self.hits if self.around[hit.number] is passage]
                have = {category for hit in here for category in hit.categories}
                for category in sorted(self.reached(passage) - have - {HARM}):
                    yield from self.found(passage, category)

    def harm(self) -> bool:
        """Whether a sentence tells what may be harm, fear, control or a boundary."""
        return any(
            HARM in self.reached(Passage([reader], ONE_SENTENCE))
            for passage in self.passages
            for reader in passage.readers
        )

    def reached(self, passage: Passage) -> frozenset[str]:
        """The kinds whose bar it reaches."""
        place = passage.readers[0].around.number, len(passage.readers)
        found = self.seen.get(place)
        if found is None:
            known = traits_of(passage, self.look, self.hits)
            scored = zip(self.weights.kinds, self.weights.scores(known), strict=True)
            reach = [k.category for k, score in scored if score >= k.bar + passage.surer * k.remark]
            found = self.seen[place] = frozenset(reach)
        return found

    def found(self, passage: Passage, category: str) -> Iterator[Hit]:
        """At the clause that says most of it."""
        clauses = [(r, unit) for r in passage.readers for unit in r.units or [r.full]]
        reader, unit = max(clauses, key=lambda clause: self.weight(clause[1], category))
        if category not in _ONES_OWN or not reader.has_any(unit, _ANOTHERS):
            name, number = f"learnt.{category}", reader.around.number
            yield Hit((category,), name, "strong", name, name, number, *_words(unit))

    def weight(self, unit: Unit, category: str) -> float:
        words = runs(unit.code, self.look.coded(unit.code))
        return self.weights.scores(words)[self.weights.places[category]]


def traits_of(passage: Passage, look: Traits, hits: Iterable[Hit]) -> set[str]:
    """The passage's own, and one for every rule and kind that was found in it."""
    found = traits(passage.readers, look)
    numbers = {reader.around.number for reader in passage.readers}
    for hit in hits:
        if hit.number in numbers:
            found.add("=" + hit.rule)
            if hit.tier == "strong":
                found.update(["=" + category for category in hit.categories])
    return found


def _words(unit: Unit) -> tuple[int, int]:
    """Up to its last word, without the marks behind."""
    end = len(unit.code) - 1
    while end > 2 and unit.code[end - 1] in PUNCTUATION:
        end -= 1
    return 1 + unit.offset, end + unit.offset
