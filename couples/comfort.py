"""The comfort card, pure: what one member is up for, and how a change takes effect.

Tightening counts at once. Loosening counts a day later, so that it cannot be extorted on the spot.
A card remembers what held before, for as long as the other's day may still go by it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Literal

Ease = Literal["open", "gently", "not_now"]
EASES: tuple[Ease, ...] = ("not_now", "gently", "open")
DEEPEST = 4
LOOSENS_AFTER = timedelta(hours=24)
REMEMBERED = timedelta(hours=48)
MOST_REMEMBERED = 20
ALWAYS_OPEN = "everyday"
ASKED_FIRST = "intimacy"


def default_ease(topic: str) -> Ease:
    return "not_now" if topic == ASKED_FIRST else "open"


@dataclass(frozen=True)
class Edges:
    """A topic that is not named has its default: open, but closed where it must be asked for."""

    depth: int = 2
    topics: Mapping[str, Ease] = field(default_factory=dict)

    def ease(self, topic: str) -> Ease:
        if topic == ALWAYS_OPEN:
            return "open"
        return self.topics.get(topic, default_ease(topic))


@dataclass(frozen=True)
class Card:
    now: Edges = Edges()
    later: Edges | None = None
    later_at: datetime | None = None
    before: tuple[tuple[datetime, Edges], ...] = ()
    """What held until when, the oldest first; two days back."""

    def at(self, moment: datetime) -> Edges:
        """The edges that hold, or in the last two days held, at a moment."""
        for until, edges in self.before:
            if moment < until:
                return edges
        return self.later if self.later and self._widened(moment) else self.now

    def _widened(self, moment: datetime) -> bool:
        return self.later_at is not None and self.later_at <= moment

    def wished(self) -> Edges:
        """The edges last chosen, in force or not: what its owner sees on the form."""
        return self.later or self.now

    def changed(self, wish: Edges, moment: datetime) -> "Card":
        held = self.at(moment)
        tight = _tighter(held, wish)
        before = self._past(moment, held if tight != held else None)
        if tight == wish:
            return Card(now=wish, before=before)
        return Card(now=tight, later=wish, later_at=moment + LOOSENS_AFTER, before=before)

    def _past(self, moment: datetime, held: Edges | None) -> tuple[tuple[datetime, Edges], ...]:
        past = [(until, edges) for until, edges in self.before if until > moment - REMEMBERED]
        if self.later_at and self._widened(moment):
            past.append((self.later_at, self.now))
        if held:
            past.append((moment, held))
        return tuple(past[:MOST_REMEMBERED])


def _tighter(one: Edges, other: Edges) -> Edges:
    """The stricter of both, topic by topic."""
    topics = {
        topic: min(one.ease(topic), other.ease(topic), key=EASES.index)
        for topic in {*one.topics, *other.topics}
    }
    return Edges(min(one.depth, other.depth), _plain({**topics}, like=other))


def _plain(topics: dict[str, Ease], like: Edges) -> dict[str, Ease]:
    """Only topics that `like` names or that differ from their default, so that equals compare."""
    return {
        topic: ease
        for topic, ease in topics.items()
        if topic in like.topics or ease != default_ease(topic)
    }


def to_words(card: Card) -> dict[str, Any]:
    words: dict[str, Any] = {"now": _edges_words(card.now)}
    if card.later and card.later_at:
        words |= {"later": _edges_words(card.later), "later_at": card.later_at.isoformat()}
    if card.before:
        words["before"] = [[until.isoformat(), _edges_words(e)] for until, e in card.before]
    return words


def from_words(words: Mapping[str, Any]) -> Card:
    card = Card(now=_edges(words["now"]))
    if "later" in words:
        at = datetime.fromisoformat(words["later_at"])
        card = replace(card, later=_edges(words["later"]), later_at=at)
    before = ((datetime.fromisoformat(at), _edges(held)) for at, held in words.get("before", ()))
    return replace(card, before=tuple(before))


def _edges_words(edges: Edges) -> dict[str, Any]:
    return {"depth": edges.depth, "topics": dict(edges.topics)}


def _edges(words: Mapping[str, Any]) -> Edges:
    return Edges(words["depth"], words["topics"])
