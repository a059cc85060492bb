from datetime import datetime
from typing import Any

from django import template
from django.template.loader import get_template

from couples.clock import app_now
from couples.moments import Moment, moment

register = template.Library()


@register.simple_tag(name="moment")
def coarse_moment(when: datetime | None) -> str:
    """A coarse time in words ("Tuesday evening"), in the viewer's zone."""
    return in_words(moment(when, app_now())) if when else ""


def in_words(value: Moment) -> str:
    return get_template("components/moment.txt").render({"moment": value}).strip()


@register.filter
def get(mapping: Any, key: Any) -> Any:
    return mapping.get(key) if mapping else None
