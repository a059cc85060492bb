"""The servers of one test run: its own PostgreSQL and Valkey, on sockets, gone afterwards.

Under xdist the first process starts them; the others find their addresses in the environment.
"""

import os
import shutil
import tempfile
from pathlib import Path

from config.local.engines import Engines, private_folder

LEFT_OUT = (
    *("SECRET_KEY", "SECRET_KEY_FILE", "KEY_FILE", "EMAIL_URL", "MAIL_FROM", "PUBLIC_URL", "PORT"),
    *("OPERATOR", "HELPLINES_FILE", "TRUSTED_PROXIES", "LOG_LEVEL", "DEMO"),
)


class TestServers:
    """Made when pytest begins, started when it has something to run."""

    __test__ = False

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="leeway-test-"))
        self.folder.chmod(0o700)
        self.log = (self.folder / "servers.log").open("w")
        self.engines = Engines(self.folder / "data", say=self._say, fast=True)

    def announce(self) -> None:
        """Everything that config.env will read; nothing of the developer's own setup."""
        for name in LEFT_OUT:
            os.environ.pop(name, None)
        os.environ.update(
            DJANGO_SETTINGS_MODULE="config.settings",
            DEBUG="1",
            DATA_DIR=str(self.folder / "data"),
            DATABASE_URL=self.engines.postgres.url,
            REDIS_URL=self.engines.valkey.url,
        )
        private_folder(self.folder / "data")

    def start(self) -> None:
        self.engines.start()

    def stop(self) -> None:
        self.engines.stop()
        self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _say(self, name: str, line: str) -> None:
        if not self.log.closed:
            self.log.write(f"{name:9} {line}\n")
            self.log.flush()


def is_worker() -> bool:
    return "PYTEST_XDIST_WORKER" in os.environ


def empty_tables() -> None:
    """Delete every row but those of migrations, whatever refers to whatever."""
    from django.apps import apps
    from django.db import connection

    models = apps.get_models(include_auto_created=True)
    tables = {"django_cache", *(model._meta.db_table for model in models)}
    deletes = ";".join(f'delete from "{table}"' for table in sorted(tables))
    with connection.cursor() as cursor:
        cursor.execute(
            f"set session_replication_role = replica;{deletes};reset session_replication_role"
        )
