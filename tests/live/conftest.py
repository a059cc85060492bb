from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from config.local.engines import Engines
from config.local.valkey import Valkey
from couples.models import User
from tests.cast import pair, person
from tests.live.server import LiveServer

Serve = Callable[..., LiveServer]


@dataclass
class Few:
    """Ana and Ben are a couple; Cleo and Eve are on their own, so in couples of one."""

    ana: User
    ben: User
    cleo: User
    eve: User


@pytest.fixture
def cast(transactional_db: None) -> Few:
    few = Few(*(person(name) for name in ("Ana", "Ben", "Cleo", "Eve")))
    pair(few.ana, few.ben)
    return few


@pytest.fixture
def serve(transactional_db: None) -> Iterator[Serve]:
    servers: list[LiveServer] = []

    def start(**options: Any) -> LiveServer:
        servers.append(LiveServer(**options))
        return servers[-1]

    yield start
    for server in servers:
        server.stop()


@pytest.fixture
def server(serve: Serve) -> LiveServer:
    return serve()


@pytest.fixture
def own_valkey(tmp_path: Any, settings: Any) -> Iterator[Valkey]:
    """A Valkey that may be killed: the one of the other tests goes on. Not started yet."""
    engines = Engines(tmp_path / "data", say=lambda *_: None, fast=True)
    engines.data.mkdir(mode=0o700)
    settings.REDIS_URL = engines.valkey.url
    yield engines.valkey
    engines.valkey.stop()
    engines.tidy()
