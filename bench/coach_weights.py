"""Learn the weights of the reply coach from its labelled rows, and print what they are worth.

python -m bench.coach_weights [--dry]

Reads the tuning rows and the statements of harm in tests/coach, never the kept half, and the
rules' own examples; writes `weights.tsv` of the English pack. What is printed are the rows of
writers that the rules had not seen, judged by weights and bars learnt from other writers.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from itertools import repeat
from pathlib import Path

from bench.coach import NUDGES, ORDER, TARGETS, Tally, added, hands, tally
from bench.coach_bars import bar
from bench.coach_learn import Net, learn
from bench.coach_rows import FOLDER, KINDS, NO_WRITERS, Row, coded, fingerprint, raw_rows
from prompts.coach.engine import read_with
from prompts.coach.pack import Pack, load
from prompts.coach.weights import FILE, load_weights, written

# How often what is found must be right, on writers that neither rules nor weights have seen.
GOALS = {
    "blame": 0.9925,
    "minimizing": 0.982,
    "premature_fixing": 0.983,
    "self_shift": 0.985,
    "closed_question": 0.99,
    "generic_praise": 0.985,
    "reflection": 0.87,
    "feeling_named": 0.95,
    "appreciation": 0.99,
    "affirmation": 0.94,
    "open_question": 0.98,
    "harm": 0.83,
}
FOLDS = 6


def learn_without(rows: Sequence[Row], size: int, fold: Sequence[str]) -> Net:
    return learn([row for row in rows if row.hand not in fold], size)


@dataclass(frozen=True)
class Learnt:
    """A net learnt from all rows, and those without each fold of writers."""

    rows: list[Row]
    names: list[str]
    folds: list[list[str]]
    usual: set[str]
    nets: list[Net]
    whole: Net

    @classmethod
    def of(cls, rows: list[Row], names: list[str]) -> Learnt:
        """Writers whose rows the rules were written from are in every fold, and judged in none."""
        fresh = sorted({row.hand for row in rows} - {*NO_WRITERS, *hands()["seen"]})
        folds = [fresh[at::FOLDS] for at in range(FOLDS)]
        usual = {*hands()["ordinary"], *hands()["lives"]}
        with ProcessPoolExecutor() as pool:
            size = repeat(len(names))
            whole, *nets = pool.map(learn_without, repeat(rows), size, [[], *folds])
            return cls(rows, names, folds, usual, nets, whole)

    def bars(self, left_out: int | None = None) -> dict[str, float]:
        """By the usual rows, each scored without its writer; without those of one fold, too."""
        judged: dict[str, list[tuple[float, bool]]] = {kind: [] for kind in KINDS}
        for at, (fold, net) in enumerate(zip(self.folds, self.nets, strict=True)):
            own = [row for row in self.rows if row.hand in fold and row.hand in self.usual]
            if at != left_out and own:
                for row, scores in zip(own, net.scores(own), strict=True):
                    for kind, score in zip(KINDS, scores, strict=True):
                        judged[kind].append((float(score), kind in row.labels))
        return {kind: bar(judged[kind], goal) for kind, goal in GOALS.items()}

    def file(self, head: str, left_out: int | None = None) -> str:
        net = self.whole if left_out is None else self.nets[left_out]
        bars = self.bars(left_out)
        kinds = zip(KINDS, net.begin, net.out.T, strict=True)
        table = zip(self.names, net.steps, strict=True)
        return "\n".join(
            (
                f"# {head}",
                f"unit {net.unit:.5f}",
                f"cells {_numbers(net.cells)}",
                *(f"{kind} {at:.4f} {bars[kind]:.4f} {_numbers(out)}" for kind, at, out in kinds),
                "",
                *(f"{name}\t{written(steps)}" for name, steps in table if steps.any()),
                "",
            )
        )


def _numbers(values: Iterable[float]) -> str:
    return " ".join(f"{value:.3f}" for value in values)


def tallies(learnt: Learnt, raw: Sequence[dict[str, str]], words: Pack) -> dict[str, list[Tally]]:
    """By writer: by rules alone, and with the weights and bars that were learnt from others."""
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, FILE)
        for at, fold in enumerate(learnt.folds):
            path.write_text(learnt.file("", at), encoding="utf-8")
            assert words.traits is not None
            both = replace(words, weights=load_weights(path, words.traits))
            for hand in fold:
                own = [row for row in raw if row["hand"] == hand]
                found[hand] = [tally(own, partial(_labels, one)) for one in (words, both)]
    return found


def _labels(words: Pack, row: dict[str, str]) -> Iterable[str]:
    return read_with(words, row["text"], row["context"]).labels


def pooled(result: Tally) -> str:
    right, wrong, missed = (
        sum(count[category] for category in NUDGES)
        for count in (result.right, result.wrong, result.missed)
    )
    clean = 100 * result.clean_nudged / max(result.clean, 1)
    return (
        f"{right / max(right + wrong, 1):.3f}/{right / max(right + missed, 1):.3f}"
        f"  {result.clean_nudged:4} of {result.clean:4} ({clean:.1f} %)  {result.harm_nudged:2}"
    )


def show(learnt: Learnt, found: Mapping[str, list[Tally]]) -> None:
    print("precision/recall and clean rows nudged: writers whom neither rules nor weights had seen")
    found_bars = learnt.bars()
    for asked in ("ordinary", "lives", "pairs", "common", "near", "far"):
        parts = [found[hand] for hand in hands()[asked] if hand in found]
        rules, both = (added([part[at] for part in parts]) for at in (0, 1))
        print(f"\n{asked}: {both.rows} rows")
        print(f"  {'':17} {'rules':>11} {'together':>11}     bar   target")
        for category in ORDER:
            aim = "/".join(f"{share:.2f}" for share in TARGETS.get(category, ()))
            cells = f"{cell(rules, category)} {cell(both, category)} {found_bars[category]:7.2f}"
            print(f"  {category:17} {cells}   {aim}")
        for name, part in (("rules", rules), ("together", both)):
            print(f"  {'all remarks':17} {name:9} {pooled(part)}")


def cell(result: Tally, category: str) -> str:
    return f"{result.precision(category):.3f}/{result.recall(category):.3f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dry", action="store_true", help="print the figures, write nothing")
    options = parser.parse_args()
    words = load(FOLDER, weighed=False)
    raw = raw_rows(words)
    rows, names = coded(raw, words)
    print(f"{len(rows)} rows, {len(names)} traits")
    learnt = Learnt.of(rows, names)
    show(learnt, tallies(learnt, raw, words))
    if not options.dry:
        made = f"bench.coach_weights from {len(rows)} rows, fingerprint {fingerprint()}"
        FOLDER.joinpath(FILE).write_text(learnt.file(made), encoding="utf-8")
        print(f"\nwrote {FOLDER / FILE}")


if __name__ == "__main__":
    main()
