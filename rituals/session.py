"""The steps of an emotion circle in one room: who speaks, for how long, what may follow what.

Time comes in from outside and deadlines are soft: a round that is over stays open until somebody
goes on. The quiet between the turns alone ends by itself, so that nobody has to touch the phone.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum


class Step(StrEnum):
    READY = "ready"
    WARM_UP = "warm_up"
    FIRST_SPEAKS = "first_speaks"
    FIRST_HEARD = "first_heard"
    QUIET = "quiet"
    SECOND_SPEAKS = "second_speaks"
    SECOND_HEARD = "second_heard"
    SUMMARY = "summary"
    THANKS = "thanks"
    SMALL_STEP = "small_step"
    CLOSED = "closed"


class Move(StrEnum):
    ON = "on"
    MORE = "more"  # the speaker was not quite heard: they take up the word again
    SKIP = "skip"  # leave this closing step out tonight
    RESTART = "restart"  # come back after a break: the step's time begins anew
    HALF = "half"  # half is fine: close here, keep what there is


ORDER = tuple(Step)
SPEAKING = (Step.FIRST_SPEAKS, Step.SECOND_SPEAKS)
HEARING = (Step.FIRST_HEARD, Step.SECOND_HEARD)
SKIPPABLE = (Step.SUMMARY, Step.THANKS, Step.SMALL_STEP)
LENGTHS = {
    Step.WARM_UP: timedelta(minutes=2),
    Step.FIRST_SPEAKS: timedelta(minutes=5),
    Step.FIRST_HEARD: timedelta(minutes=2),
    Step.QUIET: timedelta(seconds=20),
    Step.SECOND_SPEAKS: timedelta(minutes=5),
    Step.SECOND_HEARD: timedelta(minutes=2),
}
AGAIN = timedelta(minutes=2)
MOST_ROUNDS = 3
# So long after its soft end a timed step counts as left; coming back offers to begin it anew.
LEFT_AFTER = timedelta(minutes=10)


class NotNow(Exception):
    """This move is not open at this step."""


@dataclass(frozen=True, slots=True)
class State:
    """`first` is the seat that speaks first; `rounds` is how often this speaker took the word."""

    step: Step
    since: datetime
    first: int
    rounds: int = 1
    early: bool = False


def begin(first: int, now: datetime) -> State:
    return State(Step.READY, now, first)


def who_starts(turn: int, planned_by: int) -> int:
    """By turns, whether a circle was held or not; at turn nought the one who did not plan it."""
    return planned_by if turn % 2 else 3 - planned_by


def length(state: State) -> timedelta | None:
    if state.step in SPEAKING and state.rounds > 1:
        return AGAIN
    return LENGTHS.get(state.step)


def deadline(state: State) -> datetime | None:
    span = length(state)
    return state.since + span if span else None


def at(state: State, now: datetime) -> State:
    """The state as it is by now: only a quiet that is over has moved on."""
    if state.step is Step.QUIET and now >= state.since + LENGTHS[Step.QUIET]:
        return replace(state, step=Step.SECOND_SPEAKS, since=state.since + LENGTHS[Step.QUIET])
    return state


def left(state: State, now: datetime) -> timedelta:
    """Time left of the step, never below nought; nought for a step without a clock."""
    ends = deadline(state)
    return max(ends - now, timedelta()) if ends else timedelta()


def is_over(state: State, now: datetime) -> bool:
    ends = deadline(state)
    return ends is not None and now >= ends


def was_left(state: State, now: datetime) -> bool:
    return now >= (deadline(state) or state.since) + LEFT_AFTER and state.step is not Step.CLOSED


def speaker(state: State) -> int | None:
    """The seat whose turn it is to be heard, if anybody's."""
    if state.step in (Step.FIRST_SPEAKS, Step.FIRST_HEARD):
        return state.first
    if state.step in (Step.SECOND_SPEAKS, Step.SECOND_HEARD):
        return 3 - state.first
    return None


def moves(state: State) -> frozenset[Move]:
    if state.step is Step.CLOSED:
        return frozenset()
    if state.step is Step.READY:
        return frozenset({Move.ON})
    open_moves = {Move.ON, Move.HALF}
    if state.step in HEARING and state.rounds < MOST_ROUNDS:
        open_moves.add(Move.MORE)
    if state.step in SKIPPABLE:
        open_moves.add(Move.SKIP)
    if state.step in LENGTHS:
        open_moves.add(Move.RESTART)
    return frozenset(open_moves)


def advance(state: State, move: Move, now: datetime) -> State:
    """The state after a move. Raises `NotNow` if the step does not offer it."""
    state = at(state, now)
    if move not in moves(state):
        raise NotNow(f"{move} at {state.step}")
    if move is Move.HALF:
        return replace(state, step=Step.CLOSED, since=now, early=True)
    if move is Move.RESTART:
        return replace(state, since=now)
    if move is Move.MORE:
        back = ORDER[ORDER.index(state.step) - 1]
        return replace(state, step=back, since=now, rounds=state.rounds + 1)
    following = ORDER[ORDER.index(state.step) + 1]
    rounds = state.rounds if following in HEARING else 1
    return replace(state, step=following, since=now, rounds=rounds)
