"""The bar of a kind finds most at the share of right that is asked for."""

import math

from bench.coach_bars import bar

SCORED = [(0.9, True), (0.8, False), (0.7, True), (0.6, True), (0.5, False), (0.4, False)]


def test_never_wrong_is_as_far_down_as_the_first_wrong():
    assert bar(SCORED, goal=1.0) == 0.9


def test_what_is_right_further_down_makes_up_for_what_is_wrong_above():
    assert bar(SCORED, goal=0.75) == 0.6


def test_nothing_is_said_below_what_is_right():
    assert bar(SCORED, goal=0.5) == 0.6


def test_nothing_sure_enough_is_never_said():
    assert bar([(1.0, False), (0.9, True)], goal=0.9) == math.inf
