from django import template
from django.utils.dates import WEEKDAYS

register = template.Library()


@register.filter
def weekday(number: int | str) -> str:
    """0 is Monday; the name comes from Django's own translations."""
    return str(WEEKDAYS[int(number)])
