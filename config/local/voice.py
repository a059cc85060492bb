"""What the terminal shows: one prefix a process, colour on a terminal only, chatter left out."""

import contextlib
import json
import os
import sys
import threading

COLOURS = {
    "leeway": "1;36",
    "postgres": "34",
    "valkey": "31",
    "web": "32",
    "worker": "35",
    "beat": "33",
}
CHATTER = {
    "postgres": (
        "LOG:  ",
        "HINT:  Future log output",
        "system is starting up",
        "not yet accepting",
    ),
    "valkey": ("Memory overcommit must be", "scheduling shutdown", "ready to exit"),
    "web": (
        "checks for ServeStatic",
        "self.files = Files",
        "Started server process",
        "Waiting for application",
        "Application shutdown",
    ),
    "worker": ("SecurityWarning", "superuser privileges", "User information: uid="),
}
WORTH_SAYING = ("terminated by signal", "not properly shut down", "No space left")


class Voice:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ

    def __call__(self, name: str, line: str) -> None:
        if not line.strip() or is_chatter(name, line):
            return
        prefix = f"{name:9}|"
        if self._colour:
            prefix = f"\x1b[{COLOURS.get(name, '0')}m{prefix}\x1b[0m"
        self.write(f"{prefix} {readable(line)}")

    def write(self, line: str) -> None:
        with self._lock, contextlib.suppress(OSError, ValueError):
            print(line, flush=True)


def is_chatter(name: str, line: str) -> bool:
    if any(words in line for words in WORTH_SAYING):
        return False
    return any(words in line for words in CHATTER.get(name, ()))


def readable(line: str) -> str:
    """Our structured log lines (config.logs), for a person's eyes."""
    if not line.startswith('{"at"'):
        return line
    try:
        entry = json.loads(line)
    except ValueError:
        return line
    words = entry.get("says", "")
    if entry.get("level") not in ("info", "debug"):
        words = f"{entry.get('level')}: {words}"
    if "error" in entry:
        words = f"{words} ({entry['error']} at {entry.get('where', '?')})"
    return str(words)
