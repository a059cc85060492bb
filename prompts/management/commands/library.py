from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from prompts.library import LibraryError, load
from prompts.library.check import problems
from prompts.library.check.ledger import write
from prompts.library.check.reading import ease
from prompts.library.check.texts import texts
from prompts.library.counts import counts
from prompts.library.loading import HERE
from prompts.library.pages import Pages
from prompts.library.sheet import sheet


class Command(BaseCommand):
    help = "Check, read and keep the books of the library of prompts. Needs no database."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        check = actions.add_parser("check", help="say what is wrong, by file and line")
        show = actions.add_parser("show", help="print prompts to read")
        show.add_argument("--topic", default="")
        show.add_argument("--depth", type=int, default=0, choices=range(5), metavar="1-4")
        keys = actions.add_parser("keys", help="write new keys into the ledger keys.txt")
        for action in (check, show, keys):
            action.add_argument("--path", type=Path, help="one library folder, not all of them")

    def handle(self, *args: Any, **options: Any) -> None:
        folders = [options["path"]] if options["path"] else _languages()
        for folder in folders:
            getattr(self, f"_{options['action']}")(folder, options)

    def _check(self, folder: Path, options: dict[str, Any]) -> None:
        if not folder.is_dir():
            raise CommandError(f"{folder}: there is no library here")
        if found := problems(folder):
            for problem in found:
                self.stderr.write(f"{folder.name}/{problem}")
            raise CommandError(f"{len(found)} problems in {folder}")
        for line in counts(load(folder)):
            self.stdout.write(line)
        self.stdout.write(_reading(folder))
        self.stdout.write(f"{folder.name}: nothing to mend")

    def _show(self, folder: Path, options: dict[str, Any]) -> None:
        library = self._load(folder)
        if options["topic"] and library.topic(options["topic"]) is None:
            known = ", ".join(topic.key for topic in library.topics)
            raise CommandError(f"no topic '{options['topic']}'; there are {known}")
        for line in sheet(library, options["topic"], options["depth"]):
            self.stdout.write(line)

    def _keys(self, folder: Path, options: dict[str, Any]) -> None:
        self._load(folder)
        added = write(Pages(folder))
        self.stdout.write(f"{folder.name}: {len(added)} new keys")

    def _load(self, folder: Path) -> Any:
        try:
            return load(folder, folder.name)
        except LibraryError as error:
            raise CommandError(str(error)) from error


def _languages() -> list[Path]:
    return sorted(path.parent for path in HERE.glob("*/topics.toml"))


def _reading(folder: Path) -> str:
    figures = {kind.place: kind.grade for kind in ease(texts(Pages(folder)))}
    hardest = max(figures, key=lambda place: figures[place])
    return (
        f"reading: Flesch-Kincaid grade {figures['prompt.text']:.1f} for the prompts "
        f"(grade 6 is about age 12); hardest: {hardest} {figures[hardest]:.1f}"
    )
