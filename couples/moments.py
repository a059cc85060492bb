"""Coarse times: what a partner may read of when something happened.

A moment becomes a day and a part of the day in the viewer's zone, never a clock time.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from django.utils import timezone

Part = Literal["night", "morning", "afternoon", "evening"]
Nearness = Literal["today", "yesterday", "this_week", "this_year", "earlier"]


@dataclass(frozen=True)
class Moment:
    day: date
    part: Part
    nearness: Nearness


def moment(when: datetime, now: datetime) -> Moment:
    """Both aware; read in the zone that is active (the viewer's)."""
    local, today = timezone.localtime(when), timezone.localtime(now).date()
    day = local.date()
    return Moment(day, _part(local.hour), _nearness(day, today))


def _part(hour: int) -> Part:
    if hour < 5:
        return "night"
    if hour < 12:
        return "morning"
    return "afternoon" if hour < 18 else "evening"


def _nearness(day: date, today: date) -> Nearness:
    ago = (today - day).days
    if ago <= 0:
        return "today"
    if ago == 1:
        return "yesterday"
    if ago < 7:
        return "this_week"
    return "this_year" if day.year == today.year else "earlier"
