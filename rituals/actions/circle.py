"""The circle as one member runs it on their device, in one room, keeping their own notes."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from couples import vault
from couples.clock import app_now
from couples.errors import NotHere
from couples.limits import Limit
from couples.models import Member
from prompts.actions.circles import keep_circle
from prompts.models import Disclosure, Exchange
from rituals import session
from rituals.models import CircleSession, Ritual
from rituals.recurrence import days_from, turn
from rituals.session import Move, NotNow

Words = dict[str, Any]
# Two who each keep a circle within this time of its end mean the same one.
SAME_CIRCLE = timedelta(hours=12)
# A day, by one person: each calls the other.
KEPT = Limit("kept circles", 3)


@transaction.atomic
def start(*, member: Member) -> CircleSession:
    """Begin a circle, or come back to the one that is open.

    Raises NotHere without a partner, and while the plan is the partner's own: what somebody ran on
    it would show them, by what becomes of it when they take it back.
    """
    ritual = Ritual.objects.of(member).select_for_update(no_key=True).first()
    if ritual is None or member.partner is None or not ritual.is_open_to(member):
        raise NotHere
    running = open_circle(member)
    if running:
        return running
    now = app_now()
    today = now.astimezone(ZoneInfo(ritual.tz)).date()
    state = session.advance(session.begin(_first(ritual, member, today), now), Move.ON, now)
    row = CircleSession(
        couple_id=member.couple_id,
        author=member,
        ritual=ritual,
        first=state.first,
        begun_on=today,
        since=now,
    )
    row.take(state, now)
    vault.seal(member, row, {})
    row.save(force_insert=True)
    return row


@transaction.atomic
def go(*, member: Member, step: str, move: Move, words: Words) -> CircleSession:
    """Take one move from the step the page showed, with what was noted there.

    A move from another step than the present one changes nothing: a second tap, an old tab.
    Raises NotHere without an open circle.
    """
    row = open_circle(member, lock=True)
    if row is None:
        raise NotHere
    now = app_now()
    state = session.at(row.state, now)
    if state.step != step:
        return row
    try:
        following = session.advance(state, move, now)
    except NotNow:
        return row
    row.take(following, now)
    if words:
        vault.seal(member, row, vault.words(member, row) | words)
    row.save()
    return row


def open_circle(member: Member, *, lock: bool = False) -> CircleSession | None:
    rows = CircleSession.objects.of(member).filter(ended_at=None)
    return (rows.select_for_update() if lock else rows).first()


def _first(ritual: Ritual, member: Member, today: date) -> int:
    """Who speaks first, by the calendar alone: what one of the two ran by themselves must not show.

    The weeks are counted from the one of the first date.
    """
    planner = member if ritual.planned_by_id == member.id else member.partner
    assert planner
    begun = next(days_from(ritual.rule, ritual.anchor))
    return session.who_starts(turn(ritual.rule, today) - turn(ritual.rule, begun), planner.seat)


@transaction.atomic
def keep(*, member: Member, row: CircleSession, notes: Mapping[str, str]) -> None:
    """Put one's notes between the two; both open once the other keeps theirs. Once is enough.

    Notes made while listening were for oneself and stay out.
    Raises TooMany, and NotHere without a partner.
    """
    row = CircleSession.objects.of(member).select_for_update().get(pk=row.pk)
    if member.partner is None:
        raise NotHere
    if row.exchange_id is None:
        KEPT.spend(member.user_id)
        theirs = _kept_by(member.partner, member, row)
        row.exchange_id = keep_circle(member, theirs, notes, row_id=row.pk)
        row.save(update_fields=["exchange_id"])


def _kept_by(partner: Member, member: Member, row: CircleSession) -> UUID | None:
    """The exchange in which the partner kept the same circle, if this member did not answer yet."""
    own = Disclosure.objects.of(member).filter(author=member).values("exchange_id")
    kept = Exchange.objects.of(member).filter(
        kind="circle", author=partner, begun__gte=row.since - SAME_CIRCLE
    )
    return kept.exclude(pk__in=own).order_by("-begun").values_list("pk", flat=True).first()
