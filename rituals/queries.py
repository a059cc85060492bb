"""What the pages of the circle show. Each read takes the person first."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from couples import vault
from couples.clock import app_now
from couples.models import Member
from prompts.library import library
from prompts.queries.kept import Kept
from rituals.models import CircleSession, Reminder, Ritual, RitualMove, RitualPart
from rituals.models.plan import Schedule
from rituals.models.reminders import State
from rituals.recurrence import Description, Occurrence, Rule, describe, next_occurrence

NOTED = ("feeling", "need", "summary", "thanks", "small_step")
STILL_ON = timedelta(hours=6)


@dataclass(frozen=True)
class Circle:
    """The couple's circle as one member sees it; `part` and all after it are theirs alone."""

    ritual: Ritual
    when: Description
    coming: Occurrence
    near: Occurrence
    """The date a page of today is about: the one that began within hours, else the next."""
    move: RitualMove | None
    move_when: Description | None
    part: RitualPart | None
    skips_next: bool
    snoozed: bool
    planned_by_me: bool
    moved_by_me: bool
    may_begin: bool


def the_circle(member: Member) -> Circle | None:
    ritual = Ritual.objects.of(member).first()
    if ritual is None:
        return None
    now, zone = app_now(), zone_of(member)
    move = RitualMove.objects.of(member).first()
    coming, near = next_occurrence(ritual.rule, now), next_occurrence(ritual.rule, now - STILL_ON)
    mine = _mine(member, ritual, {coming.local_date, near.local_date})
    return Circle(
        ritual=ritual,
        when=describe(ritual.rule, zone, now),
        coming=coming,
        near=near,
        move=move,
        move_when=describe(_rule(ritual, move), zone, now) if move else None,
        part=RitualPart.objects.of(member).filter(ritual=ritual).first(),
        skips_next=(coming.local_date, Reminder.REMIND, State.SKIPPED) in mine,
        snoozed=(near.local_date, Reminder.SNOOZED, State.PLANNED) in mine,
        planned_by_me=ritual.planned_by_id == member.id,
        moved_by_me=move is not None and move.proposed_by_id == member.id,
        may_begin=ritual.is_open_to(member),
    )


def my_words(member: Member, part: RitualPart) -> Mapping[str, Any]:
    return vault.words(member, part)


def last_small_step(member: Member) -> str:
    """What this member meant to try after their last circle; asked about, never checked."""
    last = (
        CircleSession.objects.of(member)
        .filter(ended_at__isnull=False)
        .order_by("-ended_at")
        .first()
    )
    return str(vault.words(member, last).get("small_step", "")) if last else ""


def noted(member: Member, row: CircleSession) -> list[tuple[str, str]]:
    """What there is to keep between the two, the feeling by its word."""
    words = vault.words(member, row)
    language = member.user.language if member.user else "en"
    if feeling := library(language).feeling.get(words.get("feeling", "")):
        words["feeling"] = feeling.word
    return [(key, words[key]) for key in NOTED if words.get(key)]


def kept_notes(seat: Member) -> list[Kept]:
    """After leaving, for their author alone: what of one's notes was not kept between the two."""
    kept = []
    for row in CircleSession.objects.of(seat):
        own = [] if row.exchange_id else noted(seat, row)
        heard = vault.words(seat, row).get("heard", "")
        if parts := (*own, *([("heard", heard)] if heard else [])):
            kept.append(Kept("circle", row.since, parts=parts))
    return kept


def last_circle(member: Member, since: datetime) -> CircleSession | None:
    """The member's newest circle that ended after `since`: the one whose end is on screen."""
    return CircleSession.objects.of(member).filter(ended_at__gt=since).order_by("-ended_at").first()


def zone_of(member: Member) -> str:
    return member.user.timezone if member.user else "UTC"


def _rule(ritual: Ritual, schedule: Schedule) -> Rule:
    weekday, local_time, tz = schedule.schedule
    return Rule((weekday,), local_time, tz, ritual.interval_weeks, ritual.anchor)


def _mine(
    member: Member, ritual: Ritual, days: Collection[date]
) -> Collection[tuple[date, str, str]]:
    """Date, kind and state of the member's own reminders on those dates."""
    rows = Reminder.objects.of(member).filter(
        occurrence__ritual=ritual, occurrence__local_date__in=days
    )
    return set(rows.values_list("occurrence__local_date", "kind", "state"))
