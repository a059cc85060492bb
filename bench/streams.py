"""Idle streams of live events: memory, coming back, lateness; beside an empty Django view.

    python -m bench.streams [--streams 1000] [--rounds 5] [--json FILE]

Own servers on loopback and on private sockets; everything compared is up at once and takes turns.
The reference asks nobody who they are, and still pays for Django's streaming; ours checks each
stream against the database. Run it on an idle machine.
"""

import argparse
import json
import sys
from pathlib import Path
from statistics import median

from bench.pages import Crowd
from bench.stage import Stage

EVENTS = 100  # a round
GOALS = {"memory": 3.0, "reconnect": 5.0}  # times better than the reference
LATEST = 50.0  # ms, p95


def main() -> int:
    options = parsed()
    found: dict[str, list[dict[str, float]]] = {"live": [], "django": []}
    with Stage(options.streams) as stage:
        crowds = {name: Crowd(server) for name, server in stage.servers.items()}
        memory = {name: crowd.fill() for name, crowd in crowds.items()}
        for _ in range(options.rounds):
            for name, crowd in crowds.items():
                found[name].append({**crowd.come_back(), **crowd.hear(stage.publish, EVENTS)})
        for crowd in crowds.values():
            crowd.leave()
    passed = report(options.streams, memory, found)
    if options.json:
        Path(options.json).write_text(json.dumps({"memory": memory, "rounds": found}, indent=1))
    return 0 if passed else 1


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--streams", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", default="")
    return parser.parse_args()


def report(
    streams: int, memory: dict[str, float], found: dict[str, list[dict[str, float]]]
) -> bool:
    ours, theirs = found["live"], found["django"]
    for name, rounds in found.items():
        print(f"{name:7} memory a stream      {memory[name]:8.1f} KiB   {streams} streams")
        for what, unit in (("back", "s"), ("cpu", "s"), ("p50", "ms"), ("p95", "ms")):
            print(f"{name:7} {LABELS[what]:20} {spread([each[what] for each in rounds])} {unit}")
    back, cpu = (
        [them[what] / us[what] for us, them in zip(ours, theirs, strict=True)]
        for what in ("back", "cpu")
    )
    verdicts = [
        verdict("memory against Django", [memory["django"] / memory["live"]], GOALS["memory"]),
        verdict("coming back against Django", back, GOALS["reconnect"]),
        verdict("processor for it against Django", cpu, GOALS["reconnect"]),
    ]
    late = [each["p95"] for each in ours]
    print(f"event p95  {spread(late)} ms  {'PASS' if min(late) <= LATEST else 'FAIL'} <= {LATEST}")
    return all(verdicts) and min(late) <= LATEST


LABELS = {
    "back": "all back after",
    "cpu": "processor for that",
    "p50": "event p50",
    "p95": "event p95",
}


def verdict(name: str, ratios: list[float], goal: float) -> bool:
    """A timed ratio fails only when all of its rounds miss."""
    passed = max(ratios) >= goal
    print(f"{name}  {spread(ratios)} x  {'PASS' if passed else 'FAIL'} >= {goal:g}")
    return passed


def spread(numbers: list[float]) -> str:
    return f"{median(numbers):8.2f} [{min(numbers):.2f}..{max(numbers):.2f}]"


if __name__ == "__main__":
    sys.exit(main())
