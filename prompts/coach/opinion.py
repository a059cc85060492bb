"""A second opinion on what the rules found, by learnt weights.

The weights are told what the rules found, too. A finding counts only where they agree; what they
are sure of without a rule is a finding as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from prompts.coach.clauses import Unit
from prompts.coach.grammar import PUNCTUATION
from prompts.coach.hits import Hit, Reader
from prompts.coach.model import UNJUDGED
from prompts.coach.passages import passages, traits
from prompts.coach.reply import Reply
from prompts.coach.traits import Traits, runs
from prompts.coach.weights import Weights


@dataclass(slots=True)
class Opinion:
    """One reply's; a passage is looked at when it is first asked about."""

    look: Traits
    weights: Weights
    passages: list[list[Reader]]
    hits: list[Hit]
    seen: dict[int, list[str]] = field(default_factory=dict)

    @classmethod
    def on(cls, reply: Reply, hits: list[Hit]) -> Opinion | None:
        """None where the pack has no weights: then the rules have the last word."""
        look, weights = reply.pack.traits, reply.pack.weights
        if weights is None or look is None:
            return None
        return cls(look, weights, passages(reply.readers), hits)

    def judged(self) -> list[Hit]:
        return [*self.shared(), *self.added()]

    def shared(self) -> Iterator[Hit]:
        """Hits without what the weights speak against."""
        for hit in self.hits:
            held = self.held(hit.number if len(self.passages) > 1 else 0)
            left = tuple([c for c in hit.categories if c in held or c in UNJUDGED])
            if left:
                yield hit if left == hit.categories else replace(hit, categories=left)

    def added(self) -> Iterator[Hit]:
        """What no rule found and the weights are sure of, in a short reply only."""
        if len(self.passages) == 1:
            have = {category for hit in self.hits for category in hit.categories}
            for category in self.held(0):
                if category not in have:
                    yield self.found(category)

    def held(self, at: int) -> list[str]:
        """The kinds that reach their bar in a passage."""
        found = self.seen.get(at)
        if found is None:
            known = traits_of(self.passages[at], self.look, self.hits)
            bars = self.weights.bars if len(self.passages) == 1 else self.weights.higher
            scores = zip(self.weights.kinds, self.weights.scores(known), bars, strict=True)
            found = self.seen[at] = [kind for kind, score, bar in scores if score >= bar]
        return found

    def found(self, category: str) -> Hit:
        """At the clause that says most of it."""
        here = self.passages[0]
        clauses = [(reader, unit) for reader in here for unit in reader.units or [reader.full]]
        reader, unit = max(clauses, key=lambda clause: self.weight(clause[1], category))
        name, number = f"learnt.{category}", reader.around.number
        return Hit((category,), name, "strong", name, name, number, *_words(unit))

    def weight(self, unit: Unit, category: str) -> float:
        words = runs(unit.code, self.look.coded(unit.code))
        return self.weights.scores(words)[self.weights.kinds.index(category)]


def traits_of(passage: list[Reader], look: Traits, hits: Iterable[Hit]) -> set[str]:
    """The passage's own, and one for every rule and kind that was found in it."""
    found = traits(passage, look)
    first, last = passage[0].around.number, passage[-1].around.number
    for hit in hits:
        if first <= hit.number <= last:
            found.add("=" + hit.rule)
            if hit.tier == "strong":
                found.update(["=" + category for category in hit.categories])
    return found


def _words(unit: Unit) -> tuple[int, int]:
    """From its first word to its last, without the marks around."""
    start, end = 1, len(unit.code) - 1
    while start + 1 < end and unit.code[start] in PUNCTUATION:
        start += 1
    while start + 1 < end and unit.code[end - 1] in PUNCTUATION:
        end -= 1
    return start + unit.offset, end + unit.offset
