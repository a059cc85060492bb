"""`make run`: everything Leeway needs, on this machine, from one terminal."""

import contextlib
import os
import shutil
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from config import env
from config.local import addresses, doors
from config.local.child import Child
from config.local.engines import Engines, forget_run_folder, private_folder
from config.local.lock import DataLock
from config.local.supervisor import Supervisor
from config.local.trouble import Trouble, about_disk
from config.local.voice import Voice

ENOUGH_SPACE = 100_000_000  # bytes
FIRST_PAGE_WITHIN = 120.0  # seconds
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stop(BaseException):
    """Ctrl-C, SIGTERM or a closed terminal."""


def stop_now(*_: Any) -> None:
    """Once: a second signal, as when a whole terminal ends, must not disturb the stopping."""
    for number in STOPPING:
        signal.signal(number, signal.SIG_IGN)
    raise Stop


class LocalRun:
    def __init__(self) -> None:
        self.voice = Voice()
        self.data = env.data_dir()
        self.trace = self.data / "running"  # names the run folder; left behind by a killed run
        self.port = env.number("PORT", 8000)
        self.url = f"http://localhost:{self.port}"
        self.supervisor = Supervisor(self.voice)
        self.listening: list[socket.socket] = []
        self.engines: Engines | None = None
        self.told: dict[str, list[str]] = {}
        self.began = time.monotonic()

    def start(self) -> None:
        self._check_disk()
        # A predecessor that was killed leaves children that need a moment to notice.
        patience = 6.0 if self.trace.exists() else 0.0
        self.listening = doors.listen(self.port, patience=patience)
        forget_run_folder(self.trace)
        self._start_engines()
        self._prepare()
        self._start_programs()
        self._tell()

    def stop(self) -> None:
        self.supervisor.stop()
        if self.engines:
            self.engines.tidy()
        with contextlib.suppress(OSError):
            self.trace.unlink()

    def _check_disk(self) -> None:
        free = shutil.disk_usage(self.data).free
        if free < ENOUGH_SPACE:
            raise Trouble(
                f"The disk that holds {self.data} is full ({free // 1_000_000} MB left): "
                "free some space and start again."
            )

    def _start_engines(self) -> None:
        database, broker = env.text("DATABASE_URL"), env.text("REDIS_URL")
        if database:
            addresses.check_database(database)
        if broker:
            addresses.check_redis(broker)
        self.engines = engines = Engines(self.data, say=self.voice)
        self.trace.write_text(str(engines.run_folder))
        if not database:
            self.supervisor.found(engines.postgres)
        if not broker:
            self.supervisor.found(engines.valkey)
        os.environ.setdefault("DEBUG", "1")
        os.environ.setdefault("STATIC_BUILT", "1")
        os.environ.update(
            DJANGO_SETTINGS_MODULE="config.settings",
            DATA_DIR=str(self.data),
            DATABASE_URL=database or engines.postgres.url,
            REDIS_URL=broker or engines.valkey.url,
            PYTHONUNBUFFERED="1",
        )

    def _prepare(self) -> None:
        child = self._child("leeway", "-m", "config.local.prepare")
        child.say = self._hear
        child.start()
        assert child.process is not None
        status = child.process.wait()
        child.kill()
        if status != 0:
            why = f"The database could not be prepared ({child.ended_with}); see above."
            raise Trouble(self.told["trouble"][0] if "trouble" in self.told else why)

    def _hear(self, name: str, line: str) -> None:
        """Lines of config.local.prepare: a word and a tab make one for us."""
        kind, tab, rest = line.partition("\t")
        if tab and kind in ("trouble", "sign-in"):
            self.told.setdefault(kind, []).append(rest)
        else:
            self.voice(name, line)

    def _start_programs(self) -> None:
        numbers = tuple(door.fileno() for door in self.listening)
        web = self._child("web", "-m", "config.serve", *map(str, numbers))
        web.descriptors = numbers
        self.supervisor.run(web)
        self._wait_for_first_page()
        assert self.engines is not None
        schedule = str(self.engines.run_folder / "beat")
        celery = ("-m", "celery", "--quiet", "-A", "config.celery")
        quick = ("--without-gossip", "--without-mingle", "--pool", "solo")
        self.supervisor.run(self._child("worker", *celery, "worker", *quick))
        self.supervisor.run(self._child("beat", *celery, "beat", "-s", schedule, "--pidfile="))

    def _child(self, name: str, *arguments: str) -> Child:
        return Child(name, [sys.executable, *arguments], say=self.voice, cwd=env.ROOT)

    def _wait_for_first_page(self) -> None:
        until = time.monotonic() + FIRST_PAGE_WITHIN
        web = self.supervisor.programs[0]
        while not answers(self.url):
            self.supervisor.look()
            if web.crashes > 2 or time.monotonic() > until:
                raise Trouble("The pages do not come up; the lines of web above say why.")
            time.sleep(0.05)

    def _tell(self) -> None:
        took = time.monotonic() - self.began
        say = self.voice.write
        say("")
        say(f"  Leeway is at      {self.url}      (after {took:.1f} s; Ctrl-C stops it)")
        if not env.text("EMAIL_URL"):
            say(f"  Its mail lands at {self.url}/dev/mailbox/")
        for name, address in (line.split("\t") for line in self.told.get("sign-in", ())):
            say(f"  Be {name + ':':13} {address}")
        say("")


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/healthz", timeout=2):  # noqa: S310
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


def main() -> int:
    os.umask(0o077)
    voice = Voice()
    for number in STOPPING:
        signal.signal(number, stop_now)
    try:
        run = LocalRun()
        private_folder(run.data)
        lock = DataLock(run.data)
        lock.take()
    except (Trouble, env.BadEnvironment) as trouble:
        voice("leeway", str(trouble))
        return 1
    status = 0
    try:
        run.start()
        run.supervisor.watch(lambda: False)
    except (Trouble, env.BadEnvironment) as trouble:
        voice("leeway", str(trouble))
        status = 1
    except OSError as error:
        voice("leeway", str(about_disk(error, Path(error.filename or run.data))))
        status = 1
    except Stop:
        voice("leeway", "stopping")
    run.stop()
    lock.release()
    voice("leeway", "stopped; everything is kept" if status == 0 else "stopped")
    return status


if __name__ == "__main__":
    sys.exit(main())
