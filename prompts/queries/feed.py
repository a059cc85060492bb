"""Between us: newest first, by keyset. A cursor is the id of an exchange; it holds no time."""

from dataclasses import dataclass
from uuid import UUID

from couples.models import Member
from prompts.models import Exchange
from prompts.queries.thread import Piece, pieces

PAGE = 20


@dataclass(frozen=True)
class Page:
    pieces: list[Piece]
    before: UUID | None
    """The cursor of the page of earlier ones, if there are any."""


def feed(viewer: Member, before: UUID | None = None) -> Page:
    rows = Exchange.objects.of(viewer).order_by("-number")
    if before:
        here = Exchange.objects.of(viewer).filter(pk=before)
        rows = rows.filter(number__lt=here.values("number"))
    found = pieces(viewer, rows[: PAGE + 1])
    more = found[PAGE - 1].id if len(found) > PAGE else None
    return Page(found[:PAGE], more)
