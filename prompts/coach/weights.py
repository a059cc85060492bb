"""Learnt weights, one file a pack (`weights.tsv`), written by `bench.coach_weights`.

A small net: every trait moves each of a row of cells by some steps, and a kind's score is made of
the cells that end up above nothing. A first line tells what it was made from; then `unit` (what a
step is worth) and `cells` (where each cell begins), a line for each kind, `kind begin bar` and what
each cell counts for, an empty line, and `trait<TAB>steps`, a character for each cell.

Sums are made in whole numbers that hold a row of smaller ones side by side: adding two of them
adds all that they hold.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from struct import Struct

from prompts.coach.model import HARM, NUDGES, TICKS
from prompts.coach.rules import PackError
from prompts.coach.traits import Traits

FILE = "weights.tsv"
MOST = 15  # steps; a passage has too few traits for those of one cell to outgrow 16 bits
NO_STEP = 64  # the character of none; others lie as far from it as they are steps
_STEPS = frozenset(map(chr, range(NO_STEP - MOST, NO_STEP + MOST + 1)))
_FINE = 200  # parts of one that a cell counts for


@dataclass(frozen=True, slots=True)
class Kind:
    """`bar`: what a score must reach. Infinite where nothing is sure enough."""

    category: str
    remark: bool
    begin: float
    bar: float
    cells: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """How `size` numbers of so many bits lie side by side in one; less than nothing is fine."""

    bits: int
    struct: Struct
    middle: int

    @classmethod
    def of(cls, size: int, bits: int) -> Row:
        row = cls(bits, Struct(f"<{size}{'H' if bits == 16 else 'I'}"), 0)
        return cls(bits, row.struct, row.packed([row.half] * size))

    @property
    def half(self) -> int:
        return 1 << self.bits - 1

    def packed(self, numbers: Iterable[int]) -> int:
        return sum(number << self.bits * place for place, number in enumerate(numbers))

    def unpacked(self, total: int) -> tuple[int, ...]:
        """Each of them too big by `half`."""
        return self.struct.unpack((total + self.middle).to_bytes(self.struct.size, "little"))


@dataclass(frozen=True, slots=True)
class Weights:
    """`table`: the steps of a trait; `counts`: what each cell counts for, kind by kind."""

    made_from: str
    unit: float
    begins: tuple[float, ...]
    kinds: tuple[Kind, ...]
    places: Mapping[str, int]
    table: Mapping[str, int]
    cells: Row
    sums: Row
    counts: tuple[int, ...]
    begun: dict[int, int] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        made_from: str,
        unit: float,
        begins: tuple[float, ...],
        kinds: Sequence[Kind],
        table: Mapping[str, int],
    ) -> Weights:
        sums = Row.of(len(kinds), 32)
        by_cell = zip(*(kind.cells for kind in kinds), strict=True)
        return cls(
            made_from,
            unit,
            begins,
            tuple(kinds),
            {kind.category: place for place, kind in enumerate(kinds)},
            table,
            Row.of(len(begins), 16),
            sums,
            tuple(sums.packed([round(_FINE * c) for c in cell]) for cell in by_cell),
        )

    def scores(self, traits: set[str]) -> list[float]:
        """Kind by kind. Traits that nothing was learnt of only thin the others."""
        size = max(len(traits), 1)
        total = sum(filter(None, map(self.table.get, traits)), self.begin(size))
        none = self.cells.half
        cells = zip(self.cells.unpacked(total), self.counts, strict=True)
        sums = self.sums.unpacked(sum([(at - none) * count for at, count in cells if at > none]))
        unit = self.unit / math.sqrt(size) / _FINE
        none = self.sums.half
        parts = zip(self.kinds, sums, strict=True)
        return [kind.begin + unit * (part - none) for kind, part in parts]

    def begin(self, size: int) -> int:
        """Where the cells begin, in steps of a passage that has so many traits."""
        found = self.begun.get(size)
        if found is None:
            steps = math.sqrt(size) / self.unit
            found = self.begun[size] = self.cells.packed([round(steps * b) for b in self.begins])
        return found


def written(steps: Iterable[int]) -> str:
    return "".join([chr(NO_STEP + step) for step in steps])


def load_weights(path: Path, look: Traits) -> Weights:
    lines = _lines(path)
    body = lines.index("")
    head: dict[str, tuple[float, ...]] = {}
    table: dict[str, int] = {}
    none = 0
    for number, line in enumerate(lines[1:], 2):
        try:
            if number <= body:
                _learn(head, line)
            elif not line:
                none = _packed(chr(NO_STEP) * _size(head), _size(head))
            else:
                text, _, steps = line.partition("\t")
                if (trait := look.read(text)) is not None:
                    table[trait] = _packed(steps, len(head["cells"])) - none
        except ValueError as error:
            raise PackError(f"{path.name}: line {number}: {error}") from error
    (unit,), begins = head.pop("unit"), head.pop("cells")
    return Weights.of(lines[0][2:], unit, begins, [_kind(*item) for item in head.items()], table)


def _size(head: Mapping[str, tuple[float, ...]]) -> int:
    if not head.get("cells") or "unit" not in head:
        raise ValueError("no unit or no cells")
    return len(head["cells"])


def _lines(path: Path) -> list[str]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise PackError(f"{path.name}: {error}") from error
    if not lines or not lines[0].startswith("# ") or "" not in lines:
        raise PackError(f"{path.name}: line 1: no head that tells what it was made from")
    return lines


def _learn(head: dict[str, tuple[float, ...]], line: str) -> None:
    name, *texts = line.split(" ")
    if name not in ("unit", "cells", *NUDGES, *TICKS, HARM) or name in head:
        raise ValueError(f"unknown or repeated {name!r}")
    numbers = tuple(map(float, texts))
    least = {"unit": 1, "cells": len(numbers)}.get(name, 2 + len(head.get("cells", ())))
    if len(numbers) != least:
        raise ValueError(f"{len(numbers)} numbers instead of {least}")
    if any(math.isnan(n) or math.isinf(n) for at, n in enumerate(numbers) if at != 1):
        raise ValueError("these numbers are not sound")
    head[name] = numbers


def _kind(category: str, numbers: tuple[float, ...]) -> Kind:
    return Kind(category, category in NUDGES, numbers[0], numbers[1], numbers[2:])


def _packed(steps: str, cells: int) -> int:
    if len(steps) != cells or not _STEPS.issuperset(steps):
        raise ValueError(f"{steps[:8]!r} … are no {cells} steps")
    return int.from_bytes(steps.encode("utf-16-le"), "little")
