"""The one step that Today suggests, pure. Nothing is a step that would hurry anybody."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum


class Step(StrEnum):
    """In the order in which they are suggested."""

    COMPARE = "compare"
    """Somebody accepted my link; we compare the number."""
    JOINING = "joining"
    """I accepted a link; its sender compares the number with me."""
    INVITE = "invite"
    LINK_OPEN = "link_open"
    OPENED_UP = "opened_up"
    BOTH_OPEN = "both_open"
    """We have both answered a together opening, and the answers lie open."""
    ADDED = "added"
    """My answer was almost it, or there is more; the words after it are new to me."""
    LANDING = "landing"
    TOGETHER = "together"
    ANSWER = "answer"
    """I read something and have not answered."""
    AGREEMENT = "agreement"
    """The partner has proposed how we answer each other."""
    EDGES = "edges"
    AGREE_FIRST = "agree_first"
    """Nobody has proposed it yet."""
    NONE = ""


NOT_TO_HUSH = frozenset({Step.COMPARE, Step.JOINING, Step.INVITE, Step.LINK_OPEN})


@dataclass(frozen=True)
class Standing:
    alone: bool = False
    accepted: bool = False
    joining: bool = False
    link_open: bool = False
    between_us: Collection[Step] = ()
    """What waits in exchanges, without what was set aside."""
    proposed: bool = False
    agreed_once: bool = True
    has_card: bool = True
    hushed: Collection[str] = ()


def next_step(standing: Standing) -> Step:
    for step in Step:
        if _holds(step, standing) and (step in NOT_TO_HUSH or step not in standing.hushed):
            return step
    return Step.NONE


def _holds(step: Step, standing: Standing) -> bool:
    alone = standing.alone
    facts = {
        Step.COMPARE: alone and standing.accepted,
        Step.JOINING: alone and standing.joining,
        Step.INVITE: alone and not standing.link_open,
        Step.LINK_OPEN: alone and standing.link_open and not standing.accepted,
        Step.AGREEMENT: not alone and standing.proposed,
        Step.EDGES: not standing.has_card,
        Step.AGREE_FIRST: not alone and not standing.agreed_once,
    }
    return facts.get(step, not alone and step in standing.between_us)
