"""No process of ours outlives the one that started it, however that one ends (Linux)."""

import ctypes
import signal
import sys
from collections.abc import Callable

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def end_with_parent(how: signal.Signals) -> Callable[[], None] | None:
    """To run in the child just before exec; the kernel then sends ``how`` when we are gone."""
    if _libc is None:
        return None
    libc, number = _libc, int(how)

    def ask() -> None:
        libc.prctl(PR_SET_PDEATHSIG, number)

    return ask
