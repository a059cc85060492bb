"""The calendar file of a reminder: when, for how long, and a neutral word. Nothing else."""

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

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
    calendar.add_component(entry)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())
