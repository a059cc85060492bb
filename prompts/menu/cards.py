from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from prompts.library import Library, Topic

OPEN, GENTLY, NOT_NOW = "open", "gently", "not_now"

ANKLE, WAIST, DEEP = 1, 3, 4
LANDED_BEFORE_DEEPER = 3


@dataclass(frozen=True, slots=True)
class Card:
    """One person's comfort card. A topic that is not on it is open; an opt-in topic is closed."""

    depth: int = ANKLE
    topics: Mapping[str, str] = field(default_factory=dict)

    def reach(self, topic: Topic) -> int:
        """How deep this person goes in a topic, 0 when it is closed to them.

        "Gently" is one step shallower than elsewhere, and never deep water.
        """
        edge = self.topics.get(topic.key, NOT_NOW if topic.opt_in else OPEN)
        if edge == NOT_NOW and topic.closable:
            return 0
        if edge == OPEN:
            return self.depth
        return max(ANKLE, min(self.depth - 1, WAIST))


@dataclass(frozen=True, slots=True)
class History:
    """What the couple has behind it.

    `seen`: library key → the last day it was opened as an exchange that both can see. Never count
    drafts here: a text leaving the partner's menu would tell of them.
    `landed`: depth → how many exchanges have landed at it.
    """

    seen: Mapping[str, date] = field(default_factory=dict)
    landed: Mapping[int, int] = field(default_factory=dict)


def level(landed: Mapping[int, int]) -> int:
    """The deepest level that has been earned: three landed exchanges open the next one."""
    reached = ANKLE
    while reached < DEEP and landed.get(reached, 0) >= LANDED_BEFORE_DEEPER:
        reached += 1
    return reached


def reaches(library: Library, cards: Iterable[Card], landed: Mapping[int, int]) -> dict[str, int]:
    """Topic → the depth that everybody's card and the level rule allow; closed ones are absent."""
    cards = tuple(cards) or (Card(),)
    earned = level(landed)
    depths = {t.key: min(earned, *(card.reach(t) for card in cards)) for t in library.topics}
    return {topic: depth for topic, depth in depths.items() if depth > 0}
