"""`make run` from its first start to Ctrl-C, in a house of its own."""

import contextlib
import http.cookiejar
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from config.env import ROOT
from tests.config.test_sentences import KEPT

PATIENCE = 120.0  # seconds; a busy machine is slow


class House:
    def __init__(self, data: Path, log: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        env = {name: os.environ[name] for name in KEPT if name in os.environ}
        self.log = log
        self.process = subprocess.Popen(
            [sys.executable, "-m", "config.local.run"],
            cwd=ROOT,
            env={**env, "DATA_DIR": str(data), "PORT": str(self.port), "STATIC_BUILT": "0"},
            stdout=log.open("w"),
            stderr=subprocess.STDOUT,
        )

    def said(self) -> str:
        return self.log.read_text()

    def wait_for(self, true: Callable[[], object]) -> None:
        until = time.monotonic() + PATIENCE
        while not true():
            assert self.process.poll() is None, self.said()
            assert time.monotonic() < until, self.said()
            time.sleep(0.05)

    def web(self) -> int:
        """The process that serves pages: our child's child, by its command line."""
        return next((pid for pid in children(self.process.pid) if serves(pid)), 0)


def children(parent: int) -> Iterator[int]:
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if int((entry / "stat").read_text().rpartition(")")[2].split()[1]) == parent:
                yield int(entry.name)


def serves(pid: int) -> bool:
    with contextlib.suppress(OSError):
        return b"config.serve" in Path(f"/proc/{pid}/cmdline").read_bytes()
    return False


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
def test_from_the_first_start_to_the_end(tmp_path: Path) -> None:
    house = House(tmp_path / "data", tmp_path / "log")
    try:
        house.wait_for(lambda: "worker" in house.said().partition("Be Ben:")[2])
        browser = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        )
        address = re.search(r"Be Ana: +(\S+)", house.said())
        assert address
        page = browser.open(address[1], timeout=30).read().decode()
        stream = re.search(r"/live/\?token=[^\"&]+", page)
        assert stream
        first = house.web()
        os.kill(first, signal.SIGKILL)
        house.wait_for(lambda: house.web() not in (0, first))
        opened = browser.open(f"http://localhost:{house.port}{stream[0]}", timeout=60)
        assert opened.readline().startswith(b"retry:")
        assert "web ended (signal SIGKILL)" in house.said()
    finally:
        began = time.monotonic()
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):  # a terminal that ends
            house.process.send_signal(number)
            time.sleep(0.05)
        status = house.process.wait(30)
    took = time.monotonic() - began
    assert status == 0
    assert took <= 5, house.said()
    assert "stopped; everything is kept" in house.said()
    assert (tmp_path / "data").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "data" / "keys" / "ring.json").stat().st_mode & 0o777 == 0o600


def test_socket_paths_stay_short_in_a_deep_temporary_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from config.local import engines

    long = tmp_path / ("a" * 120)
    long.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(long))
    folder = engines.private_run_folder()
    assert len(bytes(folder)) < 60
    folder.rmdir()
