"""Learnt weights of traits, one file a pack (`weights.tsv`), written by `bench.coach_weights`.

A first line tells what it was made from. Then a line for each category, `category bias low high`,
an empty line, and `trait<TAB>place:weight …`, where `place` counts the categories.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from struct import Struct

from prompts.coach.model import NUDGES, TICKS
from prompts.coach.rules import PackError
from prompts.coach.traits import Traits

FILE = "weights.tsv"
UNIT = 100  # weights are whole hundredths
MOST = 5000
_LANE = 32  # bits
_HALF = 1 << _LANE - 1


@dataclass(frozen=True, slots=True)
class Bar:
    """What a score must reach: `low` where a rule matched as well, `high` on its own."""

    category: str
    bias: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of a trait lie side by side in one whole number, a lane for each category."""

    made_from: str
    bars: tuple[Bar, ...]
    table: Mapping[str, int]
    lows: Mapping[str, tuple[int, float]]
    highs: tuple[tuple[int, Bar], ...]
    lanes: Struct
    middle: int

    @classmethod
    def of(cls, made_from: str, bars: Sequence[Bar], table: Mapping[str, int]) -> Weights:
        return cls(
            made_from,
            tuple(bars),
            table,
            {bar.category: (place, bar.low) for place, bar in enumerate(bars)},
            tuple((place, bar) for place, bar in enumerate(bars) if math.isfinite(bar.high)),
            Struct(f"<{len(bars)}I"),
            sum(_HALF << _LANE * place for place in range(len(bars))),
        )

    def sums(self, traits: Iterable[str]) -> list[int]:
        total = sum(filter(None, map(self.table.get, traits)), self.middle)
        packed = total.to_bytes(self.lanes.size, "little")
        return [lane - _HALF for lane in self.lanes.unpack(packed)]

    def scores(self, traits: set[str]) -> list[float]:
        size = UNIT * math.sqrt(max(len(traits), 1))
        sums = self.sums(traits)
        return [total / size + bar.bias for bar, total in zip(self.bars, sums, strict=True)]


def load_weights(path: Path, look: Traits) -> Weights:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise PackError(f"{path.name}: {error}") from error
    if not lines or not lines[0].startswith("# ") or "" not in lines:
        raise PackError(f"{path.name}: line 1: no head that tells what it was made from")
    bars: list[Bar] = []
    table: dict[str, int] = {}
    body = lines.index("")
    for number, line in enumerate(lines[1:], 2):
        try:
            if number <= body:
                bars.append(_bar(line, [bar.category for bar in bars]))
            elif line:
                text, _, weights = line.partition("\t")
                packed = _packed(weights, len(bars))
                if (trait := look.read(text)) is not None:
                    table[trait] = packed
        except ValueError as error:
            raise PackError(f"{path.name}: line {number}: {error}") from error
    return Weights.of(lines[0][2:], bars, table)


def _bar(line: str, known: list[str]) -> Bar:
    category, *numbers = line.split(" ")
    if category not in NUDGES + TICKS or category in known:
        raise ValueError(f"unknown or repeated category {category!r}")
    if len(numbers) != 3:
        raise ValueError("a category has a bias and two bars")
    bias, low, high = map(float, numbers)
    if math.isnan(low + high) or not math.isfinite(bias) or low > high:
        raise ValueError("the bias and the bars are no sound numbers")
    return Bar(category, bias, low, high)


def _packed(weights: str, places: int) -> int:
    total = 0
    for item in weights.split(" "):
        place, _, weight = item.partition(":")
        at, value = int(place), int(weight)
        if not 0 <= at < places or abs(value) > MOST:
            raise ValueError(f"{item!r} is no weight")
        total += value << _LANE * at
    return total
