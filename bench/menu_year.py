"""A year of menus for many couples: what repeats, what is shown, what a partner could learn.

python -m bench.menu_year [--couples 200] [--seed 1]
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from prompts.library import Library, library
from prompts.menu import GENTLY, NOT_NOW, OPEN, Card, History, choose, level

START = date(2026, 3, 2)
DAYS = 365
HALF = DAYS // 2
STAY = 6  # days that an opening stays on the menu
DEPTHS = (1, 2, 3, 4)
DEPTH_ODDS = (0.15, 0.35, 0.30, 0.20)
CLOSED, GENTLE = 0.15, 0.10  # of each topic, for each person
CLOSE_LATER, TAKE, LAND, ANOTHER = 0.3, 0.35, 0.75, 0.2


def out(line: str) -> None:
    sys.stdout.write(line + "\n")


@dataclass
class View:
    day: int
    keys: list[str]
    topics: list[str]
    depths: list[int]
    kinds: list[str]
    level: int
    another: bool


@dataclass
class Couple:
    cards: list[Card]
    later: str = ""  # the topic that the second partner closes in the middle of the year
    views: list[View] = field(default_factory=list)


def person(lib: Library, dice: random.Random) -> Card:
    topics = {}
    for topic in lib.topics:
        if topic.opt_in:
            topics[topic.key] = dice.choices([OPEN, NOT_NOW], [0.5, 0.5])[0]
        elif topic.closable:
            odds = [1 - CLOSED - GENTLE, GENTLE, CLOSED]
            topics[topic.key] = dice.choices([OPEN, GENTLY, NOT_NOW], odds)[0]
    return Card(dice.choices(DEPTHS, DEPTH_ODDS)[0], topics)


def live(lib: Library, number: int, dice: random.Random) -> Couple:
    couple = Couple([person(lib, dice), person(lib, dice)])
    if dice.random() < CLOSE_LATER:
        open_both = [
            t.key for t in lib.topics if t.closable and not t.opt_in and _open(couple, t.key)
        ]
        couple.later = dice.choice(open_both) if open_both else ""
    weekly = dice.choice([2, 3, 5, 7])
    seen: dict[str, date] = {}
    landed: Counter[int] = Counter()
    for offset in range(DAYS):
        if offset == HALF and couple.later:
            first, second = couple.cards
            couple.cards = [first, Card(second.depth, {**second.topics, couple.later: NOT_NOW})]
        if dice.random() < weekly / 7:
            _visit(lib, couple, f"couple {number}", offset, seen, landed, dice)
    return couple


def _open(couple: Couple, topic: str) -> bool:
    return all(card.topics.get(topic) != NOT_NOW for card in couple.cards)


def _visit(
    lib: Library,
    couple: Couple,
    seed: str,
    offset: int,
    seen: dict[str, date],
    landed: Counter[int],
    dice: random.Random,
) -> None:
    day = START + timedelta(days=offset)
    history = History(dict(seen), dict(landed))
    rounds = [0, 1] if dice.random() < ANOTHER else [0]
    for another in rounds:
        prompts = [
            o.prompt for o in choose(lib, couple.cards, history, seed, day, another).openings
        ]
        couple.views.append(
            View(
                offset,
                [p.key for p in prompts],
                [p.topic for p in prompts],
                [p.depth for p in prompts],
                [p.kind for p in prompts],
                level(landed),
                bool(another),
            )
        )
    if dice.random() < TAKE:
        taken = dice.choice(prompts)
        seen[taken.key] = day
        landed[taken.depth] += dice.random() < LAND


def show_menus(couples: list[Couple]) -> None:
    views = [view for couple in couples for view in couple.views]

    def share(right: Callable[[View], bool]) -> str:
        return f"{sum(map(right, views)) / len(views):.1%}"

    out(
        f"menus looked at {len(views)}: full {share(lambda v: len(set(v.keys)) == 3)}, "
        f"with an ankle-deep one {share(lambda v: 1 in v.depths)}, "
        f"three kinds {share(lambda v: len(set(v.kinds)) == 3)}, "
        f"three topics {share(lambda v: len(set(v.topics)) == 3)}"
    )
    mix = Counter(depth for view in views for depth in view.depths)
    out("depths: " + ", ".join(f"{d} {mix[d] / mix.total():.1%}" for d in DEPTHS))
    names = Counter(topic for view in views for topic in view.topics)
    out("topics: " + ", ".join(f"{t} {n / names.total():.1%}" for t, n in names.most_common()))
    for name, some in (("as drawn", False), ("with 'another'", True)):
        again, stays = repeats(couples, some)
        out(f"texts back within 60 days {name}: {again} of {stays} ({again / stays:.2%})")


def repeats(couples: list[Couple], another: bool) -> tuple[int, int]:
    """A text that left the menu and came again within 60 days; staying on is no repeat."""
    again = stays = 0
    for couple in couples:
        first: dict[str, int] = {}
        last: dict[str, int] = {}
        for view in couple.views:
            for key in view.keys if another or not view.another else ():
                if key not in last or view.day - first[key] >= STAY:
                    stays += 1
                    again += key in last and view.day - last[key] < 60
                    first[key] = view.day
                last[key] = view.day
    return again, stays


# What one partner (the first) can learn: they know their own card, every menu of a year, the level
# that was earned, how often people close topics, and this very program, but not the secret seed.


@dataclass
class Guess:
    truth: bool
    known: int  # what they know without any menu
    seen: int  # what the menus add


def report(name: str, guesses: list[Guess]) -> None:
    """Learn from one half of the couples what each amount of evidence means; guess the other."""
    half = len(guesses) // 2
    learnt, rest = guesses[:half], guesses[half:]
    blind, belief = _odds(learnt, lambda g: (g.known,)), _odds(learnt, lambda g: (g.known, g.seen))
    right = sum((belief(g) > 0.5) == g.truth for g in rest) / len(rest)
    unaided = sum((blind(g) > 0.5) == g.truth for g in rest) / len(rest)
    surest = max(rest, key=lambda g: (belief(g), -blind(g)))
    sure, before = belief(surest), blind(surest)
    yes = [belief(g) > blind(g) for g in rest if g.truth]
    no = [belief(g) <= blind(g) for g in rest if not g.truth]
    if not yes or not no:
        return out(f"  {name}: too few couples to tell")
    even = (sum(yes) / len(yes) + sum(no) / len(no)) / 2
    out(
        f"  {name}: right {right:.1%}, without the menus {unaided:.1%}; surest suspicion "
        f"{sure:.0%} (without {before:.0%}); at even odds {even:.0%}; n {len(rest)}"
    )


def _odds(
    guesses: list[Guess], key: Callable[[Guess], tuple[int, ...]]
) -> Callable[[Guess], float]:
    told: dict[tuple[int, ...], list[bool]] = defaultdict(list)
    for guess in guesses:
        told[key(guess)].append(guess.truth)
    base = sum(guess.truth for guess in guesses) / len(guesses)
    odds = {seen: (sum(truths) + base) / (len(truths) + 1) for seen, truths in told.items()}
    return lambda guess: odds.get(key(guess), base)


def closed_topics(lib: Library, couples: list[Couple], days: int) -> list[Guess]:
    found = []
    for couple in couples:
        mine, other = couple.cards
        for topic in lib.topics:
            unknown = topic.closable and not topic.opt_in and mine.topics[topic.key] != NOT_NOW
            if unknown and topic.key != couple.later:
                shown = sum(topic.key in v.topics for v in couple.views if v.day < days)
                found.append(Guess(other.topics[topic.key] == NOT_NOW, 0, min(shown, 20)))
    return found


def closed_later(lib: Library, couples: list[Couple]) -> list[Guess]:
    """Topics seen in the first half of the year: was this one closed in the middle of it?"""
    found = []
    for couple in couples:
        for topic in lib.topics:
            before = sum(topic.key in v.topics for v in couple.views if v.day < HALF)
            if before and topic.closable and not topic.opt_in:
                after = sum(topic.key in v.topics for v in couple.views if v.day >= HALF)
                found.append(Guess(topic.key == couple.later, 0, min(after, 20)))
    return found


def not_opted_in(couples: list[Couple]) -> list[Guess]:
    return [
        Guess(
            couple.cards[1].topics["intimacy"] == NOT_NOW,
            0,
            min(20, sum("intimacy" in view.topics for view in couple.views)),
        )
        for couple in couples
        if couple.cards[0].topics["intimacy"] == OPEN
    ]


def gentle_topics(lib: Library, couples: list[Couple]) -> list[Guess]:
    """Is a topic that shows marked "gently"? Seen through how deep it goes beside the others."""
    found = []
    for couple in couples:
        mine, other = couple.cards
        deepest: Counter[str] = Counter()
        for view in couple.views:
            for topic, depth in zip(view.topics, view.depths, strict=True):
                deepest[topic] = max(deepest[topic], depth)
        for key, depth in deepest.items():
            if mine.topics.get(key) == OPEN and other.topics[key] != NOT_NOW and key != "intimacy":
                most = max(deepest.values())
                found.append(Guess(other.topics[key] == GENTLY, 0, most * 10 + depth))
    return found


def shallower(couples: list[Couple], days: int) -> list[Guess]:
    """Is the other's depth below mine? Seen through the deepest text and the level earned."""
    found = []
    for couple in couples:
        mine, other = couple.cards
        views = [view for view in couple.views if view.day < days]
        if mine.depth > 1 and views:
            deepest = max(depth for view in views for depth in view.depths)
            earned = max(view.level for view in views)
            seen = deepest * 10 + min(earned, mine.depth)
            found.append(Guess(other.depth < mine.depth, mine.depth, seen))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--couples", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    lib, dice = library(), random.Random(options.seed)  # noqa: S311
    couples = [live(lib, number, dice) for number in range(options.couples)]
    out(f"{len(couples)} couples, {DAYS} days, {len(lib.prompts)} texts")
    show_menus(couples)
    out("what the menus tell one partner about the other's card:")
    report("topic closed, after 13 weeks", closed_topics(lib, couples, 91))
    report("topic closed, after a year", closed_topics(lib, couples, DAYS))
    report("topic closed in mid-year", closed_later(lib, couples))
    report("intimacy not opened", not_opted_in(couples))
    report("topic marked gently, after a year", gentle_topics(lib, couples))
    for weeks in (8, 26, 52):
        report(f"depth below mine, after {weeks} weeks", shallower(couples, weeks * 7))


if __name__ == "__main__":
    main()
