from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from prompts.library.model import (
    Depth,
    Feeling,
    FeelingGroup,
    Kind,
    Need,
    NeedGroup,
    Prompt,
    PseudoFeeling,
    Region,
    Sensation,
    Settling,
    Topic,
    Wish,
)
from prompts.library.words import (
    Activity,
    Card,
    Choice,
    CircleLine,
    Gesture,
    Holding,
    Part,
    RepairFamily,
    Stem,
    Step,
)


@dataclass(frozen=True, slots=True)
class Body:
    regions: tuple[Region, ...]
    sensations: tuple[Sensation, ...]


@dataclass(frozen=True, slots=True)
class Reply:
    parts: tuple[Part, ...]
    stems: tuple[Stem, ...]
    all_right: tuple[Choice, ...]
    holding: tuple[Holding, ...]

    def stems_for(self, part: str, wish: str, situation: str = "") -> tuple[str, ...]:
        """Stems of a part, the most fitting first: made for this situation, for this wish, for all.

        In a special situation the stems that name another one stay out, and so does every plain
        question: an old pain is not asked for facts.
        """
        fitting = [stem for stem in self.stems if _fits(stem, part, wish, situation)]
        if situation and part == "question":
            fitting = [stem for stem in fitting if situation in stem.situations]
        fitting.sort(key=lambda stem: (not stem.situations, not stem.wishes))
        return tuple(stem.text for stem in fitting)


def _fits(stem: Stem, part: str, wish: str, situation: str) -> bool:
    return (
        stem.part == part
        and (not stem.wishes or wish in stem.wishes)
        and (not stem.situations or situation in stem.situations)
    )


@dataclass(frozen=True, slots=True)
class Circle:
    steps: tuple[Step, ...]
    lines: tuple[CircleLine, ...]

    def lines_for(self, step: str) -> tuple[CircleLine, ...]:
        return tuple(line for line in self.lines if line.step == step)


@dataclass(frozen=True, eq=False)
class Library:
    """All words of one language. Immutable, compared by identity, shared by the whole process."""

    language: str
    topics: tuple[Topic, ...]
    depths: tuple[Depth, ...]
    kinds: tuple[Kind, ...]
    settling: tuple[Settling, ...]
    prompts: tuple[Prompt, ...]
    feelings: tuple[FeelingGroup, ...]
    pseudo_feelings: tuple[PseudoFeeling, ...]
    needs: tuple[NeedGroup, ...]
    body: Body
    wishes: tuple[Wish, ...]
    reply: Reply
    repair: tuple[RepairFamily, ...]
    activities: tuple[Activity, ...]
    gestures: tuple[Gesture, ...]
    circle: Circle
    cards: Mapping[str, Card]
    by_key: Mapping[str, Prompt]
    feeling: Mapping[str, Feeling]
    need: Mapping[str, Need]

    def prompt(self, key: str) -> Prompt | None:
        """None for a key that was retired: an old exchange keeps its own copy of the words."""
        return self.by_key.get(key)

    def topic(self, key: str) -> Topic | None:
        return next((topic for topic in self.topics if topic.key == key), None)
