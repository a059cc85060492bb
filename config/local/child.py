import contextlib
import os
import signal
import subprocess
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO

from config.local.account import Account
from config.local.orphans import end_with_parent

Say = Callable[[str, str], None]


class Child:
    """One process of ours, in a session of its own so that Ctrl-C reaches only the supervisor."""

    def __init__(
        self,
        name: str,
        argv: Sequence[str | Path],
        *,
        say: Say,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        account: Account | None = None,
        descriptors: tuple[int, ...] = (),
        stop_signal: signal.Signals = signal.SIGTERM,
    ) -> None:
        self.name = name
        self.argv = [str(part) for part in argv]
        self.say = say
        self.env = env
        self.cwd = cwd
        self.account = account
        self.descriptors = descriptors
        self.stop_signal = stop_signal
        self.tail: deque[str] = deque(maxlen=40)
        self.started_at = 0.0
        self.process: subprocess.Popen[str] | None = None
        self._pump: threading.Thread | None = None

    def start(self) -> None:
        self.tail.clear()
        self.started_at = time.monotonic()
        self.process = subprocess.Popen(
            self.argv,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            env=self.env,
            cwd=self.cwd,
            start_new_session=True,
            pass_fds=self.descriptors,
            user=self.account.uid if self.account else None,
            group=self.account.gid if self.account else None,
            extra_groups=[] if self.account else None,
            preexec_fn=end_with_parent(self.stop_signal),
        )
        assert self.process.stdout is not None
        self._pump = threading.Thread(target=self._read, args=(self.process.stdout,), daemon=True)
        self._pump.start()

    def _read(self, stream: IO[str]) -> None:
        with contextlib.suppress(ValueError, OSError):
            for line in stream:
                self.tail.append(line.rstrip("\n"))
                self.say(self.name, line.rstrip("\n"))

    @property
    def pid(self) -> int:
        return self.process.pid if self.process else 0

    @property
    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    @property
    def ended_with(self) -> str:
        code = self.process.poll() if self.process else None
        if code is None:
            return "still running"
        return f"signal {signal.Signals(-code).name}" if code < 0 else f"status {code}"

    def ask_to_stop(self) -> None:
        if self.alive and self.process:
            self.process.send_signal(self.stop_signal)

    def stop(self, grace: float = 5.0) -> None:
        """Asks, waits up to ``grace`` seconds, then kills the whole session."""
        self.ask_to_stop()
        self.finish(time.monotonic() + grace)

    def finish(self, deadline: float) -> None:
        if self.process is None:
            return
        try:
            self.process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.say(self.name, "did not stop in time, killed")
        self.kill()

    def kill(self) -> None:
        """SIGKILL, also for what the process left behind in its session."""
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        if self._pump:
            self._pump.join(0.2)
