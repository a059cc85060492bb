import os
import signal
import time
from abc import ABC, abstractmethod
from pathlib import Path

from config.local.account import Account, Doorway, give
from config.local.child import Child, Say


class Engine(ABC):
    """A server on a unix socket in ``run_folder``, its data in ``data``."""

    name = "engine"
    stop_signal = signal.SIGTERM

    def __init__(
        self,
        data: Path,
        run_folder: Path,
        *,
        programs: Path,
        account: Account | None,
        say: Say,
        fast: bool,
    ) -> None:
        self.data = data
        self.run_folder = run_folder
        self.programs = programs
        self.account = account
        self.say = say
        self.fast = fast
        self.child: Child | None = None
        self._doorway: Doorway | None = None

    @property
    def pid(self) -> int:
        return self.child.pid if self.child else 0

    @property
    def alive(self) -> bool:
        return self.child is not None and self.child.alive

    @property
    def ended_with(self) -> str:
        return self.child.ended_with if self.child else "never started"

    @abstractmethod
    def start(self) -> None: ...

    def stop(self, grace: float = 5.0) -> None:
        self.ask_to_stop()
        self.finish(time.monotonic() + grace)

    def ask_to_stop(self) -> None:
        if self.child:
            self.child.ask_to_stop()

    def finish(self, deadline: float) -> None:
        if self.child:
            self.child.finish(deadline)
        self._close()

    def kill(self) -> None:
        """A crash: no goodbye, nothing flushed."""
        if self.child:
            self.child.kill()
        self._close()

    def restart(self) -> None:
        self.stop()
        self.start()

    def _open(self) -> str:
        """The data folder, made if need be, under the name that the engine can use."""
        self._close()
        self.data.mkdir(exist_ok=True)
        give(self.data, self.account)
        self._doorway = Doorway(self.data, self.account)
        return self._doorway.name

    def _close(self) -> None:
        if self._doorway:
            self._doorway.close()

    def _new_child(self, program: Path, arguments: list[str], say: Say | None = None) -> Child:
        assert self._doorway is not None
        return Child(
            self.name,
            [program, *arguments],
            say=say or self.say,
            env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
            cwd=Path("/"),
            account=self.account,
            descriptors=self._doorway.descriptors,
            stop_signal=self.stop_signal,
        )
