"""One time for everything: the database's clock.

`app_now()` is an SQL function of the same name (see the first migration): the clock of PostgreSQL,
moved by the single row of `couples_clockshift`, which only `manage.py advance_clock` writes and
only under DEBUG. Within a request the time is read once, with the membership.
"""

from contextvars import ContextVar
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import DateTimeField, Func

_of_request: ContextVar[datetime | None] = ContextVar("now_of_request", default=None)


class AppNow(Func):
    """The database's time, for use inside queries (UTC)."""

    function = "app_now"
    template = "%(function)s()"
    output_field = DateTimeField()


def app_now() -> datetime:
    """The time now, aware, in UTC. Within a request: the time at which it began."""
    if now := _of_request.get():
        return now
    with connection.cursor() as cursor:
        cursor.execute("select app_now()")
        moment: datetime = cursor.fetchone()[0]
        return moment


def remember_now(now: datetime | None) -> None:
    _of_request.set(now)


def coarse(moment: datetime) -> datetime:
    """The quarter of an hour a moment falls into: as fine as any stored time of a person's act."""
    return moment - timedelta(
        minutes=moment.minute % 15, seconds=moment.second, microseconds=moment.microsecond
    )


def coarse_now() -> datetime:
    return coarse(app_now())
