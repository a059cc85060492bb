from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from prompts.library import Prompt
from prompts.menu.cards import ANKLE
from prompts.menu.rotation import DECKS, chance

OPENINGS = 3
KNEE = 2


@dataclass(frozen=True, slots=True)
class Hand:
    """What all draws of one block have in common."""

    seed: str
    deck: int
    tide: int
    allowed: Sequence[Prompt]
    decks: Mapping[str, int]
    year: Collection[str]
    stale: Collection[str]

    def draw(
        self,
        turn: int,
        week: Collection[str],
        neighbours: Sequence[Prompt],
        gone: Collection[str],
    ) -> Prompt | None:
        """The best text for this turn: fresh first, then unlike its neighbours, then by luck.

        Luck belongs to the text, not to its place in a list, so a text that falls out moves no
        other one. None when every allowed text is `gone`.
        """
        depth = self._depth(turn)
        topics = {prompt.topic for prompt in neighbours}
        kinds = {prompt.kind for prompt in neighbours}

        def order(prompt: Prompt) -> tuple[int, ...]:
            return (
                turn % OPENINGS == 0 and prompt.depth != ANKLE,
                prompt.key in self.stale,
                self._far(prompt),
                prompt.topic in topics,
                self._rest(prompt.topic, week),
                depth - prompt.depth if prompt.depth <= depth else prompt.depth,
                prompt.kind in kinds,
                chance(self.seed, turn, prompt.topic),
                chance(self.seed, turn, prompt.key),
            )

        return min((p for p in self.allowed if p.key not in gone), key=order, default=None)

    def _depth(self, turn: int) -> int:
        return (ANKLE, KNEE, self.tide)[turn % OPENINGS]

    def _far(self, prompt: Prompt) -> int:
        """0 in the current deck; of the others, the one furthest away in time comes first."""
        apart = (self.decks[prompt.key] - self.deck) % DECKS
        return 0 if apart == 0 else 1 + DECKS // 2 - min(apart, DECKS - apart)

    def _rest(self, topic: str, week: Collection[str]) -> int:
        return 0 if topic in week else 1 if topic in self.year else 2
