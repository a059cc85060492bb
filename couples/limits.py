"""How often somebody may do a thing. Counted in PostgreSQL (the cache's table), never in Valkey.

Counts belong to an hour or a day of the clock and stand under keyed hashes. They tell neither whose
they are nor at what moment something was done.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.core.cache import cache
from django.db import connection, transaction
from django.utils.crypto import salted_hmac

from couples.clock import app_now
from couples.errors import TooMany

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True)
class Limit:
    """`most` times within each hour or day, for whoever it is spent by."""

    name: str
    most: int
    within: timedelta = DAY

    def spend(self, *who: object) -> None:
        """Once more, counted exactly also if it happens at once. Raises TooMany."""
        self._count(who, 1)

    def give_back(self, *who: object) -> None:
        """As if it had not been spent; nothing, if that was in an hour or day that is over."""
        self._count(who, -1)

    @transaction.atomic
    def _count(self, who: tuple[object, ...], step: int) -> None:
        length = int(self.within.total_seconds())
        number, gone = divmod(int(app_now().timestamp()), length)
        said = "\n".join(map(str, (self.name, self.most, length, number, *who)))
        key = "limit:" + salted_hmac("couples.limits", said, algorithm="sha256").hexdigest()
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
        count = max(cache.get(key, 0) + step, 0)
        if count > self.most:
            raise TooMany
        cache.set(key, count, length - gone)
