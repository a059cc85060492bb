"""How a disclosure moves, pure: which act is open to whom in which state, and where it leads.

Only the discloser closes a disclosure. After three rounds that did not land, the next step is
a talk in person, not a fourth round.
"""

from dataclasses import dataclass
from enum import StrEnum

ROUNDS = 3


class State(StrEnum):
    OFFERED = "offered"
    OPENED = "opened"
    REPLIED = "replied"
    ALMOST = "almost"
    MORE = "more"
    LANDED = "landed"
    ENOUGH = "enough"
    WITHDRAWN = "withdrawn"


class Verdict(StrEnum):
    THATS_IT = "thats_it"
    ALMOST = "almost"
    MORE = "more"
    ENOUGH = "enough"


LEADS_TO = {
    Verdict.THATS_IT: State.LANDED,
    Verdict.ALMOST: State.ALMOST,
    Verdict.MORE: State.MORE,
    Verdict.ENOUGH: State.ENOUGH,
}
CLOSED = frozenset({State.LANDED, State.ENOUGH, State.WITHDRAWN})
WAITS_FOR_REPLY = frozenset({State.OPENED, State.ALMOST, State.MORE})


@dataclass(frozen=True)
class Stage:
    """Where one disclosure stands: its state, and how many full replies it has had.

    `unread`: closed by its author before the other had opened it. Its author's stage never says.
    """

    state: State
    rounds: int = 0
    unread: bool = False

    @property
    def can_open(self) -> bool:
        return self.state == State.OFFERED or self.unread

    @property
    def can_reply(self) -> bool:
        return self.state in WAITS_FOR_REPLY and self.rounds < ROUNDS

    @property
    def can_hold(self) -> bool:
        """A short word ("I'm here") is never too much, until the discloser has closed it."""
        return self.state not in CLOSED and self.state != State.OFFERED

    @property
    def better_in_person(self) -> bool:
        return self.state in (State.ALMOST, State.MORE) and self.rounds >= ROUNDS

    @property
    def can_land(self) -> bool:
        return self.state == State.REPLIED

    @property
    def can_close(self) -> bool:
        """ "Enough for now" needs no reply before it."""
        return self.state not in CLOSED

    @property
    def can_take_back(self) -> bool:
        return self.state != State.WITHDRAWN

    def opened(self) -> State:
        return State.OPENED if self.state == State.OFFERED else self.state

    def replied(self) -> State:
        return State.REPLIED

    def landed(self, verdict: Verdict) -> State:
        return LEADS_TO[verdict]
