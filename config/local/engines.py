"""The embedded PostgreSQL and Valkey of one run."""

import shutil
import tempfile
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from config.local import binaries
from config.local.account import engine_account, give
from config.local.child import Say
from config.local.engine import Engine
from config.local.postgres import Postgres
from config.local.trouble import Trouble, about_disk
from config.local.valkey import Valkey

Kind = TypeVar("Kind", bound=Engine)
PREFIX = "leeway-"
OURS = ("lock", "keys", "postgres", "mailbox", "static")  # what a data folder of ours holds
LONGEST_SOCKET_FOLDER = 80  # a socket's whole path holds 103 to 107 bytes


def private_run_folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    if len(bytes(folder)) > LONGEST_SOCKET_FOLDER:
        folder.rmdir()
        folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir="/tmp"))
    return folder


def private_folder(path: Path) -> None:
    """Made, or taken over if it is empty or was ours before; never somebody else's."""
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        if any(path.iterdir()) and not any((path / name).exists() for name in OURS):
            raise Trouble(f"{path} holds other things: choose an empty folder for DATA_DIR.")
        path.chmod(0o700)
    except OSError as error:
        raise about_disk(error, path) from error


def forget_run_folder(trace: Path) -> None:
    """The sockets of a run that was killed, named in a file of its data folder."""
    if trace.is_file():
        folder = Path(trace.read_text().strip())
        if folder.name.startswith(PREFIX) and folder.is_dir() and not folder.is_symlink():
            shutil.rmtree(folder, ignore_errors=True)


class Engines:
    """``fast`` trades safety on power loss for speed: tests only.

    Either may be left out; what is there has start(), stop(), kill(), restart(), url, pid.
    """

    def __init__(self, data: Path, *, say: Say, fast: bool = False) -> None:
        self.data = data
        self.say = say
        self.account = engine_account(data / "postgres")
        self.run_folder = private_run_folder()
        give(self.run_folder, self.account)
        self.fast = fast
        self._copies: Path | None = None

    @cached_property
    def postgres(self) -> Postgres:
        return self._engine(Postgres, self._programs[0])

    @cached_property
    def valkey(self) -> Valkey:
        return self._engine(Valkey, self._programs[1])

    def start(self) -> None:
        private_folder(self.data)
        try:
            self.postgres.start()
            self.valkey.start()
        except OSError as error:
            self.stop()
            raise about_disk(error, self.data) from error
        except BaseException:
            self.stop()
            raise

    def stop(self, grace: float = 5.0) -> None:
        self.valkey.stop(grace)
        self.postgres.stop(grace)
        self.tidy()

    def tidy(self) -> None:
        shutil.rmtree(self.run_folder, ignore_errors=True)
        if self._copies:
            shutil.rmtree(self._copies, ignore_errors=True)

    def _engine(self, kind: type[Kind], programs: Path) -> Kind:
        return kind(
            self.data / kind.name,
            self.run_folder,
            programs=programs,
            account=self.account,
            say=self.say,
            fast=self.fast,
        )

    @cached_property
    def _programs(self) -> tuple[Path, Path]:
        if self.account is None or not binaries.needs_copy(self.account):
            return binaries.postgres_folder(), binaries.valkey_program()
        self._copies = place = binaries.place_for_copies(self.run_folder)
        self.say(
            "leeway", f"root's folders are closed to the engines: their programs go to {place}"
        )
        return binaries.copy_programs(place, self.account)
