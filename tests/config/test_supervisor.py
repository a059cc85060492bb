import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.local.child import Child
from config.local.supervisor import Supervisor

SLEEPER = "import time; time.sleep(60)"
STUBBORN = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
    " print('deaf', flush=True); time.sleep(60)"
)


class Ears:
    def __init__(self) -> None:
        self.lines: list[str] = []

    def __call__(self, name: str, line: str) -> None:
        self.lines.append(f"{name}: {line}")

    def heard(self, words: str) -> bool:
        return any(words in line for line in self.lines)


@pytest.fixture
def ears() -> Ears:
    return Ears()


@pytest.fixture(autouse=True)
def keep_signals() -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def child(ears: Ears, code: str, name: str = "web") -> Child:
    return Child(name, [sys.executable, "-c", code], say=ears)


def until(supervisor: Supervisor, true: object) -> None:
    end = time.monotonic() + 10
    supervisor.watch(lambda: bool(true()) or time.monotonic() > end, every=0.02)  # type: ignore[operator]
    assert true()  # type: ignore[operator]


def test_a_killed_child_is_started_again_and_said_so(ears: Ears) -> None:
    supervisor, web = Supervisor(ears), child(ears, SLEEPER)
    supervisor.run(web)
    first = web.pid
    os.kill(first, signal.SIGKILL)
    until(supervisor, lambda: web.alive and web.pid != first)
    supervisor.stop()
    assert ears.heard("leeway: web ended (signal SIGKILL); it starts again in 0.5 s")
    assert ears.heard("leeway: web is running again")
    assert not web.alive


def test_a_child_that_keeps_failing_waits_longer_each_time(ears: Ears) -> None:
    supervisor = Supervisor(ears)
    supervisor.run(child(ears, "raise SystemExit(3)"))
    until(supervisor, lambda: ears.heard("web ended (status 3); it starts again in 1 s"))
    supervisor.stop()


def test_a_deaf_child_is_killed_within_the_time_to_stop(ears: Ears) -> None:
    supervisor, web = Supervisor(ears), child(ears, STUBBORN)
    supervisor.run(web)
    until(supervisor, lambda: ears.heard("deaf"))
    began = time.monotonic()
    supervisor.stop()
    assert not web.alive
    assert time.monotonic() - began < 5


def test_engines_outlive_what_needs_them(ears: Ears, tmp_path: Path) -> None:
    order = tmp_path / "order"
    tell = (
        "import signal, sys, time\n"
        "def end(*_):\n    open({path!r}, 'a').write({name!r} + ' '); sys.exit()\n"
        "signal.signal(signal.SIGTERM, end); print('ready', flush=True); time.sleep(60)"
    )
    supervisor = Supervisor(ears)
    for name, start in (("pg", "found"), ("valkey", "found"), ("web", "run")):
        one = child(ears, tell.format(path=str(order), name=name), name)
        getattr(supervisor, start)(one)
        until(supervisor, lambda name=name: ears.heard(f"{name}: ready"))
    supervisor.stop()
    assert order.read_text().split() == ["web", "valkey", "pg"]


def test_nothing_outlives_a_supervisor_that_was_killed(tmp_path: Path) -> None:
    if sys.platform != "linux":
        pytest.skip("only Linux can promise this")
    code = (
        "import sys; from config.local.child import Child\n"
        f"c = Child('x', [sys.executable, '-c', {SLEEPER!r}], say=print); c.start()\n"
        "print(c.pid, flush=True); import time; time.sleep(60)"
    )
    parent = Child("parent", [sys.executable, "-c", code], say=lambda name, line: None)
    parent.cwd = Path(__file__).parents[2]
    parent.start()
    end = time.monotonic() + 10
    while not parent.tail and time.monotonic() < end:
        time.sleep(0.02)
    orphan = int(parent.tail[0])
    os.kill(parent.pid, signal.SIGKILL)
    parent.process.wait()  # type: ignore[union-attr]
    while is_running(orphan) and time.monotonic() < end:
        time.sleep(0.02)
    assert not is_running(orphan)


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False
