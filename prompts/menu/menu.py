from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from prompts.library import Library, Prompt
from prompts.menu import rotation
from prompts.menu.cards import WAIST, Card, History, reaches
from prompts.menu.draw import OPENINGS, Hand

FRESH = timedelta(days=60)
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

    The same for the same arguments. Each day one opening is new and stays for three days.
    `seed` belongs to the couple and must be secret from both partners: whoever knows it could
    work out which topics rest by chance and which are closed.
    """
    reach = reaches(library, cards, history.landed)
    allowed = [p for p in library.prompts if p.depth <= reach.get(p.topic, 0)]
    number, into = rotation.block(seed, day.toordinal())
    hand = Hand(
        seed=f"{seed}:{number}",
        deck=number % rotation.DECKS,
        tide=rotation.tide(seed, number),
        allowed=allowed,
        decks=rotation.decks(seed, library.prompts),
        year=_steady(library, rotation.year_topics(seed, library, reach, day.toordinal())),
        stale={key for key, seen in history.seen.items() if day - seen <= FRESH},
    )
    plan = _block(library, hand, seed, day - timedelta(days=into))
    others = another % (OTHERS + 1)
    drawn = _others(library, hand, seed, day, plan, others) if others else plan[into:][:OPENINGS]
    ordered = sorted(drawn, key=lambda prompt: prompt.depth)
    return Menu(tuple(Opening(prompt, prompt.depth >= WAIST) for prompt in ordered))


def _steady(library: Library, topics: list[str]) -> list[str]:
    return [topic.key for topic in library.topics if not topic.closable] + topics


def _week(library: Library, hand: Hand, seed: str, day: date) -> list[str]:
    closable = [topic.key for topic in library.topics if topic.closable and topic.key in hand.year]
    return _steady(library, rotation.week_topics(seed, closable, day.toordinal()))


def _block(library: Library, hand: Hand, seed: str, start: date) -> list[Prompt]:
    """All openings of a block in their order; on its day n the menu holds number n, n+1, n+2."""
    plan: list[Prompt] = []
    for turn in range(rotation.BLOCK + OPENINGS - 1):
        day = start + timedelta(days=max(0, turn - OPENINGS + 1))
        week = _week(library, hand, seed, day)
        beside = plan[-(OPENINGS - 1) :]
        gone = {prompt.key for prompt in plan}
        best = hand.draw(turn, week, beside, gone) or hand.draw(
            turn, week, beside, {prompt.key for prompt in beside}
        )
        plan += [best] if best else []
    return plan


def _others(
    library: Library, hand: Hand, seed: str, day: date, plan: list[Prompt], rounds: int
) -> list[Prompt]:
    """The menu after asking for another one `rounds` times: none of the texts before it."""
    week = _week(library, hand, seed, day)
    gone = {prompt.key for prompt in plan}
    menu: list[Prompt] = []
    for number in range(1, rounds + 1):
        other = replace(hand, seed=f"{seed}:{day}:{number}")
        menu = []
        for turn in range(OPENINGS):
            held = {prompt.key for prompt in menu}
            best = other.draw(turn, week, menu, gone | held) or other.draw(turn, week, menu, held)
            menu += [best] if best else []
        gone |= {prompt.key for prompt in menu}
    return menu
