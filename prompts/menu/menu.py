from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from prompts.library import Library, Prompt
from prompts.menu import rotation
from prompts.menu.cards import ANKLE, DEEP, WAIST, Card, History, reaches
from prompts.menu.draw import OPENINGS, Hand, piles

FRESH = timedelta(days=60)
TURNS = rotation.BLOCK // rotation.PACE + OPENINGS - 1
OTHERS = 8  # after so many other menus, "another" comes back to the first


@dataclass(frozen=True, slots=True)
class Opening:
    """A prompt on a menu; `patience` depends on its depth alone and so tells of nobody's card."""

    prompt: Prompt
    patience: bool


@dataclass(frozen=True, slots=True)
class Menu:
    openings: tuple[Opening, ...]

    @property
    def patience(self) -> bool:
        return any(opening.patience for opening in self.openings)


def choose(
    library: Library,
    cards: Iterable[Card],
    history: History,
    seed: str,
    day: date,
    another: int = 0,
) -> Menu:
    """Three openings inside every card, the shallowest first, at least one of them ankle-deep.

    The same for the same arguments. Every second day one opening is new, and stays for six.
    `seed` belongs to the couple and must be secret from both partners: whoever knows it could
    work out which topics rest by chance and which are closed.
    """
    block = rotation.block(seed, day)
    reach = reaches(library, cards, history.landed)
    season = rotation.season_topics(seed, library, reach, block.start)
    reach = rotation.held_back(seed, library, reach, block.start)
    allowed = [p for p in library.prompts if p.topic in season and p.depth <= reach[p.topic]]
    hand = Hand(seed, library, season, block, piles(seed, library, block, allowed))
    plan = _plan(hand.fresh(_opened(history, block.start - FRESH, block.start)))
    taken = _opened(history, day - FRESH)  # also what is dated ahead, in a zone east of the day's
    plan = _filled(hand.fresh(taken), plan, taken)
    drawn = plan[block.into // rotation.PACE :][:OPENINGS]
    for number in range(1, another % (OTHERS + 1) + 1):
        plan += drawn
        drawn = _other(hand.fresh(taken), plan, day, number)
    ordered = sorted(drawn, key=lambda prompt: prompt.depth)
    return Menu(tuple(Opening(prompt, prompt.depth >= WAIST) for prompt in ordered))


def _opened(history: History, since: date, before: date = date.max) -> set[str]:
    return {key for key, seen in history.seen.items() if since <= seen < before}


def _plan(hand: Hand) -> list[Prompt]:
    """All openings of a block. The menu holds three in a row, and moves on by one.

    It is laid in layers, ankle-deep first, so that a new level changes deeper turns only. What is
    opened meanwhile changes nothing here: a text that was shown once stays away.
    """
    plan: list[Prompt] = []
    for turn in range(TURNS):
        plan += hand.draw(turn, ANKLE, plan[-(OPENINGS - 1) :], plan)
    used = list(plan)
    for depth in range(ANKLE + 1, DEEP + 1):
        for turn in range(TURNS):
            if hand.wanted(turn) >= depth:
                deeper = hand.own_deck().draw(turn, depth, _beside(plan, turn), used)
                plan[turn : turn + 1] = deeper or plan[turn : turn + 1]
                used += deeper
    return plan


def _filled(hand: Hand, plan: list[Prompt], taken: Collection[str]) -> list[Prompt]:
    """Put something else where the couple has already opened what was planned."""
    filled = list(plan)
    used = list(plan)
    for turn, prompt in enumerate(plan):
        if prompt.key in taken:
            instead = _at_most(hand.named("instead"), turn, prompt.depth, filled, used)
            filled[turn : turn + 1] = instead or [prompt]
            used += instead
    return filled


def _at_most(
    hand: Hand, turn: int, depth: int, plan: list[Prompt], used: list[Prompt]
) -> list[Prompt]:
    """A draw as deep as possible that keeps to the deck, and only then one from another deck."""
    for cards in (hand.own_deck(), hand):
        for level in range(depth, 0, -1):
            if drawn := cards.draw(turn, level, _beside(plan, turn), used):
                return drawn
    return []


def _beside(plan: list[Prompt], turn: int) -> list[Prompt]:
    return plan[max(0, turn - OPENINGS + 1) : turn] + plan[turn + 1 : turn + OPENINGS]


def _other(hand: Hand, gone: list[Prompt], day: date, number: int) -> list[Prompt]:
    """The menu after asking for another one `number` times: none of the texts before it."""
    hand = hand.named(f"{day}:{number}")
    menu: list[Prompt] = []
    for turn in range(OPENINGS):
        menu += _at_most(hand, turn, hand.wanted(turn), menu, gone + menu)
    return menu
