import pytest
from hypothesis import given
from hypothesis import strategies as st

from prompts.next_step import NOT_TO_HUSH, Standing, Step, next_step

ANYTHING = st.builds(
    Standing,
    alone=st.booleans(),
    accepted=st.booleans(),
    joining=st.booleans(),
    link_open=st.booleans(),
    between_us=st.sets(st.sampled_from(Step)),
    proposed=st.booleans(),
    agreed_once=st.booleans(),
    has_card=st.booleans(),
    hushed=st.sets(st.sampled_from(Step)),
)
OPENED_UP, LANDING = {Step.OPENED_UP}, {Step.LANDING}


@pytest.mark.practice("A1")
@pytest.mark.parametrize(
    ("standing", "step"),
    [
        (Standing(), Step.NONE),
        (Standing(alone=True), Step.INVITE),
        (Standing(alone=True, link_open=True), Step.LINK_OPEN),
        (Standing(alone=True, link_open=True, accepted=True), Step.COMPARE),
        (Standing(alone=True, joining=True), Step.JOINING),
        (Standing(alone=True, link_open=True, has_card=False), Step.LINK_OPEN),
        (Standing(between_us=OPENED_UP | LANDING), Step.OPENED_UP),
        (Standing(between_us=LANDING | {Step.TOGETHER}, proposed=True), Step.LANDING),
        (Standing(proposed=True, has_card=False), Step.AGREEMENT),
        (Standing(has_card=False, agreed_once=False), Step.EDGES),
        (Standing(agreed_once=False), Step.AGREE_FIRST),
        (Standing(proposed=True, hushed={Step.AGREEMENT}), Step.NONE),
    ],
)
def test_the_step_of_a_standing(standing, step):
    assert next_step(standing) == step


@given(ANYTHING)
def test_at_most_one_step_and_only_of_what_is_there(standing):
    step = next_step(standing)
    if step in standing.hushed:
        assert step in NOT_TO_HUSH | {Step.NONE}
    if standing.alone:
        assert step in NOT_TO_HUSH
    else:
        assert step not in NOT_TO_HUSH
