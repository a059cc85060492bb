"""Every change of offset of every zone, 2026 to 2030, as the installed tzdata knows them."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

HOUR = timedelta(hours=1)
# Two probes a month find every pair of changes that lie at least a fortnight apart.
PROBE = timedelta(days=14)


@dataclass(frozen=True)
class Transition:
    tz: str
    at_utc: datetime
    before: timedelta
    after: timedelta

    @property
    def shift(self) -> timedelta:
        return self.after - self.before


def offset(zone: ZoneInfo, instant: datetime) -> timedelta:
    found = instant.astimezone(zone).utcoffset()
    assert found is not None
    return found


def narrow(zone: ZoneInfo, low: datetime, high: datetime) -> Transition:
    before = offset(zone, low)
    while high - low > timedelta(minutes=1):
        middle = low + (high - low) / 2
        low, high = (middle, high) if offset(zone, middle) == before else (low, middle)
    at = (high + timedelta(seconds=30)).replace(second=0, microsecond=0)
    return Transition(zone.key, at, before, offset(zone, at))


@cache
def transitions() -> tuple[Transition, ...]:
    found = []
    for name in sorted(available_timezones() - {"localtime", "posixrules", "Factory"}):
        zone, instant = ZoneInfo(name), datetime(2026, 1, 1, tzinfo=UTC)
        while instant.year < 2031:
            later = instant + PROBE
            if offset(zone, instant) != offset(zone, later):
                found.append(narrow(zone, instant, later))
            instant = later
    return tuple(found)
