"""Learning the weights of one category of the reply coach: plain Python, the same every time.

A linear support vector machine (dual coordinate descent, squared hinge loss) over traits that are
there or not, each scaled by how much it tells of the category, the logarithm of the ratio of its
shares; every reply scaled by the root of its number of traits.
"""

from __future__ import annotations

import math
import random
from array import array
from collections.abc import Sequence
from dataclasses import dataclass

COST, ROUNDS, KEPT = 1.0, 8, 3000


@dataclass(frozen=True, slots=True)
class Row:
    """`about`: the only categories that it says something of; empty: all."""

    hand: str
    labels: frozenset[str]
    about: frozenset[str]
    traits: tuple[int, ...]
    scale: float


@dataclass(frozen=True, slots=True)
class Line:
    """score = sum(weights of the traits) * scale + bias"""

    weights: array[float]
    bias: float

    def score(self, row: Row) -> float:
        return sum(map(self.weights.__getitem__, row.traits)) * row.scale + self.bias


def learn(every: Sequence[Row], category: str, size: int) -> Line:
    rows = [row for row in every if not row.about or category in row.about]
    yes = [category in row.labels for row in rows]
    told = _telling(rows, yes, size)
    square = [r * r for r in told]
    weights, bias = [0.0] * size, 0.0
    alpha = [0.0] * len(rows)
    curve = 0.5 / COST
    norms = [1 + curve + row.scale**2 * sum(map(square.__getitem__, row.traits)) for row in rows]
    order = list(range(len(rows)))
    chance = random.Random(1)  # noqa: S311 - the same order every time
    for _ in range(ROUNDS):
        chance.shuffle(order)
        for i in order:
            row, sign = rows[i], 1.0 if yes[i] else -1.0
            now = sum(map(weights.__getitem__, row.traits)) * row.scale + bias
            slope = sign * now - 1 + curve * alpha[i]
            new = max(alpha[i] - slope / norms[i], 0.0)
            step = (new - alpha[i]) * sign
            if abs(step) > 1e-6:
                alpha[i] = new
                bias += step
                step *= row.scale
                for trait in row.traits:
                    weights[trait] += step * square[trait]
    return Line(_largest(weights), bias)


def bar(scored: Sequence[tuple[float, bool]], precision: float) -> float:
    """The lowest score from which on this share is right."""
    best, right = math.inf, 0
    for n, (score, yes) in enumerate(sorted(scored, reverse=True), 1):
        right += yes
        if right >= precision * n and right >= 10:
            best = score
    return best


def _telling(rows: Sequence[Row], yes: Sequence[bool], size: int) -> list[float]:
    with_it, without = [1.0] * size, [1.0] * size
    for row, positive in zip(rows, yes, strict=True):
        counts = with_it if positive else without
        for trait in row.traits:
            counts[trait] += 1
    shift = math.log((len(rows) - sum(yes) + 2) / (sum(yes) + 2))
    return [math.log(a / b) + shift for a, b in zip(with_it, without, strict=True)]


def _largest(weights: Sequence[float]) -> array[float]:
    kept = array("d", bytes(8 * len(weights)))
    for at in sorted(range(len(weights)), key=lambda at: -abs(weights[at]))[:KEPT]:
        kept[at] = weights[at]
    return kept
