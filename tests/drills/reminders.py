"""The fault drill: reminders are due, and everything around them is killed. Prints one line.

Run by itself: `python -m tests.drills.reminders [--due 200 --kills 20 --flushes 1 --crashes 1]`.
It brings its own PostgreSQL (every commit is written, but not synced: servers crash here, machines
do not), Valkey and SMTP sink; its workers are real Celery workers, forked from this process so that
a killed one is back at once.
"""

import argparse
import multiprocessing
import os
import random
import shutil
import signal
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from config.local.engines import Engines, private_folder
from tests.drills.figures import Figures, read_figures
from tests.drills.sink import Sink

FORK = multiprocessing.get_context("fork")
WORKERS = 4
BEAT = 0.2  # seconds between two beats; there are two of them
LEASE = timedelta(seconds=1.5)
SLOW = 0.02  # the sink takes so long to answer the final dot: the gap a kill can fall into
PATIENCE = 60.0


class Drill:
    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.folder = Path(tempfile.mkdtemp(prefix="leeway-drill-"))
        private_folder(self.folder / "data")
        self.engines = Engines(self.folder / "data", say=lambda name, line: None, fast=True)
        self.sink = Sink(journal=self.folder / "accepted", pause=SLOW)
        self.random = random.Random(options.seed)
        self.workers: list[multiprocessing.process.BaseProcess] = []
        self.killed = 0

    def run(self) -> Figures:
        serving = FORK.Process(target=self.sink.serve_forever, daemon=True)
        try:
            self._announce()
            self.engines.start()
            serving.start()
            self._set_the_stage()
            warm_up()
            self.workers = [self._worker() for _ in range(WORKERS)]
            took = self._torment()
            self.options.kills = self.killed
            return read_figures(self.folder / "accepted", self.options, took)
        finally:
            for process in (*self.workers, serving):
                process.kill() if process.pid else None
            self.engines.stop()
            shutil.rmtree(self.folder, ignore_errors=True)

    def _announce(self) -> None:
        os.environ.update(
            DJANGO_SETTINGS_MODULE="config.settings",
            DEBUG="1",
            LOG_LEVEL="CRITICAL",
            DATA_DIR=str(self.folder / "data"),
            DATABASE_URL=self.engines.postgres.url,
            REDIS_URL=self.engines.valkey.url,
            EMAIL_URL=f"smtp://127.0.0.1:{self.sink.port}",
        )

    def _set_the_stage(self) -> None:
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection, connections

        from tests.drills.crowd import everybody_has_a_circle

        with connection.cursor() as cursor:  # what was committed survives the server's crash
            cursor.execute("alter database leeway set synchronous_commit = on")
        connections.close_all()
        call_command("migrate", verbosity=0)
        everybody_has_a_circle(self.options.due)
        connections.close_all()

    def _worker(self) -> multiprocessing.process.BaseProcess:
        process = FORK.Process(target=work, daemon=True)
        process.start()
        return process

    def _torment(self) -> float:
        """Beat, kill, flush and crash until nothing is open. Returns the seconds it took."""
        begun, last_beat = time.monotonic(), 0.0
        flushes = self._moments(self.options.flushes)
        crashes = self._moments(self.options.crashes)
        while time.monotonic() - begun < PATIENCE:
            if time.monotonic() - last_beat > BEAT:
                beat(), beat()
                last_beat = time.monotonic()
                if self.killed >= self.options.kills and self._nothing_open():
                    break
            if self.killed < self.options.kills and self._worth_a_kill():
                self._kill_one()
                self._flush() if self.killed in flushes else None
                self._crash() if self.killed in crashes else None
            time.sleep(self.random.uniform(0.005, 0.03))
        return time.monotonic() - begun

    def _worth_a_kill(self) -> bool:
        """A few mails went out since the last one: the workers are in the middle of it."""
        share = self.options.due / (self.options.kills + 2)
        return self.sink.count() >= self.killed * share

    def _moments(self, count: int) -> set[int]:
        """After how many kills each of these faults comes."""
        return {self.options.kills * (one + 1) // (count + 1) for one in range(count)}

    def _kill_one(self) -> None:
        seat = self.random.randrange(WORKERS)
        pid = self.workers[seat].pid
        assert pid
        os.kill(pid, signal.SIGKILL)
        self.workers[seat].join()
        self.workers[seat] = self._worker()
        self.killed += 1

    def _flush(self) -> None:
        import redis

        redis.Redis.from_url(self.engines.valkey.url).flushall()

    def _crash(self) -> None:
        self.engines.postgres.kill()
        self.engines.postgres.start()

    def _nothing_open(self) -> bool:
        from django.db import connections

        from rituals.models import Reminder, Ritual
        from rituals.models.reminders import OPEN

        connections.close_all()
        planned = not Ritual.objects.across_couples().filter(next_due_at__lte=soon()).exists()
        waiting = Reminder.objects.across_couples().filter(state__in=OPEN).exists()
        connections.close_all()
        return planned and not waiting


def soon():
    from couples.clock import app_now
    from rituals.due import HORIZON

    return app_now() + HORIZON


def warm_up() -> None:
    """Read and check here what each worker would read and check again after every kill."""
    from importlib import import_module

    from django.core.checks import run_checks
    from django.template import engines

    from config.celery import app

    for name in ("apps.worker", "concurrency.solo", "worker.components", "worker.consumer"):
        import_module(f"celery.{name}")
    import_module("kombu.transport.redis")
    app.finalize(auto=True)
    app.loader.import_default_modules()
    run_checks()
    engines.all()
    os.environ["CELERY_SKIP_CHECKS"] = "1"


def work() -> None:
    """A Celery worker in this process, until it is killed."""
    os.setsid()
    from config.celery import app
    from rituals import outbox

    outbox.LEASE = LEASE
    app.Worker(
        pool="solo",
        without_gossip=True,
        without_mingle=True,
        without_heartbeat=True,
        quiet=True,
        loglevel="CRITICAL",
    ).start()


def beat() -> None:
    """What beat does. A broker that is gone costs this wake-up, nothing more."""
    from config.celery import app

    try:
        app.send_task("rituals.tasks.sweep", expires=5, retry=False)
    except OSError:
        return


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Kill everything around due reminders.")
    for name, number in (("due", 200), ("kills", 20), ("flushes", 1), ("crashes", 1), ("seed", 7)):
        parser.add_argument(f"--{name}", type=int, default=number)
    return parser.parse_args()


if __name__ == "__main__":
    figures = Drill(options()).run()
    print(figures.line())
    raise SystemExit(0 if figures.good() else 1)
