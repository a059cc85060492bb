"""The feed page: against a raw floor, against an empty view; its last page against its first.

    python -m bench feed [--rounds 7] [--history 20000] [--json FILE]

Own engines, servers on loopback, a fixed seed. The three servers are up at once and take turns of
a second; ratios are of one round. The floor runs the same queries and sends the same articles.
"""

import argparse
import json
import os
import platform
import sys
from importlib.metadata import version
from pathlib import Path
from statistics import median

from bench.callers import Crowd
from bench.feed_stage import FeedStage, stage, statements
from bench.inside import buffers, encryption

CALLERS = (1, 8)
NOISE = 2.0  # a reference whose own turns differ more than this tells little
GOALS = {"floor": 5.0, "deepest": 1.5, "encryption": 0.03}
PACKAGES = ("django", "granian", "psycopg", "cryptography")
Turns = dict[str, list[float]]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--history", type=int, default=20_000)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    with stage(options.history) as held:
        pages = {size: turns(held, size, options.rounds) for size in CALLERS}
        first, last = (
            buffers(statements(path, held.session)) for path in (held.feed.path, held.deepest)
        )
        shares = encryption(held.feed.path, held.session, options.rounds)
    passed = [show(size, pages[size]) for size in CALLERS]
    passed.append(line(f"deepest page of {options.history}: buffers", [last / first], "deepest"))
    passed.append(line("encryption's share of the page", shares, "encryption"))
    if options.json:
        found = {"pages a second": pages, "buffers": [first, last], "encryption": shares}
        options.json.write_text(json.dumps({**machine(), **found}, indent=1))
    return 0 if all(passed) else 1


def turns(held: FeedStage, size: int, rounds: int) -> Turns:
    crowds = {server.name: Crowd(server, size) for server in held.servers}
    for crowd in crowds.values():
        crowd.turn(0.5)
    found: Turns = {name: [] for name in crowds}
    for _ in range(rounds):
        for name, crowd in crowds.items():
            found[name].append(crowd.turn())
    for crowd in crowds.values():
        crowd.leave()
    return found


def show(size: int, found: Turns) -> bool:
    callers = f"{size} caller{'s' if size > 1 else ''}"
    passed = line(f"floor is faster, {callers}", ratios(found, "floor"), "floor", found["floor"])
    line(f"empty view is faster, {callers}", ratios(found, "empty view"), "", found["empty view"])
    return passed


def ratios(found: Turns, name: str) -> list[float]:
    return [other / ours for other, ours in zip(found[name], found["feed"], strict=True)]


def line(name: str, figures: list[float], goal: str, reference: list[float] | None = None) -> bool:
    """A timed figure fails only when all of its rounds miss."""
    most = GOALS.get(goal)
    passed = most is None or min(figures) <= most
    verdict = "" if most is None else f"  {'PASS' if passed else 'FAIL'} <= {most:g}"
    noisy = "  NOISY" if reference and max(reference) > NOISE * min(reference) else ""
    spread = f"{median(figures):7.3f} [{min(figures):.3f}..{max(figures):.3f}]"
    print(f"{name:36} {spread}  {len(figures)} rounds{verdict}{noisy}")
    return passed


def machine() -> dict[str, object]:
    return {
        "python": platform.python_version(),
        "versions": {name: version(name) for name in PACKAGES},
        "cores": os.cpu_count(),
        "load": os.getloadavg(),
    }


if __name__ == "__main__":
    sys.exit(main())
