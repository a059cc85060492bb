"""What the weights of the reply coach are learnt from: labelled rows, each as a set of traits."""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.coach import NUDGES, ORDER, ROWS, rows_of
from prompts.coach import passages as passages_module
from prompts.coach import traits as traits_module
from prompts.coach.engine import by_rules
from prompts.coach.fold import fold
from prompts.coach.model import HARM
from prompts.coach.opinion import traits_of
from prompts.coach.pack import PACKS, Pack
from prompts.coach.passages import Passage
from prompts.coach.reply import Reply
from prompts.library import library

TUNING, HARMS = ROWS / "tuning.csv", ROWS.parent / "harm.txt"
FOLDER = PACKS / "en"
RARE = 5  # a trait of fewer rows is left out
KINDS = (*ORDER, HARM)
EXAMPLE = 5.0  # so much dearer is it to be wrong about a rule's own example
HARM_HAND, PACK_HAND, OWN_HAND = NO_WRITERS = "harm", "pack", "own"  # learnt from, never judged


@dataclass(frozen=True, slots=True)
class Row:
    """`about`: the only kinds that it says something of; empty: all.

    `scale`: what each of its traits counts; `cost`: of being wrong about it.
    """

    hand: str
    labels: frozenset[str]
    about: frozenset[str]
    traits: tuple[int, ...]
    scale: float
    cost: float


def fingerprint() -> str:
    """Of all that the weights follow from."""
    code = [Path(module.__file__ or "") for module in (traits_module, passages_module)]
    tables = [path for path in sorted(FOLDER.glob("*.toml")) if path.name != "messages.toml"]
    digest = hashlib.sha256("\n".join(on_offer()).encode())
    for path in (TUNING, HARMS, ROWS / "hands.toml", *code, *tables):
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def raw_rows(words: Pack) -> list[dict[str, str]]:
    """Rows by writers; statements of harm, with no label; the rules' own examples; and what
    Leeway itself offers to say, with no remark.
    """
    silent = (line.strip() for line in HARMS.read_text(encoding="utf-8").splitlines())
    found = rows_of(TUNING)
    found += [
        {"hand": HARM_HAND, "labels": "", "kind": HARM, "text": text} for text in silent if text
    ]
    own = {"hand": OWN_HAND, "labels": "", "about": ";".join(NUDGES)}
    found += [own | {"text": text} for text in on_offer()]
    for rule in words.rules:
        if "reply" in rule.profiles and rule.tier == "strong":
            kinds = ";".join(rule.categories)
            found += [_example(text, kinds, f"{kinds};{HARM}") for text in rule.match]
            found += [_example(text, "", kinds) for text in rule.no_match]
    return found


def on_offer() -> list[str]:
    """Sentences that a reply is helped with: words to hold, stems, repair."""
    words = library("en")
    stems = [stem.text for stem in words.reply.stems if stem.part != "ideas"]
    lists = [words.reply.all_right, words.reply.holding, *(one.sentences for one in words.repair)]
    texts = stems + [sentence.text for sentences in lists for sentence in sentences]
    return [text.replace("…", "that") for text in texts]


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
    """Rows, and what their traits are called."""
    assert words.traits is not None
    found = [traits(row, words) for row in raw]
    often = Counter(trait for traits in found for trait in traits)
    look = words.traits
    names = sorted((trait for trait, times in often.items() if times >= RARE), key=look.write)
    number = {trait: n for n, trait in enumerate(names)}
    return [
        Row(
            row["hand"],
            _labels(row, "labels"),
            _labels(row, "about"),
            tuple(sorted(number[trait] for trait in traits if trait in number)),
            1 / math.sqrt(max(len(traits), 1)),
            EXAMPLE if row["hand"] in (PACK_HAND, OWN_HAND) else 1.0,
        )
        for row, traits in zip(raw, found, strict=True)
    ], [look.write(name) for name in names]


def traits(row: dict[str, str], words: Pack) -> set[str]:
    assert words.traits is not None
    text, context = row["text"], row.get("context", "")
    reply = Reply.of(words, fold(text), text, context, "reply")
    return traits_of(Passage(reply.readers), words.traits, by_rules(reply))


def _labels(row: dict[str, str], column: str) -> frozenset[str]:
    found = frozenset(filter(None, row.get(column, "").split(";")))
    return found | {HARM} if column == "labels" and row.get("kind") == HARM else found
