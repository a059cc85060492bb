import contextlib
import os
import signal
import time

import psycopg
from psycopg import sql

from config.local.child import Child
from config.local.engine import Engine
from config.local.trouble import Trouble

NAME = "leeway"
MAJOR = "18"
INITDB = (
    *("-U", NAME, "--auth=trust", "-E", "UTF8", "--locale=C"),
    *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions"),
)
# Logs never hold what people wrote or where they live: no statements, no details, no parameters.
QUIET = {
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length_on_error": "0",
    "log_checkpoints": "off",
    "log_line_prefix": "",
}
SETTINGS = {"timezone": "UTC", "max_connections": "120", "unix_socket_permissions": "0700"}
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Postgres(Engine):
    name = "postgres"
    stop_signal = signal.SIGINT  # PostgreSQL's "fast" shutdown

    @property
    def url(self) -> str:
        return self.url_of(NAME)

    def url_of(self, database: str) -> str:
        return f"postgresql://{NAME}@/{database}?host={self.run_folder}"

    def start(self, wait: float = 60.0) -> None:
        folder = self._open()
        made_by = self.data / "PG_VERSION"
        if not made_by.exists():
            self._initialise(folder)
        elif (version := made_by.read_text().strip()) != MAJOR:
            raise Trouble(
                f"{self.data} was made by PostgreSQL {version}, and this is {MAJOR}: "
                "docs/running.md says how to bring it over."
            )
        settings = {**SETTINGS, **QUIET, **(FAST if self.fast else {})}
        pairs = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
        arguments = ["-D", folder, "-k", str(self.run_folder), "-h", "", *pairs]
        self.child = self._new_child(self.programs / "bin" / "postgres", arguments)
        self.child.start()
        self._wait_until_ready(self.child, time.monotonic() + wait)

    def _initialise(self, folder: str) -> None:
        arguments = ["-D", folder, *INITDB, *(["--no-sync"] if self.fast else [])]
        program = self.programs / "bin" / "initdb"
        child = self._new_child(program, arguments, say=lambda name, line: None)
        child.start()
        assert child.process is not None
        status = child.process.wait(120)
        child.kill()
        if status != 0:
            raise self._trouble(child)

    def _wait_until_ready(self, child: Child, deadline: float) -> None:
        while time.monotonic() < deadline:
            try:
                self._create_database()
            except psycopg.OperationalError:
                self._start_again_if_gone(child)
                time.sleep(0.05)
            else:
                return
        child.kill()
        raise self._trouble(child)

    def _start_again_if_gone(self, child: Child) -> None:
        """After a crash its predecessor may hold the data for a moment longer."""
        if child.alive:
            return
        child.kill()
        said = " ".join(child.tail)
        if "still in use" not in said and not ("already exists" in said and self._predecessor()):
            raise self._trouble(child)
        time.sleep(0.2)
        child.start()

    def _predecessor(self) -> bool:
        with contextlib.suppress(OSError, ValueError):
            pid = int((self.data / "postmaster.pid").read_text().split()[0])
            os.kill(pid, 0)
            return True
        return False

    def _create_database(self) -> None:
        with psycopg.connect(self.url_of("postgres"), autocommit=True) as connection:
            found = connection.execute("select 1 from pg_database where datname = %s", [NAME])
            if found.fetchone() is None:
                connection.execute(sql.SQL("create database {}").format(sql.Identifier(NAME)))

    def _trouble(self, child: Child) -> Trouble:
        said = " ".join(child.tail)
        if "No space left on device" in said:
            return Trouble(f"The disk that holds {self.data} is full: free some space first.")
        telling = [line for line in child.tail if "FATAL" in line or "error:" in line]
        reason = (telling or list(child.tail) or [child.ended_with])[-1]
        return Trouble(f"PostgreSQL did not start in {self.data}: {reason}.")
