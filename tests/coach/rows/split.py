"""Which half a labelled row belongs to: by a hash of its text, a minimal pair staying together.

Half of the rows are to learn from (`tuning.csv`); the other half (`kept.csv`) is only counted.
Nobody who writes rules reads it. Of writers that hands.toml lists as near, common, pairs or lives
all rows are to learn from; of fresh ones all are kept. New rows: append to a CSV of these columns,
run this on it.
"""

import csv
import hashlib
import sys
import tomllib
from collections import defaultdict
from pathlib import Path

HERE = Path(__file__).parent
HANDS = tomllib.loads((HERE / "hands.toml").read_text(encoding="utf-8"))
LESSONS = HANDS["near"] + HANDS["common"] + HANDS["pairs"] + HANDS["lives"]
COLUMNS = ["hand", "pair", "text", "context", "labels", "kind"]


def half(rows: list[dict[str, str]]) -> str:
    texts = sorted(row["text"] for row in rows)
    digest = hashlib.sha256("\n".join(texts).encode()).digest()
    if rows[0]["hand"] in HANDS["fresh"]:
        return "kept"
    return "kept" if digest[0] % 2 and rows[0]["hand"] not in LESSONS else "tuning"


def split(paths: list[Path]) -> None:
    groups: dict[str, list[dict[str, str]]] = defaultdict(list)
    for path in paths:
        with path.open(newline="") as file:
            for number, row in enumerate(csv.DictReader(file)):
                groups[row["pair"] or f"{path} {number}"].append(row)
    for rows in groups.values():
        where = HERE / f"{half(rows)}.csv"
        fresh = not where.exists()
        with where.open("a", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS, extrasaction="ignore", lineterminator="\n")
            if fresh:
                writer.writeheader()
            writer.writerows(rows)


if __name__ == "__main__":
    split([Path(name) for name in sys.argv[1:]])
