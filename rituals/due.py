"""Planning: which dates of which rituals come within two days, and who is reminded of them when.

Every insert says "unless it is there", every ritual moves on under its row lock, and nothing is
remembered in between: planning twice, in two places at once, or again after a crash adds nothing.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection, transaction

from couples.clock import app_now
from rituals.models import Occurrence, Reminder, Ritual, RitualPart
from rituals.models.reminders import WAITING, State
from rituals.recurrence import Occurrence as Moment
from rituals.recurrence import falls_on, following, next_occurrence, occurrence_on, turn

HORIZON = timedelta(hours=48)
# An occurrence may be planned this long after it began: a zone that was changed just now.
LATE = timedelta(minutes=15)
BATCH = 500


def plan_due() -> int:
    """Plan everything within the horizon. Returns how many rituals were moved on."""
    total = 0
    while planned := plan_batch():
        total += planned
    return total


@transaction.atomic
def plan_batch() -> int:
    now = app_now()
    rituals = list(
        Ritual.objects.across_couples()
        .filter(next_due_at__lte=now + HORIZON)
        .order_by("next_due_at")
        .select_for_update(skip_locked=True, no_key=True)[:BATCH]
    )
    if rituals:
        dates = {ritual.id: upcoming(ritual, now) for ritual in rituals}
        remind(rituals, record(rituals, dates), now)
        move_on(rituals)
    return len(rituals)


def upcoming(ritual: Ritual, now: datetime) -> list[Moment]:
    """The dates within the horizon; `ritual` then stands before the first one beyond it.

    The instants are computed anew from the rule: tzdata may have changed since they were cached.
    What was missed for longer than `LATE` is passed over, a year of it like an hour.
    """
    assert ritual.next_on
    rule, found = ritual.rule, []
    step = occurrence_on(rule, ritual.next_on)
    if step.at_utc < now - LATE:
        step = next_occurrence(rule, now - LATE)
    while step.at_utc <= now + HORIZON:
        found.append(step)
        step = following(rule, step.local_date)
    ritual.next_on, ritual.next_due_at = step.local_date, step.at_utc
    return found


def record(rituals: Iterable[Ritual], dates: dict[UUID, list[Moment]]) -> list[Occurrence]:
    rows = [
        Occurrence(
            couple_id=ritual.couple_id,
            ritual=ritual,
            local_date=moment.local_date,
            starts_at=moment.at_utc,
        )
        for ritual in rituals
        for moment in dates[ritual.id]
    ]
    occurrences = Occurrence.objects.across_couples()
    occurrences.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["couple", "ritual", "local_date"],
        update_fields=["starts_at"],
    )
    meant = {(row.ritual_id, row.local_date) for row in rows}
    found = occurrences.filter(
        ritual_id__in=[ritual for ritual, _ in meant], local_date__in={day for _, day in meant}
    )
    return [row for row in found if (row.ritual_id, row.local_date) in meant]


def remind(rituals: Iterable[Ritual], occurrences: list[Occurrence], now: datetime) -> None:
    by_id = {ritual.id: ritual for ritual in rituals}
    parts: dict[UUID, list[RitualPart]] = {}
    for part in RitualPart.objects.across_couples().filter(
        ritual_id__in=by_id, author__left_at=None
    ):
        parts.setdefault(part.ritual_id, []).append(part)
    rows = [
        reminder
        for occurrence in occurrences
        for part in parts.get(occurrence.ritual_id, ())
        if (reminder := wanted(part, by_id[occurrence.ritual_id], occurrence, now))
    ]
    Reminder.objects.across_couples().bulk_create(rows, ignore_conflicts=True)


def wanted(
    part: RitualPart, ritual: Ritual, occurrence: Occurrence, now: datetime
) -> Reminder | None:
    """The reminder this part asks for of this date, if it asks for one that can still come."""
    due = occurrence.starts_at - part.lead
    if due < now - LATE or not part.reminds_at(due):
        return None
    if turn(ritual.rule, occurrence.local_date) % part.every:
        return None
    return Reminder(
        couple_id=part.couple_id, author_id=part.author_id, occurrence=occurrence, due_at=due
    )


def move_on(rituals: Iterable[Ritual]) -> None:
    ids, days, instants = zip(*((r.id, r.next_on, r.next_due_at) for r in rituals), strict=True)
    with connection.cursor() as cursor:
        cursor.execute(
            "update rituals_ritual r set next_on = v.day, next_due_at = v.instant"
            " from unnest(%s::uuid[], %s::date[], %s::timestamptz[]) as v(id, day, instant)"
            " where r.id = v.id",
            [list(ids), list(days), list(instants)],
        )


def replan(ritual: Ritual, now: datetime) -> None:
    """After a change of schedule: forget dates nobody was reminded of, and start from now.

    The caller holds the row of the ritual. What was already sent keeps its date from being sent
    again; a new time that passed less than `LATE` ago is still reminded of, an older one is not.
    """
    ahead = Occurrence.objects.across_couples().filter(ritual=ritual, starts_at__gt=now - LATE)
    waiting = Reminder.objects.across_couples().filter(occurrence__in=ahead)
    waiting.filter(state__in=WAITING).delete()
    ahead.exclude(pk__in=waiting.values("occurrence_id")).delete()
    step = next_occurrence(ritual.rule, now - LATE)
    ritual.next_on, ritual.next_due_at = step.local_date, step.at_utc
    ritual.save(update_fields=["weekday", "local_time", "tz", "next_on", "next_due_at"])


def replan_part(part: RitualPart, ritual: Ritual, now: datetime) -> None:
    """After a change of one's own part: the dates already planned follow it.

    The caller holds the row of the ritual, so that nothing is planned meanwhile. What its author
    skipped stays skipped, and what went out stays gone.
    """
    mine = Reminder.objects.across_couples().filter(
        author_id=part.author_id, occurrence__ritual=ritual
    )
    mine.filter(state__in=WAITING).update(state=State.SUPPRESSED, cancelled_at=now)
    ahead = Occurrence.objects.across_couples().filter(ritual=ritual, starts_at__gt=now)
    valid = [row for row in ahead if still_holds(ritual, row)]
    rows = [row for occurrence in valid if (row := wanted(part, ritual, occurrence, now))]
    Reminder.objects.across_couples().bulk_create(rows, ignore_conflicts=True)
    for row in rows:
        mine.filter(occurrence=row.occurrence, kind=Reminder.REMIND, state=State.SUPPRESSED).update(
            state=State.PLANNED, due_at=row.due_at, attempt=0, next_at=None, cancelled_at=None
        )


def still_holds(ritual: Ritual, occurrence: Occurrence) -> bool:
    """Whether the ritual, as it is scheduled now, happens on that date at that instant."""
    day = occurrence.local_date
    fits = falls_on(ritual.rule, day)
    return fits and occurrence_on(ritual.rule, day).at_utc == occurrence.starts_at


def the_date(ritual: Ritual, day: date) -> Occurrence:
    """The occurrence of a local date of the ritual, recorded if it was not yet."""
    moment = occurrence_on(ritual.rule, day)
    (found,) = record([ritual], {ritual.id: [moment]})
    return found
