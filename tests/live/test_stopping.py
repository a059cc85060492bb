"""The live process as production runs it."""

import os
import signal
import socket
import subprocess
import sys
import time
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection

from config.env import ROOT
from tests.live.listener import GONE, listen


class Process:
    """One of our servers on a port of this machine, with the database of this test."""

    def __init__(self, *arguments: str) -> None:
        self.door = socket.create_server(("127.0.0.1", 0))
        self.port = self.door.getsockname()[1]
        self.host = f"localhost:{self.port}"
        database = urlsplit(os.environ["DATABASE_URL"])
        name = connection.settings_dict["NAME"]
        own_door = "config.serve" in arguments
        if not own_door:
            self.door.close()
        self.process = subprocess.Popen(
            [sys.executable, "-m", *arguments, *([str(self.door.fileno())] if own_door else [])],
            cwd=ROOT,
            env={
                **os.environ,
                "DATABASE_URL": database._replace(path=f"/{name}").geturl(),
                "SECRET_KEY": settings.SECRET_KEY,
                "LIVE_PORT": str(self.port),
            },
            pass_fds=[self.door.fileno()] if own_door else [],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.door.close()
        while not self.answers():
            assert self.process.poll() is None

    def answers(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
        except OSError:
            return False
        return True


@pytest.fixture(params=["config.live", "config.serve"])
def process(request, transactional_db):
    """The process of production, and the one that carries pages too."""
    started = Process(request.param)
    yield started
    started.process.kill()
    started.process.wait()


def test_it_stops_at_once_with_streams_open_and_logs_no_token(cast, process):
    pages = [listen(process, user) for user in (cast.ana, cast.ben, cast.ana)]
    assert {page.heard()[0] for page in pages} == {"changed"}
    start = time.monotonic()
    process.process.send_signal(signal.SIGTERM)
    said, _ = process.process.communicate(timeout=10)
    assert time.monotonic() - start < 2
    assert [page.heard() for page in pages] == [GONE] * 3
    assert all(page.address.partition("token=")[2] not in said for page in pages)


def test_it_loads_none_of_djangos_apps():
    code = "import config.live, sys; print('couples.models' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"
