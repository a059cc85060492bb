"""Figures of the reply coach, printed as counts only: never a text, never a rule that hit one.

python -m bench.coach [--csv FILE ...] [--gate] [--floors] [--readers]
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import statistics
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from prompts.coach import NUDGES, TICKS, read

ROWS = Path(__file__).parent.parent / "tests" / "coach" / "rows"
FLOORS = Path(__file__).parent / "coach_floors.json"
TARGETS = {
    "premature_fixing": (0.95, 0.85),
    "minimizing": (0.96, 0.88),
    "generic_praise": (0.97, 0.90),
    "blame": (0.97, 0.85),
    "self_shift": (0.95, 0.85),
    "closed_question": (0.98, 0.93),
    "open_question": (0.95, 0.92),
    "feeling_named": (0.93, 0.90),
    "appreciation": (0.98, 0.93),
    "affirmation": (0.93, 0.88),
}
ORDER = (*NUDGES, *TICKS)
Row = dict[str, str]
REPROACH = "You never listen to me."
ASKED = ("ordinary", "far")  # what the writers had been asked for of whom half is kept


@dataclass
class Tally:
    rows: int = 0
    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    clean: int = 0
    clean_nudged: int = 0
    pairs: int = 0
    pairs_exact: int = 0
    harm: int = 0
    harm_nudged: int = 0
    benign: int = 0
    blamed: int = 0

    def precision(self, category: str) -> float:
        return _share(self.right[category], self.right[category] + self.wrong[category])

    def recall(self, category: str) -> float:
        return _share(self.right[category], self.right[category] + self.missed[category])


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def rows_of(path: Path) -> list[Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [{k: v or "" for k, v in row.items() if k} for row in csv.DictReader(file)]


def labels(row: Row) -> Iterable[str]:
    return read(row["text"], row.get("context", "")).labels


def tally(rows: Iterable[Row], labelled: Callable[[Row], Iterable[str]] = labels) -> Tally:
    result = Tally()
    pairs: dict[str, list[bool]] = {}
    for row in rows:
        gold = {label for label in row["labels"].split(";") if label}
        got = set(labelled(row))
        _count(result, row, gold, got)
        if row.get("pair"):
            pairs.setdefault(row.get("hand", "") + row["pair"], []).append(gold == got)
    whole = [exact for exact in pairs.values() if len(exact) > 1]
    result.pairs, result.pairs_exact = len(whole), sum(all(exact) for exact in whole)
    return result


def _count(result: Tally, row: Row, gold: set[str], got: set[str]) -> None:
    result.rows += 1
    result.right.update(gold & got)
    result.wrong.update(got - gold)
    result.missed.update(gold - got)
    nudged = bool(got & set(NUDGES))
    if not gold & set(NUDGES):
        result.clean += 1
        result.clean_nudged += nudged
    if row.get("kind") == "harm":
        result.harm += 1
        result.harm_nudged += nudged
    if "blame" not in gold:
        result.benign += 1
        result.blamed += "blame" in got


def added(parts: Iterable[Tally]) -> Tally:
    """One tally of the rows of all of them."""
    total = Tally()
    for part in parts:
        for name, value in vars(part).items():
            setattr(total, name, getattr(total, name) + value)
    return total


def show(name: str, result: Tally) -> None:
    print(f"\n{name}: {result.rows} rows")
    print(f"  {'category':17} precision  recall   right wrong missed   target")
    for category in ORDER:
        target = TARGETS.get(category)
        aim = f"{target[0]:.2f}/{target[1]:.2f}" if target else "-"
        print(
            f"  {category:17} {result.precision(category):9.3f} {result.recall(category):7.3f}"
            f"   {result.right[category]:5} {result.wrong[category]:5} {result.missed[category]:6}"
            f"   {aim}"
        )
    print(
        f"  minimal pairs exact {result.pairs_exact} of {result.pairs}"
        f" ({100 * _share(result.pairs_exact, result.pairs):.1f} %, target 97 %)"
    )
    print(
        f"  clean rows nudged {result.clean_nudged} of {result.clean}"
        f" ({100 * result.clean_nudged / max(result.clean, 1):.2f} %, target 0.5 %)"
    )
    print(f"  statements of harm nudged {result.harm_nudged} of {result.harm} (target 0)")
    print(
        f"  wrong blame flags {result.blamed} in n = {result.benign}"
        f" ({1000 * result.blamed / max(result.benign, 1):.1f} in 1,000, target 0.3)"
    )


def show_harm(rows: Iterable[Row]) -> None:
    """Statements of harm with a reproach behind them: silence is owed to the whole."""
    drawn = [row | {"text": f"{row['text']} {REPROACH}"} for row in rows if row["kind"] == "harm"]
    nudged = sum(not set(NUDGES).isdisjoint(labels(row)) for row in drawn)
    print(f'\nkept, harm and behind it "{REPROACH}": nudged {nudged} of {len(drawn)} (target 0)')


def show_gap(name: str, first: Tally, second: Tally) -> None:
    print(f"\n{name}: gap between the halves of the same writers (tuning minus kept)")
    for category in ORDER:
        precision = first.precision(category) - second.precision(category)
        recall = first.recall(category) - second.recall(category)
        print(f"  {category:17} precision {precision:+.3f}  recall {recall:+.3f}")


def show_times(texts: Sequence[str]) -> dict[int, float]:
    """Median and 95th percentile in milliseconds over texts joined to a given length.

    Of each text the best of five, since its patterns are compiled when first needed and other
    programs run beside.
    """
    print("\ntime (ms)")
    words = " ".join(texts).split()
    context = " ".join(words[:30])
    slowest = {}
    for size in (20, 50, 300):
        starts = range(0, len(words) - size, size)[:200]
        samples = [" ".join(words[at : at + size]) for at in starts]
        rounds = [[_spent(sample, context) for sample in samples] for _ in range(5)]
        best = [min(times) for times in zip(*rounds, strict=True)]
        slowest[size] = statistics.quantiles(best, n=20)[18]
        print(f"  {size:4} words  p50 {statistics.median(best):.3f}  p95 {slowest[size]:.3f}")
    return slowest


def _spent(text: str, context: str) -> float:
    start = time.perf_counter()
    read(text, context)
    return 1000 * (time.perf_counter() - start)


def hands() -> dict[str, list[str]]:
    """Writers by what they had been asked for; "seen": while rules were written."""
    return tomllib.loads((ROWS / "hands.toml").read_text(encoding="utf-8"))


def halves() -> dict[str, list[Row]]:
    """Rows of writers of whom half is kept, and of fresh ones, of whom nothing was learnt."""
    tuning, kept = (rows_of(ROWS / f"{half}.csv") for half in ("tuning", "kept"))
    by = hands()
    found = {f"tuning, {asked}": written_by(by[asked], tuning) for asked in ASKED}
    found |= {f"kept, {asked}": written_by(by[asked], kept) for asked in ASKED}
    return found | {"kept, fresh": written_by(by["fresh"], kept)}


def written_by(writers: Sequence[str], rows: Iterable[Row]) -> list[Row]:
    return [row for row in rows if row["hand"] in writers]


def second_reading() -> Tally:
    """Kept rows as somebody labelled them who had not seen any other labels.

    Where the writer and this reader differed, a third one who knew neither had the casting vote.
    """
    again = {
        (row["hand"], row["text"]): frozenset(filter(None, row["labels"].split(";")))
        for row in rows_of(ROWS / "second.csv")
    }
    rows = [row for row in rows_of(ROWS / "kept.csv") if (row["hand"], row["text"]) in again]
    return tally(rows, lambda row: again[row["hand"], row["text"]])


def below_floors(found: dict[str, Tally]) -> list[str]:
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    low = []
    for half, result in found.items():
        for category, (precision, recall) in floors[half]["categories"].items():
            if result.precision(category) < precision or result.recall(category) < recall:
                low.append(f"{half}: {category} under its floor {precision}/{recall}")
        if result.clean_nudged / max(result.clean, 1) > floors[half]["clean_nudged"]:
            low.append(f"{half}: too many clean rows nudged")
        if result.harm_nudged > floors[half]["harm_nudged"]:
            low.append(f"{half}: a statement of harm was nudged")
    return low


def write_floors(found: dict[str, Tally]) -> None:
    """One to two hundredths under what there is now."""
    floors = {
        name: {
            "categories": {
                category: [
                    math.floor(100 * result.precision(category) - 1) / 100,
                    math.floor(100 * result.recall(category) - 1) / 100,
                ]
                for category in ORDER
            },
            "clean_nudged": round(result.clean_nudged / max(result.clean, 1) + 0.004, 3),
            "harm_nudged": result.harm_nudged,
        }
        for name, result in found.items()
    }
    FLOORS.write_text(json.dumps(floors, indent=1) + "\n", encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--csv", type=Path, action="append", default=[], metavar="FILE")
    parser.add_argument("--gate", action="store_true", help="fail under the agreed floors")
    parser.add_argument("--readers", action="store_true", help="how far two readers agree")
    parser.add_argument("--floors", action="store_true", help="lay the floors anew")
    options = parser.parse_args()
    if options.readers:
        show("kept, ordinary and fresh, as a second reader labelled them", second_reading())
        return 0
    if options.csv:
        for path in options.csv:
            show(path.name, tally(rows_of(path)))
        return 0
    found = {name: tally(rows) for name, rows in halves().items()}
    if options.floors:
        write_floors(found)
    for name, result in found.items():
        show(name, result)
    usual = [found[f"kept, {asked}"] for asked in ("ordinary", "fresh")]
    show("kept, ordinary and fresh together", added(usual))
    show_harm(rows_of(ROWS / "kept.csv"))
    for asked in ASKED:
        show_gap(asked, found[f"tuning, {asked}"], found[f"kept, {asked}"])
    show_times([row["text"] for row in rows_of(ROWS / "tuning.csv")])
    low = below_floors(found) if options.gate else []
    for line in low:
        print(line, file=sys.stderr)
    return 1 if low else 0


if __name__ == "__main__":
    raise SystemExit(main())
