"""What rests and what is on, decided by chance for each couple and never by their cards.

A topic closed by one partner is missing from the other's menus. So that its absence says little,
topics are missing all the time: each year of a couple leans on six of them, each week draws three
of the six. A closed topic is passed over in that order, and the next one takes its place.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from hashlib import blake2b

from prompts.library import Library, Prompt

YEAR, YEAR_TOPICS = 364, 6
WEEK, WEEK_TOPICS, SPELL = 7, 3, 4
BLOCK, DECKS = 12, 6  # a deck comes back after (DECKS - 1) * BLOCK = 60 days
TIDES = (2, 2, 2, 2, 3, 3, 3, 4, 4, 4)


def chance(*parts: object) -> int:
    """A number that looks random, always the same for the same parts."""
    name = "\x1f".join(str(part) for part in parts)
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "big")


def year_topics(seed: str, library: Library, allowed: Collection[str], day: int) -> list[str]:
    year = (day + chance(seed, "birthday") % YEAR) // YEAR
    keys = [topic.key for topic in library.topics if topic.closable and topic.key in allowed]
    return sorted(keys, key=lambda key: chance(seed, "year", year, key))[:YEAR_TOPICS]


def week_topics(seed: str, of_the_year: Iterable[str], day: int) -> list[str]:
    """Each topic keeps its luck for a spell of weeks that begins at a time of its own."""
    week = (day - 1) // WEEK  # weeks begin on Monday, like those of date.toordinal()

    def luck(topic: str) -> int:
        spell = (week + chance(seed, "spell", topic) % SPELL) // SPELL
        return chance(seed, "week", topic, spell)

    return sorted(of_the_year, key=luck)[:WEEK_TOPICS]


def block(seed: str, day: int) -> tuple[int, int]:
    """The couple's current block of days, and how far into it the day is."""
    return divmod(day + chance(seed, "block") % BLOCK, BLOCK)


def decks(seed: str, prompts: Iterable[Prompt]) -> dict[str, int]:
    """Deal the texts of each topic and depth evenly into the decks, one deck a block."""
    piles: dict[tuple[str, int], list[str]] = {}
    for prompt in prompts:
        piles.setdefault((prompt.topic, prompt.depth), []).append(prompt.key)
    dealt = {}
    for (topic, depth), keys in piles.items():
        first = chance(seed, "deal", topic, depth)
        keys.sort(key=lambda key: chance(seed, "deck", key))
        dealt.update({key: (first + place) % DECKS for place, key in enumerate(keys)})
    return dealt


def tide(seed: str, number: int) -> int:
    """How far in a block goes at most: deep water comes and goes, whatever the cards say."""
    return TIDES[chance(seed, "tide", number) % len(TIDES)]
