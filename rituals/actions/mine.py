"""One's own part of the circle: changed alone, at once, and without the other ever knowing.

None of these touches a row or a number that the partner's pages are made from.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from couples import vault
from couples.clock import app_now
from couples.errors import NotHere
from couples.models import Member
from rituals import due
from rituals.models import Occurrence, Reminder, Ritual, RitualPart
from rituals.models.reminders import EVERY, WAITING, State
from rituals.recurrence import falls_on

LONG_OVER = timedelta(hours=12)


@transaction.atomic
def change(*, member: Member, wording: str, **choices: Any) -> None:
    """Own words, lead time, subject, mail on or off."""

    def apply(part: RitualPart, _: datetime) -> None:
        for name, value in choices.items():
            setattr(part, name, value)
        vault.seal(member, part, vault.words(member, part) | {"wording": wording})

    _with_part(member, apply)


@transaction.atomic
def pause(*, member: Member, weeks: int) -> None:
    def apply(part: RitualPart, now: datetime) -> None:
        part.paused_until = now + timedelta(weeks=weeks)

    _with_part(member, apply)


@transaction.atomic
def stop(*, member: Member) -> None:
    """Leave the ritual to the other. Both may; it then reminds nobody."""

    def apply(part: RitualPart, now: datetime) -> None:
        part.stopped_at = part.stopped_at or now

    _with_part(member, apply)


@transaction.atomic
def stop_mail(*, member: Member) -> None:
    """Unsubscribe: no more mail of this ritual; the part stays."""

    def apply(part: RitualPart, _: datetime) -> None:
        part.mail_on = False

    _with_part(member, apply)


@transaction.atomic
def fewer(*, member: Member) -> None:
    """Halve: every second time, then every fourth."""

    def apply(part: RitualPart, _: datetime) -> None:
        part.every = min(part.every * 2, EVERY[-1])

    _with_part(member, apply)


@transaction.atomic
def go_on(*, member: Member) -> None:
    """End a pause or a stop, and come back to every time."""

    def apply(part: RitualPart, _: datetime) -> None:
        part.paused_until, part.stopped_at = None, None
        part.mail_on, part.every = True, 1

    _with_part(member, apply)


@transaction.atomic
def skip(*, member: Member, day: date) -> None:
    """No reminder of this one date. The rhythm stays, and nobody is told. Raises NotHere."""
    part = own_part(member)
    occurrence, now = _date_ahead(part, day), app_now()
    stub = _reminder(part, occurrence, Reminder.REMIND, occurrence.starts_at - part.lead)
    stub.state, stub.cancelled_at = State.SKIPPED, now
    Reminder.objects.of(member).bulk_create([stub], ignore_conflicts=True)
    Reminder.objects.of(member).filter(
        occurrence=occurrence, state__in=(*WAITING, State.SUPPRESSED)
    ).update(state=State.SKIPPED, cancelled_at=now)


@transaction.atomic
def unskip(*, member: Member, day: date) -> None:
    part = own_part(member)
    Reminder.objects.of(member).filter(
        occurrence__ritual=part.ritual, occurrence__local_date=day, state=State.SKIPPED
    ).update(state=State.SUPPRESSED)
    due.replan_part(part, part.ritual, app_now())


@transaction.atomic
def snooze(*, member: Member, day: date, minutes: int) -> None:
    """Remind me again of this date, so many minutes from now, once. Raises NotHere."""
    part = own_part(member)
    occurrence = _date_ahead(part, day)
    again = _reminder(part, occurrence, Reminder.SNOOZED, app_now() + timedelta(minutes=minutes))
    mine = Reminder.objects.of(member).filter(occurrence=occurrence, kind=Reminder.SNOOZED)
    mine.exclude(state__in=(State.SENDING, State.UNKNOWN)).delete()
    Reminder.objects.of(member).bulk_create([again], ignore_conflicts=True)


def own_part(member: Member) -> RitualPart:
    """The member's part, and its ritual, both locked. Raises NotHere if they have none."""
    parts = RitualPart.objects.of(member).select_related("ritual")
    held = parts.select_for_update(of=("self", "ritual"), no_key=True)
    part = held.filter(ritual__kind=Ritual.CIRCLE).first()
    if part is None:
        raise NotHere
    return part


def _date_ahead(part: RitualPart, day: date) -> Occurrence:
    """That date, if the ritual still happens then and it is not long over."""
    if not falls_on(part.ritual.rule, day):
        raise NotHere
    occurrence = due.the_date(part.ritual, day)
    if occurrence.starts_at < app_now() - LONG_OVER:
        raise NotHere
    return occurrence


def _reminder(part: RitualPart, occurrence: Occurrence, kind: str, due_at: datetime) -> Reminder:
    return Reminder(
        couple_id=part.couple_id,
        author_id=part.author_id,
        occurrence=occurrence,
        kind=kind,
        due_at=due_at,
    )


def _with_part(member: Member, apply: Callable[[RitualPart, datetime], None]) -> None:
    part, now = own_part(member), app_now()
    apply(part, now)
    part.save()
    due.replan_part(part, part.ritual, now)
