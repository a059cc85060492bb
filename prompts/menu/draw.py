from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from prompts.library import Library, Prompt
from prompts.menu.cards import ANKLE
from prompts.menu.rotation import DECKS, PACE, Block, chance, decks, tide, week_topics

OPENINGS = 3
KNEE = 2


@dataclass(frozen=True, slots=True)
class Hand:
    """What can be drawn in a block. `name` tells draws for different purposes apart."""

    seed: str
    library: Library
    season: Sequence[str]
    block: Block
    piles: Sequence[Sequence[Prompt]]  # every text of the season, the freshest pile first
    name: str = ""

    def named(self, name: str) -> Hand:
        return replace(self, name=name)

    def fresh(self, stale: Collection[str]) -> Hand:
        """The same hand with stale texts at the very end."""
        kept = [[p for p in pile if p.key not in stale] for pile in self.piles]
        last = [[p for p in pile if p.key in stale] for pile in self.piles]
        return replace(self, piles=kept + last)

    def own_deck(self) -> Hand:
        return replace(self, piles=self.piles[:1])

    def wanted(self, turn: int) -> int:
        """One of three in a row is ankle-deep, one knee-deep, one as deep as the tide goes."""
        return (ANKLE, KNEE, tide(self.seed, self.block.number))[turn % OPENINGS]

    def draw(
        self, turn: int, depth: int, neighbours: Sequence[Prompt], gone: Iterable[Prompt]
    ) -> list[Prompt]:
        """The best text of this depth, if there is any: fresh, unlike its neighbours, by luck.

        Luck belongs to the text, not to its place in a list, so a text that falls out moves no
        other one.
        """
        left = self._freshest(depth, gone)
        week = self._week(turn)
        topics = {prompt.topic for prompt in neighbours}
        kinds = {prompt.kind for prompt in neighbours}
        tests: tuple[Callable[[Prompt], int], ...] = (
            lambda prompt: prompt.topic in topics,
            lambda prompt: prompt.topic not in week,
            lambda prompt: prompt.kind in kinds,
            lambda prompt: self._luck(turn, prompt.topic),
            lambda prompt: self._luck(turn, prompt.key),
        )
        for test in tests:  # the dear ones last, for the few that are still left
            if len(left) > 1:
                found = [test(prompt) for prompt in left]
                least = min(found)
                left = [prompt for prompt, each in zip(left, found, strict=True) if each == least]
        return left[:1]

    def _freshest(self, depth: int, gone: Iterable[Prompt]) -> list[Prompt]:
        held = {prompt.key for prompt in gone}
        for pile in self.piles:
            if left := [p for p in pile if p.depth == depth and p.key not in held]:
                return left
        return []

    def _week(self, turn: int) -> list[str]:
        day = self.block.start + timedelta(days=PACE * max(0, turn - OPENINGS + 1))
        return week_topics(self.seed, self.season, self.library, day)

    def _luck(self, turn: int, key: str) -> int:
        return chance(self.seed, self.block.number, self.name, turn, key)


def piles(
    seed: str, library: Library, block: Block, allowed: Iterable[Prompt]
) -> list[list[Prompt]]:
    """The block's own deck first; of the others, the one furthest away in time."""
    dealt = decks(seed, library)
    found: dict[int, list[Prompt]] = {}
    for prompt in allowed:
        apart = (dealt[prompt.key] - block.number) % DECKS
        far = 1 + DECKS // 2 - min(apart, DECKS - apart) if apart else 0
        found.setdefault(far, []).append(prompt)
    return [found[far] for far in sorted(found)]
