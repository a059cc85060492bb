from __future__ import annotations

import csv
import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from prompts.coach import Reading, read


class Command(BaseCommand):
    help = "Read the columns text,context of a CSV file; write one JSON object a row."
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--csv", required=True, type=Path, metavar="FILE")
        parser.add_argument("--language", default="en")

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["csv"])
        csv.field_size_limit(2**31 - 1)
        try:
            with path.open(encoding="utf-8-sig", newline="") as file:
                for row in csv.DictReader(file):
                    reading = read(
                        row.get("text") or "",
                        row.get("context") or "",
                        language=options["language"],
                    )
                    self.stdout.write(json.dumps(as_data(reading), ensure_ascii=False))
        except (OSError, csv.Error, UnicodeDecodeError) as error:
            raise CommandError(f"{path}: {error}") from error


def as_data(reading: Reading) -> dict[str, Any]:
    return {
        "labels": list(reading.labels),
        "findings": [
            {
                "category": finding.category,
                "rule": finding.rule,
                "start": finding.start,
                "end": finding.end,
                "tier": finding.tier,
            }
            for finding in reading.findings
        ],
    }
