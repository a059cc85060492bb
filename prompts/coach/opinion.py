"""A second opinion on what the rules found, by learnt weights.

A rule's finding counts only where the weights don't speak against it; what they are very sure of
is a finding without any rule.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace

from prompts.coach.clauses import Unit
from prompts.coach.grammar import PUNCTUATION
from prompts.coach.hits import Hit
from prompts.coach.passages import Passage, passages
from prompts.coach.reply import Reply
from prompts.coach.traits import Traits, runs
from prompts.coach.weights import Weights

# What is told back, quoted or reported isn't held against who tells it.
_ANOTHERS = ("told", "said", "quoted", "echo")
_NO_BLAME = frozenset({"reflection", "generic_praise"})
_ONES_OWN = frozenset({"blame", "minimizing", "premature_fixing"})


@dataclass(slots=True)
class Opinion:
    """One reply's; a passage is scored when it is first asked about."""

    look: Traits
    weights: Weights
    passages: list[Passage]
    scored: dict[int, list[float]] = field(default_factory=dict)

    @classmethod
    def on(cls, reply: Reply) -> Opinion | None:
        """None where the pack has no weights: then the rules have the last word."""
        look, weights = reply.pack.traits, reply.pack.weights
        if weights is None or look is None:
            return None
        return cls(look, weights, list(passages(reply.readers)))

    def shared(self, hits: list[Hit], kinds: Collection[str]) -> list[Hit]:
        """Hits without those of `kinds` that the weights speak against."""
        found = []
        for hit in hits:
            left = tuple([c for c in hit.categories if c not in kinds or self.holds(hit, c)])
            if left == hit.categories:
                found.append(hit)
            elif left:
                found.append(replace(hit, categories=left))
        return found

    def holds(self, hit: Hit, category: str) -> bool:
        place, low = self.weights.lows.get(category, (None, 0.0))
        return place is None or self.score(hit.number, place) >= low

    def score(self, sentence: int, place: int) -> float:
        at = next(n for n, one in enumerate(self.passages) if sentence < one.end)
        return self.scores(at)[place]

    def scores(self, at: int) -> list[float]:
        found = self.scored.get(at)
        if found is None:
            traits = self.passages[at].traits(self.look)
            found = self.scored[at] = self.weights.scores(traits)
        return found

    def added(self, hits: list[Hit]) -> Iterator[Hit]:
        """What no rule found and the weights are sure of, at the clause that says most of it.

        Only in a reply as short as those that weights are learnt from. What is told back, or
        praised, is no blame.
        """
        if len(self.passages) != 1:
            return
        scores = self.scores(0)
        have = {category for hit in hits for category in hit.categories}
        if any(self.holds(hit, c) for hit in hits for c in _NO_BLAME.intersection(hit.categories)):
            have.add("blame")
        for place, bar in self.weights.highs:
            if scores[place] >= bar.high and bar.category not in have:
                yield from self.found(self.passages[0], place, bar.category)

    def found(self, passage: Passage, place: int, category: str) -> Iterator[Hit]:
        here = passage.readers[passage.begin : passage.end]
        clauses = [(reader, unit) for reader in here for unit in reader.units]
        if not clauses:
            return
        reader, unit = max(clauses, key=lambda clause: self.weight(clause[1], place))
        if category not in _ONES_OWN or not reader.has_any(unit, _ANOTHERS):
            name = f"learnt.{category}"
            number = reader.around.number
            yield Hit((category,), name, "strong", name, name, number, *_words(unit))

    def weight(self, unit: Unit, place: int) -> int:
        return self.weights.sums(runs(unit.code, self.look.coded(unit.code)))[place]


def _words(unit: Unit) -> tuple[int, int]:
    """From its first word to its last, without the marks around."""
    start, end = 1, len(unit.code) - 1
    while start + 1 < end and unit.code[start] in PUNCTUATION:
        start += 1
    while start + 1 < end and unit.code[end - 1] in PUNCTUATION:
        end -= 1
    return start + unit.offset, end + unit.offset
