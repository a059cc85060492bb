from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

from prompts.library.problem import Problem
from prompts.library.rows import Row, build, read
from prompts.library.tables import NOT_WORDS, TABLES

T = TypeVar("T")


class Pages:
    """Every row of a library folder, built, with what is wrong with them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[Problem] = []
        self._kept: dict[type, list[tuple[Row, object]]] = {}
        for path in sorted(folder.rglob("*.toml")):
            self._take(path)
        self._expect_all()

    def _take(self, path: Path) -> None:
        name = path.relative_to(self.folder).as_posix()
        if name in NOT_WORDS:
            return
        sheet = read(path, name)
        self.problems += sheet.problems
        for row in sheet.rows:
            shape = TABLES.get((name.split("/")[0].removesuffix(".toml"), row.table))
            if shape is None:
                self.problems.append(row.problem(f"a [[{row.table}]] does not belong in this file"))
            elif (made := build(shape, row, self.problems)) is not None:
                self._kept.setdefault(shape, []).append((row, made))

    def _expect_all(self) -> None:
        for (stem, name), shape in TABLES.items():
            if shape not in self._kept and not self.problems:
                file = "prompts" if stem == "prompts" else f"{stem}.toml"
                self.problems.append(Problem(file, 0, f"holds no [[{name}]]"))

    def rows(self, shape: type[T]) -> list[tuple[Row, T]]:
        return [(row, made) for row, made in self._kept.get(shape, []) if isinstance(made, shape)]

    def all(self, shape: type[T]) -> tuple[T, ...]:
        return tuple(made for _, made in self.rows(shape))

    def every_row(self) -> Iterable[tuple[Row, object]]:
        return (pair for pairs in self._kept.values() for pair in pairs)
