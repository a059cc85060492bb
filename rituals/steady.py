"""A guard against a clock that was set wrong: it stops sending, it never sends a day at once.

The wall clock of the database is compared between sweeps with a clock that only counts.
"""

import logging
import time
from datetime import datetime, timedelta

from django.db import connection

log = logging.getLogger(__name__)

TOLERANCE = timedelta(seconds=120)
# So long nothing goes out after a jump; then the new time is taken for the right one.
HOLD = timedelta(minutes=10).total_seconds()
# Counts while the machine sleeps, where the system has such a clock.
COUNTER = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


class Guard:
    def __init__(self) -> None:
        self._last: tuple[datetime, float] | None = None
        self._held_until = 0.0

    def is_steady(self, wall: datetime, count: float) -> bool:
        """`count` in seconds. False from a jump of the wall clock until it has held for a while."""
        last, self._last = self._last, (wall, count)
        if last and abs((wall - last[0]) - timedelta(seconds=count - last[1])) > TOLERANCE:
            self._held_until = count + HOLD
            log.error("the database clock jumped; reminders wait until it has held")
        return count >= self._held_until


_guard = Guard()


def clock_is_steady() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select clock_timestamp()")
        (wall,) = cursor.fetchone()
    return _guard.is_steady(wall, time.clock_gettime(COUNTER))
