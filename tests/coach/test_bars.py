"""The bars of learnt weights find most at the share of right that is asked for."""

import math

from bench.coach_learn import bars

WITH_RULE = [(0.1, True, True), (-0.5, True, True), (-0.6, True, False), (-0.7, True, True)]
ALONE = [(0.9, False, True), (0.8, False, False), (0.7, False, True)]


def test_never_wrong_is_as_far_down_as_the_first_wrong():
    assert bars(WITH_RULE + ALONE, goal=1.0, least=1.0) == (-0.5, 0.9)


def test_what_is_surely_right_with_a_rule_makes_up_for_what_is_not_without():
    assert bars(WITH_RULE[:2] + ALONE, goal=0.8, least=0.6) == (-0.5, 0.7)


def test_neither_may_be_wrong_too_often_however_right_the_other_is():
    assert bars(WITH_RULE[:2] + ALONE, goal=0.8, least=0.7) == (-0.5, 0.9)


def test_nothing_sure_enough_is_never_said():
    assert bars([(1.0, True, False), (1.0, False, False)], 0.9, 0.8) == (math.inf, math.inf)
