"""Both halves of the labelled rows stay above their floors; the kept half shows only counts."""

import csv
from pathlib import Path

import pytest

from bench.coach import ROWS, below_floors, halves, tally
from prompts.coach import NUDGES, read

HALVES = halves()
HARMS = [
    line
    for line in Path(__file__).with_name("harm.txt").read_text(encoding="utf-8").splitlines()
    if line
]


@pytest.mark.parametrize("name", HALVES)
def test_both_halves_hold_their_floors(name):
    assert below_floors({name: tally(HALVES[name])}) == []


@pytest.mark.parametrize("profile", ["reply", "disclosure"])
def test_a_plain_statement_of_harm_fear_or_a_boundary_is_never_nudged(profile):
    assert len(HARMS) > 300
    assert [text for text in HARMS if set(read(text, profile=profile).labels) & set(NUDGES)] == []


def test_every_statement_of_harm_in_the_tuning_rows_stays_silent():
    with (ROWS / "tuning.csv").open(encoding="utf-8", newline="") as file:
        harm = [row for row in csv.DictReader(file) if row["kind"] == "harm"]
    assert len(harm) > 40
    for row in harm:
        assert not set(read(row["text"], row["context"]).labels).intersection(NUDGES), row["text"]
