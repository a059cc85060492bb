"""The rest of the library's tables: words for replying, repairing and being together."""

from __future__ import annotations

from dataclasses import dataclass, field

from prompts.library.model import INNER


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the structured reply."""

    key: str
    name: str
    hint: str
    required: bool = False
    locked: bool = False


@dataclass(frozen=True, slots=True)
class Stem:
    """The beginning of a sentence; `…` marks a gap for the writer's own words.

    No `wishes`: fits every wished response. No `situations`: fits the ordinary one.
    """

    part: str
    text: str
    wishes: tuple[str, ...] = ()
    situations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """A sentence that can be chosen with one tap."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Holding:
    """A whole reply that holds the place of a fuller one; `…` stands for a day."""

    key: str
    sort: str
    text: str


@dataclass(frozen=True, slots=True)
class RepairSentence:
    key: str
    family: str
    text: str


@dataclass(frozen=True, slots=True)
class RepairFamily:
    key: str
    name: str
    line: str
    sentences: tuple[RepairSentence, ...] = field(default=(), metadata=INNER)


@dataclass(frozen=True, slots=True)
class Activity:
    """Something to do together, with one light question to take along."""

    key: str
    text: str
    effort: str
    place: str
    money: str
    question: str


@dataclass(frozen=True, slots=True)
class Gesture:
    """A small kindness; `apart` when it works without being in the same place."""

    key: str
    text: str
    moment: str
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the emotion circle."""

    key: str
    name: str
    line: str
    speaker: str = ""
    listener: str = ""
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class CircleLine:
    key: str
    step: str
    text: str


@dataclass(frozen=True, slots=True)
class Card:
    """A short card shown beside something: patience, listening, settling."""

    key: str
    title: str
    lines: tuple[str, ...]
