from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rituals.session import (
    LENGTHS,
    ORDER,
    Move,
    NotNow,
    State,
    Step,
    advance,
    at,
    begin,
    deadline,
    is_over,
    left,
    moves,
    speaker,
    was_left,
    who_starts,
)

pytestmark = pytest.mark.practice("A56")

NOW = datetime(2026, 11, 22, 19, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def walk(*taken: Move, first: int = 1) -> State:
    state = begin(first, NOW)
    for move in taken:
        state = advance(state, move, NOW)
    return state


def test_going_on_visits_every_step_in_order_and_closes():
    state, seen = begin(1, NOW), []
    while state.step is not Step.CLOSED:
        seen.append(state.step)
        state = advance(state, Move.ON, NOW)
    assert seen == list(ORDER[:-1])
    assert not state.early


@pytest.mark.practice("A32")
def test_nobody_speaks_before_the_warm_up():
    assert advance(begin(1, NOW), Move.ON, NOW).step is Step.WARM_UP
    assert ORDER.index(Step.WARM_UP) < ORDER.index(Step.FIRST_SPEAKS)


@pytest.mark.parametrize("first", [1, 2])
def test_each_is_heard_once_for_the_same_time(first):
    one = walk(Move.ON, Move.ON, first=first)
    two = walk(*[Move.ON] * 5, first=first)
    assert (one.step, speaker(one)) == (Step.FIRST_SPEAKS, first)
    assert (two.step, speaker(two)) == (Step.SECOND_SPEAKS, 3 - first)
    assert deadline(one) - one.since == deadline(two) - two.since == 5 * MINUTE


def test_there_is_more_gives_the_word_back_for_a_shorter_round_twice_at_most():
    state = walk(Move.ON, Move.ON, Move.ON)
    assert state.step is Step.FIRST_HEARD
    for _ in range(2):
        state = advance(state, Move.MORE, NOW)
        assert (state.step, deadline(state) - NOW) == (Step.FIRST_SPEAKS, 2 * MINUTE)
        state = advance(state, Move.ON, NOW)
    assert Move.MORE not in moves(state)
    with pytest.raises(NotNow):
        advance(state, Move.MORE, NOW)
    second = advance(advance(state, Move.ON, NOW), Move.ON, NOW)
    assert deadline(second) - NOW == 5 * MINUTE


@pytest.mark.practice("A31")
def test_time_runs_out_softly_and_survives_looking_again():
    state = walk(Move.ON, Move.ON)
    assert left(state, NOW + 2 * MINUTE) == 3 * MINUTE
    assert left(state, NOW + 2 * MINUTE) == 3 * MINUTE
    late = NOW + 7 * MINUTE
    assert is_over(state, late)
    assert left(state, late) == timedelta()
    assert at(state, late) == state
    assert advance(state, Move.ON, late).step is Step.FIRST_HEARD


@pytest.mark.practice("B8")
def test_the_quiet_between_the_turns_ends_by_itself():
    quiet = walk(*[Move.ON] * 4)
    assert quiet.step is Step.QUIET
    assert at(quiet, NOW + timedelta(seconds=19)).step is Step.QUIET
    after = at(quiet, NOW + timedelta(seconds=65))
    assert after.step is Step.SECOND_SPEAKS
    assert left(after, NOW + timedelta(seconds=65)) == 5 * MINUTE - timedelta(seconds=45)
    assert advance(quiet, Move.ON, NOW + timedelta(seconds=65)).step is Step.SECOND_HEARD


@pytest.mark.practice("A70")
def test_half_is_fine_anywhere_between_begin_and_end():
    for taken in range(1, len(ORDER) - 1):
        closed = advance(walk(*[Move.ON] * taken), Move.HALF, NOW)
        assert closed.step is Step.CLOSED
        assert closed.early


@pytest.mark.practice("A70")
def test_what_was_left_can_be_taken_up_with_the_time_anew():
    state = walk(Move.ON, Move.ON)
    tomorrow = NOW + timedelta(days=1)
    assert not was_left(state, NOW + 6 * MINUTE)
    assert was_left(state, tomorrow)
    again = advance(state, Move.RESTART, tomorrow)
    assert left(again, tomorrow) == 5 * MINUTE
    assert not was_left(again, tomorrow)


@pytest.mark.practice("A34")
def test_only_the_closing_steps_can_be_skipped():
    for taken in range(len(ORDER) - 1):
        state = walk(*[Move.ON] * taken)
        offered = Move.SKIP in moves(state)
        assert offered == (state.step in {Step.SUMMARY, Step.THANKS, Step.SMALL_STEP})


@pytest.mark.practice("A50")
def test_who_starts_alternates_whoever_planned_it():
    for planned_by in (1, 2):
        starts = [who_starts(turn, planned_by) for turn in range(6)]
        assert starts.count(1) == starts.count(2) == 3
        assert starts[0] != planned_by


times = st.lists(st.integers(0, 4000).map(lambda seconds: timedelta(seconds=seconds)), min_size=1)


@given(st.integers(1, 2), st.lists(st.sampled_from(Move), max_size=60), times)
def test_no_order_of_taps_and_pauses_breaks_it(first, taken, waits):
    state, now = begin(first, NOW), NOW
    for number, move in enumerate(taken):
        now += waits[number % len(waits)]
        before = at(state, now)
        offered = move in moves(before)
        try:
            state = advance(state, move, now)
        except NotNow:
            assert not offered
            continue
        assert offered
        assert state.first == first
        assert state.rounds <= 3
        assert state.since <= now
        assert (deadline(state) is None) == (state.step not in LENGTHS)
    if Move.HALF in taken[1:] and Move.ON in taken[: taken.index(Move.HALF)]:
        assert state.step is Step.CLOSED
