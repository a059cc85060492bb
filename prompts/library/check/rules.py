from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from prompts.library.problem import LibraryError, Problem

FILE = "check.toml"
WANTED: dict[str, dict[str, type]] = {
    "lengths": {"text": int, "sentence_words": int},
    "balance": {"least": list, "least_opt_in": list, "same_beginning": int},
    "reading": {"grade": float, "syllables": int},
    "near": {"alike": float, "least_words": int, "stopwords": list},
    "openness": dict.fromkeys(
        ("open", "before", "invitations", "verbs", "asked", "tags", "numbers", "accusing"), list
    ),
    "voice": {"words": list},
}
WANTED_BAN: dict[str, type] = {"reason": str, "words": list}


@dataclass(frozen=True, slots=True)
class Ban:
    reason: str
    pattern: re.Pattern[str]
    tables: frozenset[str]  # empty: all of them
    outside_topic: str


@dataclass(frozen=True, slots=True)
class Rules:
    lengths: Mapping[str, int]
    balance: Mapping[str, Any]
    reading: Mapping[str, Any]
    near: Mapping[str, Any]
    openness: Mapping[str, list[str]]
    voice: re.Pattern[str]
    bans: tuple[Ban, ...]


def phrases(words: Iterable[str]) -> re.Pattern[str]:
    """Any of these words or phrases, as whole words; a star stands for any ending."""
    return _compiled(tuple(words))


@lru_cache(maxsize=64)
def _compiled(words: tuple[str, ...]) -> re.Pattern[str]:
    parts = [r"\s+".join(_word(piece) for piece in word.split()) for word in words]
    return re.compile(rf"(?<![\w'])(?:{'|'.join(parts) or '(?!)'})(?![\w'])", re.IGNORECASE)


def _word(piece: str) -> str:
    return re.escape(piece.removesuffix("*")) + (r"[\w'-]*" if piece.endswith("*") else "")


def rules(folder: Path) -> Rules:
    try:
        data = tomllib.loads((folder / FILE).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise LibraryError([Problem(FILE, 0, f"can't be read: {error}")]) from error
    if missing := _missing(data):
        raise LibraryError([Problem(FILE, 0, f"{place} is missing or wrong") for place in missing])
    return Rules(
        lengths=data["lengths"],
        balance=data["balance"],
        reading=data["reading"],
        near=data["near"],
        openness=data["openness"],
        voice=phrases(data["voice"]["words"]),
        bans=tuple(_bans(data["banned"])),
    )


def _missing(data: Mapping[str, Any]) -> list[str]:
    places = [
        f"[{section}] {entry}"
        for section, entries in WANTED.items()
        for entry, kind in entries.items()
        if not isinstance(data.get(section), dict) or type(data[section].get(entry)) is not kind
    ]
    bans = data.get("banned")
    if not isinstance(bans, list) or not bans:
        return [*places, "[[banned]]"]
    return places + [
        f"[[banned]] number {number}, {entry}"
        for number, ban in enumerate(bans, start=1)
        for entry, kind in WANTED_BAN.items()
        if type(ban.get(entry)) is not kind
    ]


def _bans(entries: Iterable[Mapping[str, Any]]) -> Iterable[Ban]:
    for entry in entries:
        tables = frozenset(entry.get("tables", ()))
        topic = entry.get("outside_topic", "")
        yield Ban(entry["reason"], phrases(entry["words"]), tables, topic)
        if signs := entry.get("signs"):
            pattern = re.compile("|".join(re.escape(sign) for sign in signs))
            yield Ban(entry["reason"], pattern, tables, topic)
