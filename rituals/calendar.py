"""The calendar file of a reminder: when, for how long, and a neutral word. Nothing else."""

from datetime import date, datetime, timedelta
from functools import lru_cache
from uuid import UUID
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone

LENGTH = timedelta(minutes=45)


def event(uid: UUID, starts_at: datetime, tz: str, summary: str, stamp: datetime) -> bytes:
    """One date, in the reader's own zone, with the rules of that zone beside it."""
    entry = Event()
    entry.add("uid", f"{uid}@notes")
    entry.add("dtstamp", stamp)
    entry.add("dtstart", starts_at.astimezone(ZoneInfo(tz)))
    entry.add("duration", LENGTH)
    entry.add("summary", summary)
    entry.add("class", "PRIVATE")
    entry.add("transp", "OPAQUE")
    calendar = Calendar()
    calendar.add("prodid", "-//Notes for two//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(clocks_of(tz, starts_at.year))
    calendar.add_component(entry)
    return bytes(calendar.to_ical())


@lru_cache(maxsize=512)
def clocks_of(tz: str, year: int) -> Timezone:
    """The zone's changes from the year before to the year after: all that one date needs."""
    return Timezone.from_tzid(tz, first_date=date(year - 1, 1, 1), last_date=date(year + 2, 1, 1))
