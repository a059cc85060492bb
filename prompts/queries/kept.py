"""What somebody wrote in a space that is closed: their own words, and nothing of the other's."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from couples import memberships, vault
from couples.models import AgreementVersion, Member, User
from prompts.library import library
from prompts.models import Disclosure, Draft, Exchange, Landing, Reply
from prompts.queries.thread import Reader
from prompts.remembered import untouched
from prompts.sentences import Letter, letter


@dataclass(frozen=True, slots=True)
class Kept:
    kind: str
    when: datetime
    prompt: str = ""
    letter: Letter | None = None
    parts: tuple[tuple[str, str], ...] = ()
    unsent: bool = False


# What other apps hold of a seat's own words; they add themselves when they start.
more: list[Callable[[Member], list[Kept]]] = []


@dataclass(frozen=True)
class Space:
    """One closed space: the seat that was left, and what it wrote, oldest first."""

    seat: Member
    kept: list[Kept]


def spaces(user: User) -> list[Space]:
    found = []
    for seat in memberships.departed(user):
        seat.user = user
        if vault.keys_of(seat):
            kept = [*_disclosures(seat), *_replies(seat), *_notes(seat), *_lines(seat)]
            kept += [*_drafts(seat), *(one for held in more for one in held(seat))]
            found.append(Space(seat, sorted(kept, key=lambda one: one.when)))
    return found


def _prompts(seat: Member) -> dict[Any, str]:
    rows = Exchange.objects.of(seat).exclude(sealed=b"")
    return {row.pk: (vault.words(seat, row).get("prompt") or {}).get("text", "") for row in rows}


def _of_the_library(words: Mapping[str, Any]) -> str:
    """The opening, unless somebody wrote it: in what I answered, that was the other."""
    prompt = words.get("prompt") or {}
    return str(prompt["text"]) if prompt.get("key") else ""


def _disclosures(seat: Member) -> list[Kept]:
    words_of, asked = library(seat.user.language if seat.user else "en"), _prompts(seat)
    kept = []
    for row in Disclosure.objects.of(seat).filter(taken_back=None).exclude(sealed=b""):
        words = vault.words(seat, row)
        prompt = asked.get(row.exchange_id) or _of_the_library(words)
        if "circle" in words:
            parts = tuple((key, text) for key, text in words["circle"].items())
            kept.append(Kept("circle", row.offered, parts=parts))
        else:
            kept.append(Kept("disclosure", row.offered, prompt, letter(words, words_of)))
    return kept


def _replies(seat: Member) -> list[Kept]:
    reader = Reader(seat)
    rows = Reply.objects.of(seat).filter(taken_back=None, kind__in=("full", "ideas"))
    return [
        Kept("reply", row.sent, parts=tuple(reader.parts(vault.words(seat, row))))
        for row in rows.exclude(sealed=b"")
    ]


def _drafts(seat: Member) -> list[Kept]:
    """Pages that were never sent; not those on which nothing of one's own stands."""
    reader, kept = Reader(seat), []
    for row in Draft.objects.of(seat):
        words = vault.words(seat, row)
        if row.purpose == Draft.Purpose.REPLY:
            parts = tuple(reader.parts(words))
            kept.append(Kept("reply", row.saved, parts=parts, unsent=True))
            continue
        opening = _of_the_library(words)
        own = "" if opening or row.exchange_id else (words.get("prompt") or {}).get("text", "")
        if own or not untouched(words):
            said = letter(words, reader.library)
            kept.append(Kept("disclosure", row.saved, own or opening, said, unsent=True))
    return kept


def _notes(seat: Member) -> list[Kept]:
    rows = [(row, vault.words(seat, row)) for row in Landing.objects.of(seat).exclude(sealed=b"")]
    return [
        Kept("note", row.given, parts=(("", words["note"]),))
        for row, words in rows
        if "note" in words
    ]


def _lines(seat: Member) -> list[Kept]:
    """The own lines of the agreement, as they stood last."""
    row = AgreementVersion.objects.of(seat).order_by("-number").first()
    words = vault.words(seat, row) if row else {}
    said = [*words.get("lines", []), *words.get("stems", [])]
    return (
        [Kept("lines", row.since, parts=tuple(("", text) for text in said))] if row and said else []
    )
