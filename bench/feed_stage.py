"""What the feed's benchmark stands on: a long history, and three servers that are up at once."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.callers import Caller, Server
from bench.stage import free_port, wait_for
from config.env import ROOT
from config.local.engines import Engines

# As in docker-compose.yml, with one worker.
GRANIAN = (
    *("-m", "granian", "--interface=wsgi", "--workers=1", "--blocking-threads=1"),
    *("--workers-kill-timeout=2", "--no-log"),
)


@dataclass
class FeedStage:
    feed: Server
    floor: Server
    empty: Server
    session: str
    deepest: str
    """The address of the page of the oldest exchanges."""

    @property
    def servers(self) -> tuple[Server, ...]:
        return self.feed, self.floor, self.empty


@contextmanager
def stage(length: int) -> Iterator[FeedStage]:
    with tempfile.TemporaryDirectory(prefix="leeway-bench-") as folder:
        engines = Engines(Path(folder) / "data", say=lambda *_: None, fast=True)
        servers: list[subprocess.Popen[bytes]] = []
        try:
            engines.start()
            yield _set(length, engines, Path(folder), servers)
        finally:
            for server in servers:
                server.terminate()
            for server in servers:
                server.wait(20)
            engines.stop()


def _set(
    length: int, engines: Engines, folder: Path, servers: list[subprocess.Popen[bytes]]
) -> FeedStage:
    os.environ.update(
        DJANGO_SETTINGS_MODULE="config.settings",
        DATA_DIR=str(engines.data),
        DATABASE_URL=engines.postgres.url,
        REDIS_URL=engines.valkey.url,
        SECRET_KEY="only for this benchmark",  # noqa: S106
        PUBLIC_URL="http://localhost",
        LOG_LEVEL="ERROR",
        DEBUG="0",
        FLOOR=str(folder / "floor.json"),
    )
    session, path, deepest = _seeded(length)
    feed = _served("feed", "config.wsgi", path, servers, session)
    page = Caller(feed).page()
    Path(os.environ["FLOOR"]).write_text(json.dumps(_given(page, path, session)))
    floor = _served("floor", "bench.floor", "/", servers)
    empty = _served("empty view", "bench.empty_page", "/", servers)
    if articles(Caller(floor).page()) != articles(page):
        raise RuntimeError("The floor does not say what the page says.")
    return FeedStage(feed, floor, empty, session, deepest)


def _served(
    name: str, module: str, path: str, servers: list[subprocess.Popen[bytes]], session: str = ""
) -> Server:
    port = free_port()
    where = ("--host=127.0.0.1", f"--port={port}", f"{module}:application")
    servers.append(subprocess.Popen([sys.executable, *GRANIAN, *where], cwd=ROOT))
    wait_for(port)
    return Server(name, port, path, session)


def _seeded(length: int) -> tuple[str, str, str]:
    """The session of somebody with a history, and the addresses of their first and last page."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client
    from django.urls import reverse

    from bench.history import History, couple
    from couples import keyring
    from prompts.models import Exchange
    from prompts.queries.feed import PAGE

    keyring.create(settings.KEY_FILE)
    for command in ("migrate", "createcachetable", "collectstatic"):
        quiet = {"interactive": False} if command != "createcachetable" else {}
        call_command(command, verbosity=0, **quiet)
    viewer = couple()
    History(viewer).fill(length)
    client = Client()
    client.force_login(viewer.user)
    path = reverse("feed")
    cursor = Exchange.objects.of(viewer).get(number=PAGE + 1).pk
    return client.cookies[settings.SESSION_COOKIE_NAME].value, path, f"{path}?before={cursor}"


def _given(page: str, path: str, session: str) -> dict[str, object]:
    """All that the floor is told beforehand."""
    from django.utils import timezone

    from couples import memberships
    from couples.models import SeatKey, User
    from couples.vault import ring
    from prompts.library import library

    words, viewer = library("en"), memberships.standing(User.objects.get(name="Ana")).member
    assert viewer
    assert viewer.partner
    keys = {
        str(row.pk): ring().unwrap(row.ring_key, bytes(row.wrapped)).hex()
        for row in SeatKey.objects.all()
    }
    return {
        "database": os.environ["DATABASE_URL"],
        "queries": statements(path, session),
        "head": page[: page.index("<article")],
        "foot": page[page.rindex("</article>") + len("</article>") :],
        "keys": keys,
        "viewer": str(viewer.id),
        "couple": str(viewer.couple_id),
        "partner": viewer.partner.name,
        "year": timezone.now().year,
        "feelings": {key: one.word for key, one in words.feeling.items()},
        "regions": {r.key: r.sentence for r in words.body.regions if r.key != "nowhere"},
        "wishes": {wish.key: wish.name for wish in words.wishes},
        "parts": {part.key: part.name for part in words.reply.parts},
        "choices": {choice.key: choice.text for choice in words.reply.all_right},
    }


def statements(path: str, session: str) -> list[str]:
    """The SQL that a page runs, as it runs it."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from bench.inside import answer

    with CaptureQueriesContext(connection) as captured:
        answer(path, session)
    return [query["sql"] for query in captured]


def articles(page: str) -> str:
    return page[page.index("<article") : page.rindex("</article>")]
