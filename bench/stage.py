"""What the streams' benchmark stands on: servers, couples with sessions, two live processes."""

import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from types import TracebackType
from uuid import uuid4

from bench.pages import Server
from config.env import ROOT
from config.local.engines import Engines

FOLLOWERS = 2  # streams a couple, one for each member


class Stage:
    def __init__(self, streams: int) -> None:
        self.streams = streams
        self._folder = tempfile.TemporaryDirectory(prefix="leeway-bench-")
        data = Path(self._folder.name) / "data"
        self.engines = Engines(data, say=lambda *_: None, fast=True)
        self._processes: list[subprocess.Popen[bytes]] = []
        self.servers: dict[str, Server] = {}

    def __enter__(self) -> "Stage":
        self.engines.start()
        os.environ.update(
            DJANGO_SETTINGS_MODULE="config.settings",
            DATA_DIR=str(self.engines.data),
            DATABASE_URL=self.engines.postgres.url,
            REDIS_URL=self.engines.valkey.url,
            SECRET_KEY="only for this benchmark",  # noqa: S106
            DEBUG="1",
        )
        self._valkey = self.engines.valkey.client()
        people = self._people()
        couples = {str(place): couple for place, (couple, _, _) in enumerate(people)}
        uvicorn = ("-m", "uvicorn", "bench.empty_view:application", "--no-access-log")
        quiet = ("--lifespan", "off", "--log-level", "error", "--backlog", "4096")
        port = free_port()
        process = self._start(*uvicorn, *quiet, "--port", str(port))
        requests = {
            place: request(port, f"/live/?couple={couple}") for place, couple in couples.items()
        }
        self.servers["django"] = Server(port, process, requests, couples)
        port = free_port()
        process = self._start("-m", "config.live", LIVE_PORT=str(port))
        requests = {
            str(place): request(port, address, session)
            for place, (_, address, session) in enumerate(people)
        }
        self.servers["live"] = Server(port, process, requests, couples)
        for server in self.servers.values():
            wait_for(server.port)
        return self

    def publish(self, couple: str, number: int) -> None:
        self._valkey.publish("leeway:live", f"changed {couple} {number} {number}")

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for process in self._processes:
            process.terminate()
        for process in self._processes:
            process.wait(20)
        self.engines.stop()
        self._folder.cleanup()

    def _start(self, *arguments: str, **more: str) -> int:
        process = subprocess.Popen(
            [sys.executable, *arguments], cwd=ROOT, env={**os.environ, **more}
        )
        self._processes.append(process)
        return process.pid

    def _people(self) -> list[tuple[str, str, str]]:
        """Couple, address of the stream and session of each; two in a couple."""
        import django

        django.setup()
        from django.contrib.sessions.models import Session
        from django.core.management import call_command
        from django.utils import timezone

        from couples.models import Couple, Member, User
        from couples.tickets import stream_address

        call_command("migrate", interactive=False, verbosity=0)
        now = timezone.now()
        users = [User(email=f"{n}@example.org", password=f"!{n}") for n in range(self.streams)]
        couples = [Couple(id=uuid4()) for _ in range(-(-self.streams // FOLLOWERS))]
        members = [
            Member(couple=couples[n // FOLLOWERS], seat=n % FOLLOWERS + 1, user=user, joined_at=now)
            for n, user in enumerate(users)
        ]
        sessions = [
            Session(session_key=uuid4().hex, session_data="", expire_date=now.replace(year=2099))
            for _ in users
        ]
        User.objects.bulk_create(users)
        Couple.objects.bulk_create(couples)
        Member.objects.across_couples().bulk_create(members)
        Session.objects.bulk_create(sessions)
        return [
            (
                str(member.couple_id),
                stream_address(member, session.session_key),
                session.session_key,
            )
            for member, session in zip(members, sessions, strict=True)
        ]


def request(port: int, address: str, session: str = "") -> bytes:
    cookie = f"Cookie: session={session}\r\n" if session else ""
    return f"GET {address} HTTP/1.1\r\nHost: localhost:{port}\r\n{cookie}\r\n".encode()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as door:
        port: int = door.getsockname()[1]
        return port


def wait_for(port: int) -> None:
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            continue
        return
