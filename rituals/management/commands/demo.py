from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from couples.models import User
from rituals import demo


class Command(BaseCommand):
    help = "Puts a couple to look around with into an empty database (local runs only)."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("The demo couple is for local runs: set DEBUG=1.")
        if User.objects.exists():
            raise CommandError("The database is not empty; the demo couple stays out of it.")
        demo.make()
