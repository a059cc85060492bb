"""Learn the weights of the reply coach from its labelled rows, and print what they are worth.

python -m bench.coach_weights [--dry]

Reads the tuning rows and the statements of harm in tests/coach, never the kept half, and the
rules' own examples; writes `weights.tsv` of the English pack. Each writer's rows are judged by
weights and bars learnt from the others. The rules were written with most of these rows in sight:
look at the figures of those writers that they had not seen.
"""

from __future__ import annotations

import argparse
import hashlib
import math
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from itertools import repeat
from pathlib import Path

from bench.coach import NUDGES, ORDER, ROWS, Tally, rows_of, tally
from bench.coach_learn import Line, Row, bar, learn
from prompts.coach import Reading
from prompts.coach import passages as passages_module
from prompts.coach import traits as traits_module
from prompts.coach.engine import read_with
from prompts.coach.fold import fold
from prompts.coach.pack import PACKS, Pack, load
from prompts.coach.passages import in_one
from prompts.coach.reply import Reply
from prompts.coach.weights import FILE, MOST, UNIT, load_weights

TUNING, HARM = ROWS / "tuning.csv", ROWS.parent / "harm.txt"
FOLDER = PACKS / "en"
RARE = 3  # a trait of fewer rows is left out
HARM_HAND, PACK_HAND = "harm", "pack"  # in every training set, never judged
# How often a score must be right on writers left out: where a rule matched as well, and without.
WITH_RULE = {
    "blame": 0.4,
    "minimizing": 0.65,
    "premature_fixing": 0.6,
    "self_shift": 0.7,
    "closed_question": 0.7,
    "generic_praise": 0.7,
    "reflection": 0.6,
    "feeling_named": 0.7,
    "appreciation": 0.7,
    "affirmation": 0.5,
    "open_question": 0.7,
}
ALONE = {
    "minimizing": 0.96,
    "self_shift": 0.97,
    "generic_praise": 0.98,
    "appreciation": 0.98,
    "open_question": 0.97,
}

Lines = Mapping[str, Line]


def fingerprint() -> str:
    """Of all that the weights follow from."""
    code = [Path(module.__file__ or "") for module in (traits_module, passages_module)]
    tables = [path for path in sorted(FOLDER.glob("*.toml")) if path.name != "messages.toml"]
    digest = hashlib.sha256()
    for path in (TUNING, HARM, *code, *tables):
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def raw_rows(words: Pack) -> list[dict[str, str]]:
    """Rows by writers; statements of harm, with no label; and the rules' own examples."""
    silent = (line.strip() for line in HARM.read_text(encoding="utf-8").splitlines())
    found = rows_of(TUNING)
    found += [{"hand": HARM_HAND, "labels": "", "text": text} for text in silent if text]
    for rule in words.rules:
        if "reply" in rule.profiles and rule.tier == "strong":
            own = ";".join(rule.categories)
            found += [_example(text, own, own) for text in rule.match]
            found += [_example(text, "", own) for text in rule.no_match]
    return found


def _example(example: str, labels: str, about: str) -> dict[str, str]:
    text, _, context = example.partition("||")
    return {
        "hand": PACK_HAND,
        "labels": labels,
        "about": about,
        "text": text.strip(),
        "context": context.strip(),
    }


def coded(raw: Sequence[dict[str, str]], words: Pack) -> tuple[list[Row], list[str]]:
    assert words.traits is not None
    look = words.traits
    found = []
    for row in raw:
        text, context = row["text"], row.get("context", "")
        reply = Reply.of(words, fold(text), text, context, "reply")
        found.append(in_one(reply.readers).traits(look))
    often = Counter(trait for traits in found for trait in traits)
    names = sorted((trait for trait, times in often.items() if times >= RARE), key=look.write)
    number = {trait: n for n, trait in enumerate(names)}
    return [
        Row(
            row["hand"],
            frozenset(filter(None, row["labels"].split(";"))),
            frozenset(filter(None, row.get("about", "").split(";"))),
            tuple(number[trait] for trait in sorted(traits) if trait in number),
            1 / math.sqrt(max(len(traits), 1)),
        )
        for row, traits in zip(raw, found, strict=True)
    ], [look.write(name) for name in names]


def learn_without(rows: Sequence[Row], size: int, hand: str | None) -> dict[str, Line]:
    others = [row for row in rows if row.hand != hand]
    return {category: learn(others, category, size) for category in ORDER}


@dataclass(frozen=True)
class Learnt:
    """Weights by the writer they were learnt without (None: all), and what they say of each row."""

    rows: list[Row]
    names: list[str]
    lines: dict[str | None, Lines]

    @classmethod
    def of(cls, rows: list[Row], names: list[str]) -> Learnt:
        hands: list[str | None] = [
            None,
            *sorted({row.hand for row in rows} - {HARM_HAND, PACK_HAND}),
        ]
        with ProcessPoolExecutor() as pool:
            found = pool.map(learn_without, repeat(rows), repeat(len(names)), hands)
            return cls(rows, names, dict(zip(hands, found, strict=True)))

    def hands(self) -> list[str]:
        return [hand for hand in self.lines if hand is not None]

    def scored(self, category: str, left_out: str | None = None) -> list[tuple[float, bool]]:
        """Each row by weights without its writer; without the rows of `left_out`, too."""
        return [
            (self.lines[row.hand][category].score(row), category in row.labels)
            for row in self.rows
            if row.hand not in (HARM_HAND, PACK_HAND, left_out)
        ]

    def bars(self, left_out: str | None = None) -> dict[str, tuple[float, float]]:
        found = {}
        for category in ORDER:
            scored = self.scored(category, left_out)
            high = bar(scored, ALONE[category]) if category in ALONE else math.inf
            found[category] = min(bar(scored, WITH_RULE[category]), high), high
        return found

    def file(self, head: str, left_out: str | None = None) -> str:
        lines, bars = self.lines[left_out], self.bars(left_out)
        table: dict[int, list[str]] = {}
        for place, line in enumerate(lines.values()):
            for trait, weight in enumerate(line.weights):
                if rounded := round(weight * UNIT):
                    table.setdefault(trait, []).append(f"{place}:{max(-MOST, min(MOST, rounded))}")
        return "\n".join(
            (
                f"# {head}",
                *(f"{c} {lines[c].bias:.4f} {bars[c][0]:.4f} {bars[c][1]:.4f}" for c in lines),
                "",
                *(f"{self.names[trait]}\t{' '.join(found)}" for trait, found in table.items()),
                "",
            )
        )


def tallies(learnt: Learnt, raw: Sequence[dict[str, str]], words: Pack) -> dict[str, list[Tally]]:
    """By writer: by rules alone, and with the weights that were learnt from the others."""
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, FILE)
        for hand in learnt.hands():
            path.write_text(learnt.file("", hand), encoding="utf-8")
            assert words.traits is not None
            both = replace(words, weights=load_weights(path, words.traits))
            own = [row for row in raw if row["hand"] == hand]
            found[hand] = [tally(own, _labels(one)) for one in (words, both)]
    return found


def _labels(words: Pack) -> Callable[[str, str], Reading]:
    return lambda text, context: read_with(words, text, context)


def added(parts: Sequence[Tally]) -> Tally:
    total = Tally()
    for part in parts:
        for name, value in vars(part).items():
            setattr(total, name, getattr(total, name) + value)
    return total


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
    rules, both = (added([parts[at] for parts in found.values()]) for at in (0, 1))
    print("\nprecision/recall on writers left out (most rows were seen by the rules)")
    print(f"  {'category':17} {'rules':>11} {'weights':>11} {'together':>11}     low    high")
    for category, (low, high) in learnt.bars().items():
        scored = learnt.scored(category)
        sure = [yes for score, yes in scored if score >= high]
        alone = sum(sure) / max(len(sure), 1), sum(sure) / max(sum(y for _, y in scored), 1)
        cells = (
            f"{p:.3f}/{r:.3f}"
            for p, r in (
                (rules.precision(category), rules.recall(category)),
                alone,
                (both.precision(category), both.recall(category)),
            )
        )
        print(f"  {category:17} {' '.join(cells)} {low:7.2f} {high:7.2f}")
    print("\nall remarks: precision/recall, clean rows nudged, statements of harm nudged")
    for hand, parts in [*found.items(), ("all", [rules, both])]:
        for name, part in zip(("rules", "together"), parts, strict=True):
            print(f"  {hand:9} {name:9} {pooled(part)}")


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
