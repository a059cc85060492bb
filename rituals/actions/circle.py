"""The circle as one member runs it on their device, in one room, keeping their own notes."""

from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from couples import vault
from couples.clock import app_now
from couples.errors import NotHere
from couples.models import Member
from rituals import session
from rituals.models import CircleSession, Ritual
from rituals.session import Move, NotNow, Step

Words = dict[str, Any]


@transaction.atomic
def start(*, member: Member) -> CircleSession:
    """Begin a circle, or come back to the one that is open. Raises NotHere without a partner."""
    ritual = Ritual.objects.of(member).select_for_update().first()
    if ritual is None or member.partner is None:
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
    if following.step is Step.FIRST_SPEAKS:
        Ritual.objects.of(member).filter(pk=row.ritual_id).update(
            last_first=row.first, last_run_on=row.begun_on
        )
    return row


def open_circle(member: Member, *, lock: bool = False) -> CircleSession | None:
    rows = CircleSession.objects.of(member).filter(ended_at=None)
    return (rows.select_for_update() if lock else rows).first()


def _first(ritual: Ritual, member: Member, today: object) -> int:
    """Who speaks first: the other than last time. A second start on one day changes nothing."""
    if ritual.last_first and ritual.last_run_on == today:
        return ritual.last_first
    planner = member if ritual.planned_by_id == member.id else member.partner
    assert planner
    return session.who_starts(ritual.last_first, planner.seat)


@transaction.atomic
def keep(*, member: Member, row: CircleSession) -> None:
    """Keep what this member noted between the two; it shows when both have kept theirs."""
    row = CircleSession.objects.of(member).select_for_update().get(pk=row.pk)
    row.kept = True
    row.save(update_fields=["kept"])
