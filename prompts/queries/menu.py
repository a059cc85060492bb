"""The menu of a member's day, inside both comfort cards.

Drawn anew at each look: one's own edge that was just tightened counts at once, the other's from the
next day on, so that no page moves at the moment they chose it. Nothing of a menu is stored.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.crypto import salted_hmac

from couples.cards import edges_of_both
from couples.clock import app_now
from couples.comfort import Edges
from couples.models import Member
from prompts.library import Library, Prompt, library
from prompts.menu import Card, History, Menu, choose

Topics = tuple[tuple[str, str], ...]
Edge = tuple[int, Topics]


def own_day(member: Member) -> date:
    """The day it is where the member lives."""
    return timezone.localdate(app_now(), _zone(member))


def own_midnight(member: Member) -> datetime:
    """When the member's day began."""
    return datetime.combine(own_day(member), time.min, _zone(member))


def edges_of_the_day(member: Member) -> dict[UUID, Edges]:
    """What the member's openings must fit today.

    The other's edges as they stood when the member's day began, or that of the whole world did:
    where the other lives moves nothing here, and no zone of one's own shows them any sooner.
    """
    dawn = datetime.combine(app_now(), time.min, UTC)
    return edges_of_both(member, min(dawn, own_midnight(member)))


def _zone(member: Member) -> ZoneInfo:
    return ZoneInfo(member.user.timezone if member.user else "UTC")


def todays_menu(
    member: Member,
    edges: Mapping[Any, Edges],
    *,
    seen: Mapping[str, date] | None = None,
    landed: Mapping[int, int] | None = None,
    draw: int = 0,
) -> Menu:
    seats = [member, *([member.partner] if member.partner else [])]
    held = [edges.get(seat.id, Edges()) for seat in seats]
    # The seed is secret from both: who knows it could tell chance from somebody's edge.
    seed = salted_hmac("leeway.menu", str(member.couple_id), algorithm="sha256").hexdigest()
    return _chosen(
        member.user.language if member.user else "en",
        tuple((edge.depth, tuple(sorted(edge.topics.items()))) for edge in held),
        tuple(sorted((seen or {}).items())),
        tuple(sorted((landed or {}).items())),
        seed,
        own_day(member),
        draw,
    )


@lru_cache(maxsize=256)
def _chosen(
    language: str,
    cards: tuple[Edge, ...],
    seen: tuple[tuple[str, date], ...],
    landed: tuple[tuple[int, int], ...],
    seed: str,
    day: date,
    draw: int,
) -> Menu:
    both = [Card(depth, dict(topics)) for depth, topics in cards]
    history = History(dict(seen), dict(landed))
    return choose(library(language), both, history, seed, day, draw)


def asked_for(member: Member, edges: Mapping[Any, Edges], words: Library) -> frozenset[str]:
    """The opt-in topics that this person has opened on their own card."""
    mine = edges.get(member.id, Edges())
    return frozenset(
        topic.key for topic in words.topics if topic.opt_in and mine.ease(topic.key) != "not_now"
    )


def may_open(member: Member, words: Library, prompt: Prompt) -> bool:
    """Is this opening there for the member? Nothing of the partner's card can be told from it."""
    topic = words.topic(prompt.topic)
    if topic is None or not topic.opt_in:
        return True
    return prompt.topic in asked_for(member, edges_of_the_day(member), words)
