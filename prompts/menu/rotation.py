"""What rests and what is on, decided by chance for each couple and never by their cards.

A topic closed by one partner is missing from the other's menus. So that its absence says little,
topics are missing all the time: a couple leans on five of them for a long while, slowly changing,
and each week draws three of the five. A closed topic is passed over in the couple's order, and the
next one takes its place. `bench/menu_year.py` measures what a partner can still learn.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from hashlib import blake2b
from types import MappingProxyType

from prompts.library import Library

SEASON_TOPICS, SEASON_WEEKS = 5, 104
WEEK_TOPICS, SPELL_WEEKS = 3, 4
PACE = 2  # days until the menu moves on by one opening
BLOCK, DECKS = 12, 6  # days; a deck comes back after (DECKS - 1) * BLOCK = 60 days
TIDE_BLOCKS = 3
TIDES = (2, 3, 4)


def chance(*parts: object) -> int:
    """A number that looks random, always the same for the same parts."""
    name = "\x1f".join(map(str, parts))
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "big")


def season_topics(seed: str, library: Library, allowed: Collection[str], day: date) -> list[str]:
    """Those that can't be closed, then five of the others that every card allows."""
    always = [topic.key for topic in library.topics if not topic.closable]
    others = [topic.key for topic in library.topics if topic.closable and topic.key in allowed]
    return always + _luckiest(seed, others, day, SEASON_WEEKS)[:SEASON_TOPICS]


def week_topics(seed: str, season: Sequence[str], library: Library, day: date) -> list[str]:
    """Those that can't be closed, then three of the season's others."""
    always = [topic.key for topic in library.topics if not topic.closable]
    others = [key for key in season if key not in always]
    return always + _luckiest(seed, others, day, SPELL_WEEKS)[:WEEK_TOPICS]


def held_back(seed: str, library: Library, reach: Mapping[str, int], day: date) -> dict[str, int]:
    """By luck, one topic in three stays a step shallower, as one marked "gently" does."""
    top = max(reach.values())
    shallow = {topic.key for topic in library.topics if topic.closable}
    shallow = {key for key in shallow if _luck(seed, "held back", key, day, SEASON_WEEKS) % 3 == 0}
    step = max(1, top - 1)
    return {key: min(depth, step) if key in shallow else depth for key, depth in reach.items()}


def _luckiest(seed: str, topics: Iterable[str], day: date, weeks: int) -> list[str]:
    return sorted(topics, key=lambda topic: _luck(seed, "on", topic, day, weeks))


def _luck(seed: str, what: str, topic: str, day: date, weeks: int) -> int:
    """Each topic keeps its luck for so many weeks, beginning at a time of its own."""
    week = (day - timedelta(days=day.weekday())).toordinal() // 7
    spell = (week + chance(seed, "spell", weeks, topic) % weeks) // weeks
    return chance(seed, what, weeks, topic, spell)


@dataclass(frozen=True, slots=True)
class Block:
    """A run of days that draws from one deck."""

    number: int
    start: date
    into: int


def block(seed: str, day: date) -> Block:
    number, into = divmod(day.toordinal() + chance(seed, "block") % BLOCK, BLOCK)
    return Block(number, day - timedelta(days=into), into)


@lru_cache(maxsize=512)
def decks(seed: str, library: Library) -> Mapping[str, int]:
    """Deal the texts of each topic and depth evenly into the decks, one deck a block."""
    piles: dict[tuple[str, int], list[str]] = {}
    for prompt in library.prompts:
        piles.setdefault((prompt.topic, prompt.depth), []).append(prompt.key)
    dealt = {}
    for (topic, depth), keys in piles.items():
        first = chance(seed, "deal", topic, depth)
        keys.sort(key=lambda key: chance(seed, "deck", key))
        dealt.update({key: (first + place) % DECKS for place, key in enumerate(keys)})
    return MappingProxyType(dealt)


@lru_cache(maxsize=512)
def tide(seed: str, number: int) -> int:
    """How far in the block goes at most: deep water comes and goes, whatever the cards say.

    Each height has its turn of some weeks, in an order drawn anew each time round.
    """
    round_, turn = divmod(number // TIDE_BLOCKS, len(TIDES))
    return sorted(TIDES, key=lambda height: chance(seed, "tide", round_, height))[turn]
