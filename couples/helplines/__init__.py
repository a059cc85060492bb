"""Helplines by country: data that whoever runs the server looks after (HELPLINES_FILE)."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

OWN = Path(__file__).parent / "default.toml"


class BadHelplines(Exception):
    """The file of helplines cannot be used; the message says where and why."""


@dataclass(frozen=True)
class Line:
    name: str
    phone: str = ""
    web: str = ""
    note: str = ""

    @property
    def dial(self) -> str:
        """The number without the spaces that make it readable."""
        return "".join(sign for sign in self.phone if sign.isdigit() or sign == "+")


@dataclass(frozen=True)
class Country:
    name: str
    lines: tuple[Line, ...]


def countries() -> tuple[Country, ...]:
    return load(Path(settings.HELPLINES_FILE) if settings.HELPLINES_FILE else OWN)


@cache
def load(path: Path) -> tuple[Country, ...]:
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))["country"]
        return tuple(_country(table) for table in tables)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadHelplines(f"{path} cannot be read: {error}") from None
    except (KeyError, TypeError) as error:
        raise BadHelplines(f"{path}: {error} is missing or not known") from None


def _country(table: dict[str, object]) -> Country:
    lines = table["line"]
    if not isinstance(lines, list):
        raise TypeError("line")
    return Country(str(table["name"]), tuple(Line(**line) for line in lines))
