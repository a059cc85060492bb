"""The combined local server of one test process, on a free port, against its test database."""

import email
import fcntl
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from email.message import EmailMessage
from email.policy import default as modern
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection

from config.env import ROOT
from config.local.child import Child


class Site:
    """`url`, `mailbox` and what the server said; the browser and the test see the same data."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.mailbox = folder / "mailbox"
        self.static = Path(os.environ["DATA_DIR"]) / "collected"
        self.said: list[str] = []
        self.door = socket.create_server(("127.0.0.1", 0))
        self.port = self.door.getsockname()[1]
        self.url = f"http://localhost:{self.port}"
        self.child = Child(
            "web",
            [sys.executable, "-m", "config.serve", str(self.door.fileno())],
            say=lambda name, line: self.said.append(line),
            cwd=ROOT,
            env=self.environment(),
            descriptors=(self.door.fileno(),),
        )

    def environment(self) -> dict[str, str]:
        """For this server, and for any worker or command a test starts beside it."""
        database = urlsplit(os.environ["DATABASE_URL"])
        name = connection.settings_dict["NAME"]
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DATABASE_URL": database._replace(path=f"/{name}").geturl(),
            "DATA_DIR": str(self.folder),
            "KEY_FILE": str(settings.KEY_FILE),
            "SECRET_KEY": settings.SECRET_KEY,
            "DEBUG": "1",
            "STATIC_BUILT": "1",
            "STATIC_ROOT": str(self.static),
            "PORT": str(self.port),
            "PUBLIC_URL": self.url,
            "PYTHONUNBUFFERED": "1",
        }

    def start(self) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.collect_static()
        self.child.start()
        until = time.monotonic() + 120
        while not self.answers():
            assert self.child.alive, "\n".join(self.said)
            assert time.monotonic() < until, "\n".join(self.said)

    def collect_static(self) -> None:
        """Once for all processes of a test run; the first one does it, the others wait."""
        command = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
        with self.static.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not self.static.exists():
                subprocess.run(command, cwd=ROOT, env=self.environment(), check=True)

    def answers(self) -> bool:
        try:
            urllib.request.urlopen(f"{self.url}/healthz", timeout=5).close()
        except urllib.error.HTTPError:
            return True
        except OSError:
            return False
        return True

    def stop(self) -> None:
        self.child.stop(4.0)
        self.door.close()

    def empty_mailbox(self) -> None:
        shutil.rmtree(self.mailbox, ignore_errors=True)

    def mails(self, to: str = "") -> list[EmailMessage]:
        """Oldest first; only those to one address if it is given."""
        files = sorted(self.mailbox.glob("**/*.eml"), key=lambda file: file.stat().st_mtime_ns)
        found = [email.message_from_bytes(file.read_bytes(), policy=modern) for file in files]
        return [mail for mail in found if isinstance(mail, EmailMessage) and to in str(mail["To"])]
