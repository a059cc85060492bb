"""Learning the weights of one category of the reply coach: plain Python, the same every time.

A linear support vector machine (dual coordinate descent, squared hinge loss) over traits that are
there or not, each scaled by how much it tells of the category, the root of the logarithm of the
ratio of its shares; every reply scaled by the root of its number of traits.
"""

from __future__ import annotations

import math
import random
from array import array
from collections.abc import Sequence
from dataclasses import dataclass

ROUNDS, KEPT = 8, 8000


@dataclass(frozen=True, slots=True)
class Row:
    """`about`: the only categories that it says something of; empty: all. `rules`: their labels.

    `cost`: of being wrong about it.
    """

    hand: str
    labels: frozenset[str]
    about: frozenset[str]
    rules: frozenset[str]
    traits: tuple[int, ...]
    scale: float
    cost: float


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
    square = _telling(rows, yes, size)  # of each trait's scale
    weights, bias = [0.0] * size, 0.0
    alpha = [0.0] * len(rows)
    curves = [0.5 / row.cost for row in rows]
    norms = [
        1 + curve + row.scale**2 * sum(map(square.__getitem__, row.traits))
        for row, curve in zip(rows, curves, strict=True)
    ]
    order = list(range(len(rows)))
    chance = random.Random(1)  # noqa: S311 - the same order every time
    for _ in range(ROUNDS):
        chance.shuffle(order)
        for i in order:
            row, sign = rows[i], 1.0 if yes[i] else -1.0
            now = sum(map(weights.__getitem__, row.traits)) * row.scale + bias
            slope = sign * now - 1 + curves[i] * alpha[i]
            new = max(alpha[i] - slope / norms[i], 0.0)
            step = (new - alpha[i]) * sign
            if abs(step) > 1e-6:
                alpha[i] = new
                bias += step
                step *= row.scale
                for trait in row.traits:
                    weights[trait] += step * square[trait]
    return Line(_largest(weights), bias)


Judged = tuple[float, bool, bool]  # a score, whether a rule matched, whether it is so


def bars(judged: Sequence[Judged], goal: float, least: float) -> tuple[float, float]:
    """What a score must reach with a rule, and without one, to find most at this share of right.

    Each of the two must be right as often as `least`, too. Infinite where nothing is sure enough.
    """
    with_rule = _cuts([(score, yes) for score, rule, yes in judged if rule], least)
    alone = _cuts([(score, yes) for score, rule, yes in judged if not rule], least)
    best, low, high = 0, math.inf, math.inf
    for found, right, bar in with_rule:
        for more, more_right, other in alone:
            if right + more_right > best and right + more_right >= goal * (found + more):
                best, low, high = right + more_right, bar, other
    return min(low, high), high


def _cuts(scored: Sequence[tuple[float, bool]], least: float) -> list[tuple[int, int, float]]:
    """(found, right among them, from this score on) wherever one more right is reached."""
    found, right = [(0, 0, math.inf)], 0
    for n, (score, yes) in enumerate(sorted(scored, reverse=True), 1):
        right += yes
        if yes and right >= least * n:
            found.append((n, right, score))
    return found


def _telling(rows: Sequence[Row], yes: Sequence[bool], size: int) -> list[float]:
    with_it, without = [1.0] * size, [1.0] * size
    for row, positive in zip(rows, yes, strict=True):
        counts = with_it if positive else without
        for trait in row.traits:
            counts[trait] += 1
    shift = math.log((len(rows) - sum(yes) + 2) / (sum(yes) + 2))
    return [abs(math.log(a / b) + shift) for a, b in zip(with_it, without, strict=True)]


def _largest(weights: Sequence[float]) -> array[float]:
    kept = array("d", bytes(8 * len(weights)))
    for at in sorted(range(len(weights)), key=lambda at: -abs(weights[at]))[:KEPT]:
        kept[at] = weights[at]
    return kept
