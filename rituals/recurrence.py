"""When a ritual happens: a weekday and a wall-clock time in a zone; instants are derived.

Days are stepped on the naive local calendar and converted once. An occurrence is known by its local
date, never by its instant: where a zone skips the hour before midnight, that is the date after.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)
# No zone differs from UTC by more than a day, and no gap is longer than a day.
LOOK_BACK = 2 * DAY


@dataclass(frozen=True, slots=True)
class Rule:
    """`anchor` is the first local date that may count; whole weeks are counted from its Monday."""

    weekdays: tuple[int, ...]
    local_time: time
    tz: str
    interval_weeks: int
    anchor: date

    def __post_init__(self) -> None:
        if not self.weekdays or not set(self.weekdays) <= set(range(7)):
            raise ValueError("weekdays are numbers from 0 (Monday) to 6 (Sunday)")
        if self.interval_weeks < 1:
            raise ValueError("interval_weeks is at least 1")
        if self.local_time.tzinfo is not None:
            raise ValueError("local_time is a wall-clock time without a zone")


@dataclass(frozen=True, slots=True)
class Occurrence:
    local_date: date
    at_utc: datetime


@dataclass(frozen=True, slots=True)
class Description:
    """What a page needs to put a rule into words; `weeks` is 1 for every week."""

    weekdays: tuple[int, ...]
    local_time: time
    zone: str
    weeks: int


def localize(naive: datetime, tz: str) -> datetime:
    """The UTC instant of a wall-clock reading: in a fold the first, in a gap as far past it."""
    return naive.replace(tzinfo=ZoneInfo(tz), fold=0).astimezone(UTC)


def turn(rule: Rule, day: date) -> int:
    """How many intervals lie between the anchor's week and this day's week."""
    return (monday(day) - monday(rule.anchor)).days // 7 // rule.interval_weeks


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def falls_on(rule: Rule, day: date) -> bool:
    weeks = (monday(day) - monday(rule.anchor)).days // 7
    return day >= rule.anchor and day.weekday() in rule.weekdays and not weeks % rule.interval_weeks


def days_from(rule: Rule, first: date) -> Iterator[date]:
    """The rule's local dates on or after `first`, without end."""
    day = max(first, rule.anchor)
    while True:
        if falls_on(rule, day):
            yield day
        day += DAY


def occurrence_on(rule: Rule, day: date) -> Occurrence:
    return Occurrence(day, localize(datetime.combine(day, rule.local_time), rule.tz))


def next_occurrence(rule: Rule, after: datetime) -> Occurrence:
    """The first occurrence strictly after an aware instant, however long ago the last one was."""
    first = (after.astimezone(UTC) - LOOK_BACK).date()
    return next(
        found
        for found in (occurrence_on(rule, day) for day in days_from(rule, first))
        if found.at_utc > after
    )


def following(rule: Rule, day: date) -> Occurrence:
    """The occurrence on the next local date after `day`."""
    return occurrence_on(rule, next(days_from(rule, day + DAY)))


def describe(rule: Rule, viewer_tz: str, after: datetime) -> Description:
    """The rule as somebody in another zone lives it, at the offsets of its next occurrence."""
    if viewer_tz == rule.tz:
        return Description(
            tuple(sorted(rule.weekdays)), rule.local_time, rule.tz, rule.interval_weeks
        )
    here = next_occurrence(rule, after)
    there = here.at_utc.astimezone(ZoneInfo(viewer_tz))
    shift = (there.date() - here.local_date).days
    days = tuple(sorted((day + shift) % 7 for day in rule.weekdays))
    return Description(days, there.time().replace(tzinfo=None), viewer_tz, rule.interval_weeks)
