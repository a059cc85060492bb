"""The circle of these days, for one line on its member's first page."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone

from couples.clock import app_now
from couples.models import Member
from prompts.queries.beside import Beside
from rituals.models import CircleSession, Reminder, RitualPart
from rituals.models.reminders import State
from rituals.queries import STILL_ON
from rituals.recurrence import Rule, next_occurrence

DAYS = 2


@dataclass(frozen=True)
class Soon:
    at: datetime
    days: int


def _ask(member: Member) -> Subquery:
    """One's own part in an agreed circle; nothing that the other chose for themselves."""
    skipped = Reminder.objects.of(member).filter(
        occurrence__ritual=OuterRef("ritual"), state=State.SKIPPED
    )
    run = CircleSession.objects.of(member).filter(ended_at__isnull=False).order_by("-begun_on")
    parts = RitualPart.objects.of(member).filter(ritual__agreed=True, stopped_at=None)
    return Subquery(
        parts.values(
            json=JSONObject(
                weekday="ritual__weekday",
                time="ritual__local_time",
                tz="ritual__tz",
                weeks="ritual__interval_weeks",
                anchor="ritual__anchor",
                paused="paused_until",
                skipped=ArraySubquery(skipped.values("occurrence__local_date")),
                run=Subquery(run.values("begun_on")[:1]),
            )
        )[:1]
    )


def _tell(member: Member, held: dict[str, Any] | None) -> Soon | None:
    if held is None:
        return None
    rule = Rule(
        (held["weekday"],),
        time.fromisoformat(held["time"]),
        held["tz"],
        held["weeks"],
        date.fromisoformat(held["anchor"]),
    )
    now = app_now()
    near = next_occurrence(rule, now - STILL_ON)
    days = (timezone.localdate(near.at_utc) - timezone.localdate(now)).days
    paused = held["paused"] and datetime.fromisoformat(held["paused"]) > near.at_utc
    over = near.local_date.isoformat() in (*held["skipped"], held["run"])
    return None if paused or over or not 0 <= days <= DAYS else Soon(near.at_utc, days)


circle = Beside(_ask, _tell)
