"""What the coach learns from rows: traits that speak for a kind, and for it only together."""

import math

import pytest

from bench.coach_learn import learn
from bench.coach_rows import KINDS, Row
from prompts.coach.traits import Traits
from prompts.coach.weights import load_weights, written

ALWAYS, LEFT, RIGHT = range(3)


def row(labels, traits, **other):
    given = {"about": frozenset(), "cost": 1.0, **other}
    return Row("ana", frozenset(labels), given["about"], traits, 1 / math.sqrt(3), given["cost"])


EITHER = [
    row([], (ALWAYS,)),
    row(["blame"], (ALWAYS, LEFT)),
    row(["blame"], (ALWAYS, RIGHT)),
    row([], (ALWAYS, LEFT, RIGHT)),
]


def blame(net, rows):
    return net.scores(rows)[:, KINDS.index("blame")]


def test_one_or_the_other_but_not_both_can_be_learnt():
    neither, left, right, both = blame(learn(EITHER * 150, 3), EITHER)
    assert min(left, right) > 0 > max(neither, both)


def test_the_same_rows_give_the_same_weights():
    first, second = (learn(EITHER * 20, 3) for _ in range(2))
    assert (first.steps == second.steps).all()
    assert (first.out == second.out).all()


def test_a_row_about_one_kind_says_nothing_of_another():
    silent = [row([], (ALWAYS, LEFT), about=frozenset({"minimizing"}))]
    (score,) = blame(learn(EITHER * 100 + silent * 400, 3), [EITHER[1]])
    assert score > 0


@pytest.mark.parametrize("traits", [(ALWAYS,), (ALWAYS, LEFT), (ALWAYS, LEFT, RIGHT)])
def test_what_was_learnt_is_what_the_file_says(tmp_path, traits):
    """The file's steps and the engine's whole numbers give the learner's scores."""
    net = learn(EITHER * 150, 3)
    names = ["=always", "=left", "=right"]
    path = tmp_path / "weights.tsv"
    head = [f"unit {net.unit}", "cells " + " ".join(map(str, net.cells))]
    head += [
        f"{kind} {begin} 0 " + " ".join(map(str, out))
        for kind, begin, out in zip(KINDS, net.begin, net.out.T, strict=True)
    ]
    lines = [f"{name}\t{written(steps)}" for name, steps in zip(names, net.steps, strict=True)]
    path.write_text("\n".join(["# made here", *head, "", *lines, ""]), encoding="utf-8")
    known = {names[trait] for trait in traits}
    scale = 1 / math.sqrt(len(known))
    (learnt,) = net.scores([Row("ana", frozenset(), frozenset(), traits, scale, 1.0)])
    loaded = load_weights(path, Traits.of(LOOK, {}, {}))
    assert loaded.scores(known) == pytest.approx(list(learnt), abs=0.2)


LOOK = {"classes": "", "kept": "", "denial": "", "persons": {}}
