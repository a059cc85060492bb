from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from couples.keyring import KeyRingMissing
from couples.rotation import GRACE_SECONDS, AlreadyRotating, rotate


class Command(BaseCommand):
    help = (
        "Makes a new master key, rewraps the key of every seat with it, and drops those no longer "
        "used. Safe while pages are served. Copies of the database made before need the key ring "
        "of their time: keep or destroy both together."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--grace",
            type=float,
            default=GRACE_SECONDS,
            help="seconds to keep the old key for pages that are being made (default %(default)s)",
        )

    def handle(self, *args: Any, grace: float, **options: Any) -> None:
        try:
            count = rotate(grace=grace)
        except KeyRingMissing as missing:
            raise CommandError(str(missing)) from None
        except AlreadyRotating:
            raise CommandError("Another rotation is running.") from None
        self.stdout.write(f"Rewrapped the keys of {count} seats. Copy the new key ring now.")
