import signal
import time
from collections.abc import Callable
from typing import Any, Protocol

from config.local.child import Say
from config.local.trouble import Trouble

STOP_WITHIN = 4.0  # seconds for everything
PROGRAMS_WITHIN = 1.8  # of these for web, worker and beat together
VALKEY_WITHIN = 0.5  # and for each engine but the first, which may need to write
FIRST_WAIT = 0.5
LONGEST_WAIT = 30.0
CALM = 60.0  # seconds of life after which a crash counts as the first one again


class Kept(Protocol):
    """What the supervisor keeps alive: an engine or a plain child."""

    name: str

    @property
    def alive(self) -> bool: ...
    @property
    def ended_with(self) -> str: ...
    def start(self) -> None: ...
    def ask_to_stop(self) -> None: ...
    def finish(self, deadline: float) -> None: ...
    def kill(self) -> None: ...


class Watched:
    """A process and when it may be started again: after 0.5, 1, 2 … 30 seconds."""

    def __init__(self, kept: Kept) -> None:
        self.kept = kept
        self.crashes = 0
        self.started_at = 0.0
        self.start_again_at: float | None = None

    def start(self) -> None:
        self.started_at = time.monotonic()
        self.start_again_at = None
        self.kept.start()

    def look(self, say: Say) -> None:
        now = time.monotonic()
        if self.start_again_at is not None:
            if now >= self.start_again_at:
                self._start_again(say)
        elif not self.kept.alive:
            self._plan(say, self.kept.ended_with)

    def _plan(self, say: Say, why: str) -> None:
        now = time.monotonic()
        if now - self.started_at > CALM:
            self.crashes = 0
        wait = min(FIRST_WAIT * 2**self.crashes, LONGEST_WAIT)
        self.crashes += 1
        self.start_again_at = now + wait
        say("leeway", f"{self.kept.name} ended ({why}); it starts again in {wait:g} s")

    def _start_again(self, say: Say) -> None:
        self.kept.kill()
        try:
            self.start()
        except (Trouble, OSError) as trouble:
            self._plan(say, str(trouble))
        else:
            say("leeway", f"{self.kept.name} is running again")


class Supervisor:
    """Starts in order, keeps alive, stops in the opposite order."""

    def __init__(self, say: Say) -> None:
        self.say = say
        self.foundations: list[Watched] = []
        self.programs: list[Watched] = []

    def found(self, kept: Kept) -> None:
        """An engine: everything else needs it, so it is stopped last."""
        watched = Watched(kept)
        self.foundations.append(watched)
        watched.start()

    def run(self, kept: Kept) -> None:
        watched = Watched(kept)
        self.programs.append(watched)
        watched.start()

    def look(self) -> None:
        for watched in (*self.foundations, *self.programs):
            watched.look(self.say)

    def watch(self, until: Callable[[], bool], every: float = 0.1) -> None:
        while not until():
            self.look()
            time.sleep(every)

    def stop(self) -> None:
        """Programs at once, then the engines one by one. A second signal kills."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._kill_all)
        began = time.monotonic()
        programs = [watched.kept for watched in reversed(self.programs)]
        for kept in programs:
            kept.ask_to_stop()
        for kept in programs:
            kept.finish(began + PROGRAMS_WITHIN)
        for watched in reversed(self.foundations[1:]):
            watched.kept.ask_to_stop()
            watched.kept.finish(time.monotonic() + VALKEY_WITHIN)
        for watched in self.foundations[:1]:
            watched.kept.ask_to_stop()
            watched.kept.finish(began + STOP_WITHIN)

    def _kill_all(self, *_: Any) -> None:
        for watched in (*self.programs, *self.foundations):
            watched.kept.kill()
