"""How often somebody may do a thing. Counted in PostgreSQL, never in Valkey.

Counts belong to an hour or a day of the clock and stand under keyed hashes. They tell neither whose
they are nor at what moment something was done.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import connection
from django.utils.crypto import salted_hmac

from couples.clock import app_now
from couples.errors import TooMany
from couples.models import Spent

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SPEND = """
insert into couples_spent as held (key, times, until) values (%s, 1, %s)
on conflict (key) do update set times = held.times + 1 where held.times < %s
returning times
"""
GIVE_BACK = "update couples_spent set times = times - 1 where key = %s and times > 0"


@dataclass(frozen=True)
class Limit:
    """`most` times within each hour or day, for whoever it is spent by."""

    name: str
    most: int
    within: timedelta = DAY

    def spend(self, *who: object) -> None:
        """Once more, counted exactly also if it happens at once. Raises TooMany."""
        key, until = self._count(who)
        with connection.cursor() as cursor:
            cursor.execute(SPEND, [key, until, self.most])
            if not cursor.fetchone():
                raise TooMany

    def give_back(self, *who: object) -> None:
        """As if it had not been spent; nothing, if that was in an hour or day that is over."""
        key, _ = self._count(who)
        with connection.cursor() as cursor:
            cursor.execute(GIVE_BACK, [key])

    def _count(self, who: tuple[object, ...]) -> tuple[str, datetime]:
        """The name of the count of this hour or day, and when that is over."""
        now, length = app_now(), int(self.within.total_seconds())
        number = int(now.timestamp()) // length
        said = "\n".join(map(str, (self.name, self.most, length, number, *who)))
        key = salted_hmac("couples.limits", said, algorithm="sha256").hexdigest()
        return key, datetime.fromtimestamp((number + 1) * length, UTC)


def forget() -> None:
    """The counts of hours and days that are over."""
    Spent.objects.filter(until__lte=app_now()).delete()
