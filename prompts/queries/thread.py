"""Exchanges as their reader sees them: plain rows, opened once, in the order they were said.

Three queries for any number of exchanges. Nothing here tells an author whether their words were
opened, and no time is finer than a part of a day.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import get_language

from couples import vault
from couples.clock import app_now
from couples.models import Member
from couples.moments import Moment, moment
from couples.templatetags.leeway import in_words
from prompts.exchange import Stage, State
from prompts.library import Library, library
from prompts.models import Disclosure, Draft, Exchange, Reply
from prompts.rows import Row
from prompts.sentences import Letter, letter

DISCLOSURE, REPLY = Disclosure._meta.db_table, Reply._meta.db_table
LANDING = "prompts_landing"


@dataclass(slots=True)
class Said(Row):
    """One thing somebody said.

    `kind`: disclosure, circle, closed, stub, full, holding, ideas or landing.
    """

    kind: str
    id: UUID
    mine: bool
    when: str
    depth: int = 0
    letter: Letter | None = None
    parts: list[tuple[str, str]] = field(default_factory=list)
    words: dict[str, Any] = field(default_factory=dict)
    verdict: str = ""
    edited: bool = False


@dataclass(slots=True)
class Told(Row):
    """A disclosure with what followed it."""

    id: UUID
    mine: bool
    stage: Stage
    words: dict[str, Any]
    ideas_welcome: bool
    said: list[Said]
    last_reply: UUID | None = None
    draft: dict[str, Any] = field(default_factory=dict)
    """The viewer's unsent answer to it, with its `revision`."""


@dataclass(slots=True)
class Piece(Row):
    """One exchange, readable as one piece."""

    id: UUID
    mine: bool
    kind: str
    topic: str
    depth: int
    prompt: str
    when: str
    told: list[Told] = field(default_factory=list)

    @property
    def said(self) -> list[Said]:
        return [said for told in self.told for said in told.said]

    @property
    def own(self) -> Told | None:
        return next((told for told in self.told if told.mine), None)

    @property
    def theirs(self) -> Told | None:
        return next((told for told in self.told if not told.mine), None)

    @property
    def awaits_me(self) -> bool:
        """A together exchange the partner began, and that I may join if I like."""
        return self.kind == "together" and self.own is None

    @property
    def awaits_both(self) -> bool:
        return self.kind != "one" and self.own is not None and self.theirs is None


@lru_cache(maxsize=4096)
def _worded(when: Moment, language: str | None) -> str:
    """Words of time are the same for everybody: made once per part of a day, and kept."""
    return in_words(when)


class Reader:
    """Opens and words rows for one viewer."""

    def __init__(self, viewer: Member) -> None:
        self.viewer = viewer
        self.library: Library = library(viewer.user.language if viewer.user else "en")
        self.names = {part.key: part.name for part in self.library.reply.parts}
        self.choices = {choice.key: choice.text for choice in self.library.reply.all_right}
        self.now = app_now()
        self.time = lru_cache(maxsize=None)(self._time)

    def _time(self, when: datetime) -> str:
        return _worded(moment(when, self.now), get_language())

    def open(self, table: str, row_id: UUID, author: UUID, sealed: bytes) -> dict[str, Any]:
        return vault.unseal(self.viewer, table, row_id, author, sealed) if sealed else {}

    def parts(self, words: dict[str, Any]) -> list[tuple[str, str]]:
        """The parts of a reply that were filled, named, in their order."""
        found = []
        for key, name in self.names.items():
            text = words.get(key, "")
            if key == "all_right":
                text = words.get("all_right_own") or self.choices.get(text, text)
            if text:
                found.append((name, text))
        return found


EXCHANGE_FIELDS = ("id", "author_id", "kind", "topic", "depth", "begun", "sealed")


def pieces(viewer: Member, exchanges: "QuerySet[Exchange]", *, drafts: bool = False) -> list[Piece]:
    """`drafts`: with the viewer's unsent answers, for a page where they can be written."""
    reader = Reader(viewer)
    found: dict[UUID, Piece] = {}
    for row in exchanges.values_list(*EXCHANGE_FIELDS):
        row_id, author, kind, topic, depth, begun, sealed = row
        words = reader.open(Exchange._meta.db_table, row_id, author, sealed)
        prompt = (words.get("prompt") or {}).get("text", "")
        mine = author == viewer.id
        found[row_id] = Piece(row_id, mine, kind, topic, depth, prompt, reader.time(begun))
    rows = Disclosure.objects.of(viewer).filter(exchange_id__in=found).order_by("offered", "id")
    if drafts:
        rows = _with_drafts(viewer, rows)
    _add_disclosures(reader, found, rows, _answers(reader, found))
    return list(found.values())


DISCLOSURE_FIELDS = (
    "id",
    "author_id",
    "exchange_id",
    "state",
    "depth",
    "offered",
    "edited",
    "taken_back",
    "ideas_welcome",
    "rounds",
    "was_opened",
    "sealed",
)


DRAFT_FIELDS = ("id", "sealed", "revision")


def _with_drafts(viewer: Member, rows: "QuerySet[Disclosure]") -> "QuerySet[Disclosure]":
    draft = Draft.objects.of(viewer).filter(disclosure_id=OuterRef("pk")).order_by("id")
    return rows.annotate(
        **{f"draft_{name}": Subquery(draft.values(name)[:1]) for name in DRAFT_FIELDS}
    )


def _add_disclosures(
    reader: Reader,
    found: dict[UUID, Piece],
    rows: "QuerySet[Disclosure]",
    answers: dict[UUID, list[Said]],
) -> None:
    drafts = [name for name in rows.query.annotations if name.startswith("draft_")]
    for row in rows.values_list(*DISCLOSURE_FIELDS, *drafts):
        row_id, author, exchange, state, _, _, _, _, ideas, rounds, opened, sealed, *draft = row
        mine = author == reader.viewer.id
        stage = Stage(State(state), rounds, state == State.ENOUGH and not opened and not mine)
        words = {} if state == State.WITHDRAWN else reader.open(DISCLOSURE, row_id, author, sealed)
        if stage.can_open and not mine:
            words = _outside(words)
        after = answers.get(row_id, [])
        told = Told(row_id, mine, stage, words, ideas, [_first(reader, row, stage, words), *after])
        told.last_reply = next((said.id for said in reversed(after) if said.kind == "full"), None)
        if draft and draft[0]:
            told.draft = reader.open(Draft._meta.db_table, draft[0], reader.viewer.id, draft[1])
            told.draft["revision"] = draft[2]
        found[exchange].told.append(told)


def _first(reader: Reader, row: tuple[Any, ...], stage: Stage, words: dict[str, Any]) -> Said:
    """The disclosure itself: what was said, the closed envelope, or the stub in its place."""
    row_id, author, _, _, depth, offered, edited, back = row[:8]
    mine = author == reader.viewer.id
    if stage.state == State.WITHDRAWN:
        return Said("stub", row_id, mine, reader.time(back))
    when = reader.time(offered)
    if stage.can_open and not mine:
        return Said("closed", row_id, mine, when, depth, words=words)
    if "circle" in words:
        return Said("circle", row_id, mine, when, depth, words=words["circle"])
    said = Said("disclosure", row_id, mine, when, depth, letter=letter(words, reader.library))
    said.edited = bool(edited) and not mine
    return said


def _outside(words: dict[str, Any]) -> dict[str, Any]:
    """What can be read before opening: how its author would like to be answered, no more."""
    return {"wished": words.get("wished", ""), "gift": words.get("gift", False)}


REPLY_FIELDS = (
    "id",
    "author_id",
    "disclosure_id",
    "kind",
    "sent",
    "edited",
    "taken_back",
    "sealed",
    "landings__id",
    "landings__author_id",
    "landings__verdict",
    "landings__given",
    "landings__sealed",
)


def _answers(reader: Reader, found: dict[UUID, Piece]) -> dict[UUID, list[Said]]:
    viewer = reader.viewer
    answers: dict[UUID, list[Said]] = defaultdict(list)
    rows = Reply.objects.of(viewer).filter(disclosure__exchange_id__in=list(found))
    for row in rows.order_by("round", "sent", "id").values_list(*REPLY_FIELDS):
        row_id, author, disclosure, kind, sent, edited, back, sealed = row[:8]
        mine = author == viewer.id
        if back:
            answers[disclosure].append(Said("stub", row_id, mine, reader.time(back)))
        else:
            words = reader.open(REPLY, row_id, author, sealed)
            said = Said(kind, row_id, mine, reader.time(sent), words=words, edited=bool(edited))
            said.parts = reader.parts(words)
            answers[disclosure].append(said)
        if row[8]:
            answers[disclosure].append(_landing(reader, row[8:]))
    return answers


def _landing(reader: Reader, row: Iterable[Any]) -> Said:
    row_id, author, verdict, given, sealed = row
    words = reader.open(LANDING, row_id, author, sealed)
    mine = author == reader.viewer.id
    return Said("landing", row_id, mine, reader.time(given), words=words, verdict=verdict)
