"""What can go wrong at the start: one clear sentence, a status that is not 0, nothing lost."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from config.env import ROOT
from config.local.prepare import CannotGoOn, look_after_key_ring
from config.local.voice import is_chatter, readable
from couples import keyring
from couples.models import SeatKey
from tests.cast import person

KEPT = ("PATH", "HOME", "LANG", "PYTHONDONTWRITEBYTECODE")


def start(data: Path, **settings: str) -> tuple[int, list[str]]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    env = {name: os.environ[name] for name in KEPT if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-m", "config.local.run"],
        cwd=ROOT,
        env={**env, "DATA_DIR": str(data), "PORT": port, **settings},
        capture_output=True,
        text=True,
        timeout=60,
    )
    lines = [line.partition("| ")[2] for line in done.stdout.splitlines()]
    return done.returncode, lines


def test_a_port_in_use(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        status, lines = start(tmp_path, PORT=str(port))
    assert status == 1
    assert lines[0].startswith(f"Port {port} is in use by another program: stop that one")
    assert not (tmp_path / "postgres").exists()


def test_a_port_that_is_no_number(tmp_path: Path) -> None:
    assert start(tmp_path, PORT="eight") == (1, ["PORT is 'eight'; it must be a whole number."])


def test_a_database_that_is_not_there(tmp_path: Path) -> None:
    url = "postgresql://someone:hush@127.0.0.1:1/leeway"
    status, lines = start(tmp_path, DATABASE_URL=url)
    assert status == 1
    assert lines[0].startswith("DATABASE_URL: no database can be used at 127.0.0.1:1/leeway (")
    assert "hush" not in " ".join(lines)


def test_a_broker_that_is_not_there(tmp_path: Path) -> None:
    status, lines = start(tmp_path, REDIS_URL="redis://:hush@127.0.0.1:1/0")
    assert status == 1
    assert lines[0].startswith("REDIS_URL: no Valkey or Redis can be used at 127.0.0.1:1/0 (")
    assert "hush" not in " ".join(lines)


def test_an_address_for_mail_that_makes_no_sense(tmp_path: Path) -> None:
    status, lines = start(tmp_path, EMAIL_URL="carrier-pigeon://loft")
    assert status == 1
    assert lines[0].startswith("EMAIL_URL must begin with")


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    status, lines = start(tmp_path / "file" / "data")
    assert status == 1
    assert len(lines) == 1
    assert "DATA_DIR" in lines[0]


def test_a_folder_with_other_things_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "holiday.jpg").write_text("sea")
    tmp_path.chmod(0o755)
    status, lines = start(tmp_path)
    assert (status, len(lines)) == (1, 1)
    assert "holds other things" in lines[0]
    assert [file.name for file in tmp_path.iterdir()] == ["holiday.jpg"]
    assert tmp_path.stat().st_mode & 0o777 == 0o755


@pytest.fixture
def ring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "ring.json"
    monkeypatch.setenv("KEY_FILE", str(path))
    return path


@pytest.mark.django_db
def test_an_empty_database_gets_a_key_ring_of_its_own(ring: Path) -> None:
    look_after_key_ring()
    assert ring.stat().st_mode & 0o777 == 0o600
    assert keyring.load(ring).active


@pytest.mark.django_db
def test_a_lost_key_ring_is_never_replaced(ring: Path) -> None:
    person("Ana")
    assert SeatKey.objects.exists()
    with pytest.raises(CannotGoOn, match="key ring is missing"):
        look_after_key_ring()
    assert not ring.exists()


@pytest.mark.django_db
def test_the_key_ring_of_another_house_is_refused(ring: Path) -> None:
    person("Ana")
    keyring.create(ring)
    before = ring.read_bytes()
    with pytest.raises(CannotGoOn, match="not the one this database was written with"):
        look_after_key_ring()
    assert ring.read_bytes() == before


def test_log_lines_are_for_people_here() -> None:
    assert readable('{"at": "x", "level": "info", "from": "a", "says": "hello"}') == "hello"
    assert readable('{"at": "x", "level": "error", "says": "no"}') == "error: no"
    assert is_chatter("postgres", "LOG:  listening on Unix socket")
    assert not is_chatter("postgres", "LOG:  server process was terminated by signal 9")
