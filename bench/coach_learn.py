"""Learning the weights of the reply coach, all kinds at once: the same every time on one machine.

Nets with one hidden layer (rectified) over traits that are there or not, by stochastic gradient
descent with a step of its own for each trait (AdaGrad). While they learn, traits and cells are left
out by chance, so that no judgement hangs on one of them. Two that began differently judge together:
where one is wrong by chance, the other seldom is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bench.coach_rows import KINDS, Row
from prompts.coach.weights import MOST

NETS, CELLS, ROUNDS, BATCH = 2, 32, 14, 64
STEP = 0.2
LEFT_OUT, CELLS_LEFT_OUT = 0.4, 0.2
SHRINK = 1e-4
SPREAD = 0.3
Floats = np.ndarray


@dataclass(frozen=True, slots=True)
class Net:
    """`steps`: of each trait, for each cell, whole numbers of `unit`; `out`: cells by kinds."""

    steps: Floats
    unit: float
    cells: Floats
    out: Floats
    begin: Floats

    def scores(self, rows: Sequence[Row]) -> Floats:
        """A row for each of `rows`, a column for each kind in KINDS."""
        batch = Batch.of(rows)
        filled = np.maximum(batch.sums(self.steps * self.unit) + self.cells, 0)
        return filled @ self.out + self.begin


@dataclass(frozen=True, slots=True)
class Batch:
    """Traits of some rows in a row; `starts`: where each row's begin."""

    traits: np.ndarray
    counts: Floats
    owners: np.ndarray
    starts: np.ndarray

    @classmethod
    def of(cls, rows: Sequence[Row]) -> Batch:
        sizes = [len(row.traits) for row in rows]
        return cls(
            np.concatenate([np.array(row.traits, np.int64) for row in rows]),
            np.repeat(np.array([row.scale for row in rows], np.float32), sizes),
            np.repeat(np.arange(len(rows)), sizes),
            np.concatenate([[0], np.cumsum(sizes)[:-1]]),
        )

    def sums(self, table: Floats) -> Floats:
        return np.add.reduceat(table[self.traits] * self.counts[:, None], self.starts)

    def without(self, share: float, chance: np.random.Generator) -> Batch:
        stay = (chance.random(len(self.counts)) >= share) / (1 - share)
        return Batch(self.traits, self.counts * stay.astype(np.float32), self.owners, self.starts)


@dataclass(slots=True)
class Slope:
    """Numbers that are learnt, and how steep it has been so far."""

    now: Floats
    steep: Floats

    @classmethod
    def of(cls, now: Floats, steep: int | tuple[int, ...]) -> Slope:
        return cls(now.astype(np.float32), np.full(steep, 1e-4, np.float32))

    def go(self, slope: Floats, pace: float) -> None:
        self.steep += slope * slope
        self.now -= pace * slope / np.sqrt(self.steep)

    def go_at(self, which: np.ndarray, slope: Floats, pace: float) -> None:
        """Only some rows of a table, each with one step for all of its numbers."""
        self.steep[which] += (slope * slope).mean(axis=1)
        self.now[which] -= pace * slope / np.sqrt(self.steep[which])[:, None]


@dataclass(frozen=True, slots=True)
class Learner:
    table: Slope
    cells: Slope
    out: Slope
    begin: Slope
    chance: np.random.Generator

    @classmethod
    def fresh(cls, traits: int, seed: int) -> Learner:
        chance = np.random.default_rng(seed)
        shape = (CELLS, len(KINDS))
        return cls(
            Slope.of(chance.standard_normal((traits, CELLS)) * SPREAD, traits),
            Slope.of(np.zeros(CELLS), CELLS),
            Slope.of(chance.standard_normal(shape) / np.sqrt(CELLS), shape),
            Slope.of(np.full(len(KINDS), -2.0), len(KINDS)),
            chance,
        )

    def see(self, rows: Sequence[Row], right: Floats, cost: Floats, pace: float) -> None:
        """Guess what a few rows are, and go a step against where that was off."""
        batch = Batch.of(rows).without(LEFT_OUT, self.chance)
        raw = batch.sums(self.table.now) + self.cells.now
        stay = (self.chance.random(raw.shape) >= CELLS_LEFT_OUT) / (1 - CELLS_LEFT_OUT)
        open_cells = (stay * (raw > 0)).astype(np.float32)
        filled = raw * open_cells
        guessed = 1 / (1 + np.exp(-(filled @ self.out.now + self.begin.now)))
        off = (guessed - right) * cost
        back = (off @ self.out.now.T) * open_cells
        which, slope = _by_trait(batch, back)
        self.table.go_at(which, slope + SHRINK * self.table.now[which], pace)
        self.cells.go(back.sum(axis=0), pace)
        self.out.go(filled.T @ off, pace)
        self.begin.go(off.sum(axis=0), pace)


def learn(rows: Sequence[Row], traits: int) -> Net:
    wanted = _wanted(rows)
    return together([learn_one(rows, *wanted, traits, seed) for seed in range(1, NETS + 1)])


def learn_one(rows: Sequence[Row], right: Floats, cost: Floats, traits: int, seed: int) -> Learner:
    learner = Learner.fresh(traits, seed)
    for around in range(ROUNDS):
        pace = STEP * (1.03 - around / ROUNDS)
        order = learner.chance.permutation(len(rows))
        for some in (order[at : at + BATCH] for at in range(0, len(rows), BATCH)):
            learner.see([rows[at] for at in some], right[some], cost[some], pace)
    return learner


def together(learnt: Sequence[Learner]) -> Net:
    """One net with the cells of all, whose scores are their mean."""
    table = np.hstack([one.table.now for one in learnt])
    unit = float(np.percentile(np.abs(table), 99.9)) / MOST
    return Net(
        np.clip(np.round(table / unit), -MOST, MOST).astype(np.int8),
        unit,
        np.concatenate([one.cells.now for one in learnt]),
        np.vstack([one.out.now for one in learnt]) / len(learnt),
        np.mean([one.begin.now for one in learnt], axis=0),
    )


def _wanted(rows: Sequence[Row]) -> tuple[Floats, Floats]:
    """What each row is, kind by kind, and what being wrong about it costs."""
    right = [[kind in row.labels for kind in KINDS] for row in rows]
    cost = [[row.cost * (not row.about or kind in row.about) for kind in KINDS] for row in rows]
    return np.array(right, np.float32), np.array(cost, np.float32)


def _by_trait(batch: Batch, back: Floats) -> tuple[np.ndarray, Floats]:
    """The slopes of rows, added up for every trait that they have."""
    order = np.argsort(batch.traits, kind="stable")
    traits = batch.traits[order]
    starts = np.flatnonzero(np.concatenate([[True], traits[1:] != traits[:-1]]))
    slopes = back[batch.owners[order]] * batch.counts[order][:, None]
    return traits[starts], np.add.reduceat(slopes, starts)
