from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from prompts.library.problem import Problem

T = TypeVar("T")
HEADER = re.compile(r"^\[\[\s*(\w+)\s*\]\]")
ENTRY = re.compile(r"^(\w+)\s*=")
TOML_PLACE = re.compile(r"\(at line (\d+)")
NAMES = {str: "text", int: "a whole number", bool: "true or false", tuple: "a list of texts"}


@dataclass(frozen=True, slots=True)
class Row:
    """One `[[table]]` of a file, knowing the lines it was written on."""

    file: str
    table: str
    line: int
    lines: Mapping[str, int]
    data: Mapping[str, Any]

    def problem(self, reason: str, entry: str = "") -> Problem:
        return Problem(self.file, self.lines.get(entry, self.line), reason)


@dataclass(frozen=True, slots=True)
class Sheet:
    file: str
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]


def read(path: Path, name: str) -> Sheet:
    try:
        text = path.read_text(encoding="utf-8")
        tables = tomllib.loads(text)
    except UnicodeDecodeError as error:
        return Sheet(name, (), (Problem(name, 0, f"not UTF-8 text ({error.reason})"),))
    except tomllib.TOMLDecodeError as error:
        place = TOML_PLACE.search(str(error))
        end = text.count("\n") + 1
        return Sheet(name, (), (Problem(name, int(place[1]) if place else end, f"{error}"),))
    places = _places(text)
    rows, problems = [], []
    for table, entries in tables.items():
        if not isinstance(entries, list) or not all(isinstance(item, dict) for item in entries):
            problems.append(Problem(name, 1, f"'{table}' stands outside of a [[table]]"))
            continue
        found = places.get(table, [])
        if len(found) != len(entries):
            problems.append(Problem(name, 1, f"write each {table} under its own [[{table}]] line"))
            continue
        rows += [
            Row(name, table, line, lines, data)
            for (line, lines), data in zip(found, entries, strict=True)
        ]
    return Sheet(name, tuple(rows), tuple(problems))


def _places(text: str) -> dict[str, list[tuple[int, dict[str, int]]]]:
    """Per table, where each of its rows and their entries begin: tomllib doesn't tell."""
    found: dict[str, list[tuple[int, dict[str, int]]]] = {}
    current: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if header := HEADER.match(line):
            current = {}
            found.setdefault(header[1], []).append((number, current))
        elif entry := ENTRY.match(line):
            current.setdefault(entry[1], number)
    return found


@lru_cache(maxsize=64)
def _shape(shape: Any) -> tuple[dict[str, Any], dict[str, Field[Any]]]:
    wanted = {field.name: field for field in fields(shape) if not field.metadata.get("inner")}
    return get_type_hints(shape), wanted


def build(shape: type[T], row: Row, problems: list[Problem]) -> T | None:
    """The row as a `shape`, or None with the reasons added to `problems`."""
    hints, wanted = _shape(shape)  # type: ignore[arg-type]
    before = len(problems)
    for entry in row.data:
        if entry not in wanted:
            problems.append(row.problem(f"'{entry}' is not an entry of a {row.table}", entry))
    values = {
        name: _value(row, field, hints[name], problems)
        for name, field in wanted.items()
        if name in row.data or not _optional(field)
    }
    return shape(**values) if len(problems) == before else None


def _optional(field: Field[Any]) -> bool:
    return field.default is not MISSING


def _value(row: Row, field: Field[Any], hint: Any, problems: list[Problem]) -> Any:
    if field.name not in row.data:
        problems.append(row.problem(f"{row.table} without '{field.name}'"))
        return None
    kind = get_origin(hint) or hint
    value = row.data[field.name]
    if kind is tuple and isinstance(value, list):
        value = tuple(value)
        right = all(isinstance(item, get_args(hint)[0]) for item in value)
    else:
        right = type(value) is kind
    if not right:
        problems.append(row.problem(f"'{field.name}' must be {NAMES[kind]}", field.name))
    elif kind is str and not _optional(field) and not value.strip():
        problems.append(row.problem(f"'{field.name}' is empty", field.name))
    return value
