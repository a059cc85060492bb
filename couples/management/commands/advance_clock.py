import re
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from couples.clock import app_now
from couples.models import ClockShift

UNITS = {"d": "days", "h": "hours", "m": "minutes"}


class Command(BaseCommand):
    help = "Moves the clock of a local run: 3d, 12h, 90m; 0 sets it back. Refused without DEBUG."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("by", help="how much further: 3d, 12h, 90m; 0 for the true time")

    def handle(self, *args: Any, by: str, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("Only a local run (DEBUG=1) may move its clock.")
        move(_span(by))
        self.stdout.write(f"It is {app_now():%Y-%m-%d %H:%M} UTC here now.")


@transaction.atomic
def move(by: timedelta) -> None:
    """Adds to the shift there is; nothing takes it away."""
    held = ClockShift.objects.select_for_update().first()
    ClockShift.objects.all().delete()
    if by:
        ClockShift.objects.create(shift=by + (held.shift if held else timedelta()))


def _span(text: str) -> timedelta:
    if text == "0":
        return timedelta()
    found = re.fullmatch(r"(\d{1,4})([dhm])", text)
    if not found:
        raise CommandError("Say how far: 3d, 12h, 90m, or 0.")
    return timedelta(**{UNITS[found[2]]: int(found[1])})
