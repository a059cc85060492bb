"""The menu: what may be on it, for any two cards and any past."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench import menu_year
from prompts.library import library
from prompts.menu import GENTLY, NOT_NOW, OPEN, Card, History, Menu, choose, level, reaches
from prompts.menu.rotation import block, season_topics

LIBRARY = library("en")
TOPICS = {topic.key: topic for topic in LIBRARY.topics}
CLOSABLE = sorted(key for key, topic in TOPICS.items() if topic.closable)
DAY = date(2026, 11, 22)
EVERYTHING = {1: 3, 2: 3, 3: 3}
DEEP = Card(4)

cards = st.builds(
    Card,
    depth=st.integers(1, 4),
    topics=st.dictionaries(
        st.sampled_from(sorted(TOPICS)), st.sampled_from([OPEN, GENTLY, NOT_NOW])
    ),
)
hands = st.lists(cards, min_size=1, max_size=2)
days = st.dates(date(2025, 1, 1), date(2035, 1, 1))
landed = st.dictionaries(st.integers(1, 4), st.integers(0, 9))
seeds = st.text(max_size=12)
pasts = st.dictionaries(st.sampled_from(sorted(LIBRARY.by_key)), st.integers(0, 200), max_size=12)
rounds = st.integers(0, 20)


def past(seen: dict[str, int], day: date, exchanges: dict[int, int]) -> History:
    return History({key: day - timedelta(days=ago) for key, ago in seen.items()}, exchanges)


def prompts(menu: Menu) -> list:
    return [opening.prompt for opening in menu.openings]


def texts(menu: Menu) -> list[str]:
    return [prompt.key for prompt in prompts(menu)]


@pytest.mark.practice("A45", "A5", "A29", "A53", "A1")
@pytest.mark.safety("S29", "S30")
@settings(deadline=None, max_examples=150)
@given(hands, pasts, landed, seeds, days, rounds)
def test_three_openings_inside_every_card(hand, seen, exchanges, seed, day, another) -> None:
    menu = choose(LIBRARY, hand, past(seen, day, exchanges), seed, day, another)
    found = prompts(menu)
    assert len({prompt.key for prompt in found}) == 3
    assert found[0].depth == 1
    assert [p.depth for p in found] == sorted(p.depth for p in found)
    for prompt in found:
        topic = TOPICS[prompt.topic]
        assert prompt.depth <= min(card.depth for card in hand)
        assert prompt.depth <= level(exchanges)
        for card in hand:
            edge = card.topics.get(topic.key, NOT_NOW if topic.opt_in else OPEN)
            assert edge != NOT_NOW or topic.key == "everyday"
            if edge == GENTLY:
                assert prompt.depth < max(2, card.depth)


@pytest.mark.practice("A6")
@settings(deadline=None, max_examples=80)
@given(hands, pasts, landed, seeds, days, rounds)
def test_a_text_that_was_opened_stays_away_for_sixty_days(
    hand, seen, exchanges, seed, day, another
) -> None:
    menu = choose(LIBRARY, hand, past(seen, day, exchanges), seed, day, another % 3)
    assert not {key for key, ago in seen.items() if ago <= 60} & set(texts(menu))


@pytest.mark.practice("A6")
def test_a_text_opened_east_of_the_date_line_counts_at_once() -> None:
    first = texts(choose(LIBRARY, [DEEP], History(), "a couple", DAY))
    tomorrow = History(dict.fromkeys(first, DAY + timedelta(days=1)))
    assert not set(first) & set(texts(choose(LIBRARY, [DEEP], tomorrow, "a couple", DAY)))


@pytest.mark.practice("A44")
@settings(deadline=None, max_examples=60)
@given(hands, pasts, landed, seeds, days, rounds)
def test_the_same_day_gives_the_same_menu(hand, seen, exchanges, seed, day, another) -> None:
    history = past(seen, day, exchanges)
    first = choose(LIBRARY, hand, history, seed, day, another)
    assert choose(LIBRARY, list(reversed(hand)), history, seed, day, another) == first


@pytest.mark.practice("A44", "A16")
@settings(deadline=None, max_examples=15)
@given(hands, landed, seeds, days)
def test_another_brings_other_texts_and_comes_round_in_the_end(hand, exchanges, seed, day) -> None:
    menus = [choose(LIBRARY, hand, past({}, day, exchanges), seed, day, n) for n in range(10)]
    shown = [text for menu in menus[:4] for text in texts(menu)]
    assert len(set(shown)) == len(shown)
    assert menus[9] == menus[0]


@pytest.mark.practice("A20")
@pytest.mark.safety("S1")
@settings(deadline=None, max_examples=50)
@given(hands, seeds, days)
def test_the_patience_card_tells_of_depth_and_of_nobody(hand, seed, day) -> None:
    menu = choose(LIBRARY, hand, History(landed=EVERYTHING), seed, day)
    assert all(o.patience == (o.prompt.depth >= 3) for o in menu.openings)
    assert menu.patience == any(prompt.depth >= 3 for prompt in prompts(menu))


@pytest.mark.practice("A20")
def test_a_topic_marked_gently_still_comes_and_with_patience() -> None:
    gentle = Card(4, dict.fromkeys(CLOSABLE, GENTLY))
    shown = [o for menu in year([gentle, DEEP]) for o in menu.openings]
    tender = [o for o in shown if o.prompt.depth == 3 and o.prompt.topic != "everyday"]
    assert tender
    assert all(opening.patience for opening in tender)
    assert max(o.prompt.depth for o in shown if o.prompt.topic != "everyday") == 3


def year(
    hand: list[Card], exchanges=EVERYTHING, seed="a couple", start=DAY, step=7
) -> Iterator[Menu]:
    for offset in range(0, 365, step):
        day = start + timedelta(days=offset)
        yield choose(LIBRARY, hand, History(landed=exchanges), seed, day)


@pytest.mark.practice("A6")
@pytest.mark.parametrize("depth", [1, 4])
def test_nothing_comes_back_within_sixty_days(depth: int) -> None:
    last: dict[str, int] = {}
    on: set[str] = set()
    for day, menu in enumerate(year([Card(depth), DEEP], step=1)):
        for text in set(texts(menu)) - on:
            assert day - last.get(text, -99) >= 60, text
        on = set(texts(menu))
        last |= dict.fromkeys(on, day)


@pytest.mark.practice("A6", "A68")
def test_an_opening_stays_long_enough_to_think_about_it() -> None:
    menus = [set(texts(menu)) for menu in year([DEEP, DEEP], step=1)]
    steps = [len(one & later) for one, later in pairwise(menus)]
    assert steps.count(3) + steps.count(2) > len(steps) * 0.85


@pytest.mark.practice("A45", "A71")
def test_a_menu_is_varied() -> None:
    menus = list(year([DEEP, DEEP]))
    topics = [len({p.topic for p in prompts(menu)}) for menu in menus]
    kinds = [len({p.kind for p in prompts(menu)}) for menu in menus]
    assert topics.count(3) > 0.85 * len(menus)
    assert kinds.count(3) > 0.75 * len(menus)
    assert len({p.kind for menu in menus for p in prompts(menu)}) == 12


@pytest.mark.practice("A5", "A14")
@pytest.mark.parametrize(
    ("exchanges", "reached"),
    [
        ({}, 1),
        ({1: 2}, 1),
        ({1: 3}, 2),
        ({1: 3, 2: 2}, 2),
        ({2: 9, 3: 9}, 1),
        ({1: 3, 2: 3}, 3),
        ({1: 3, 2: 3, 3: 3}, 4),
        ({1: 3, 2: 3, 3: 3, 4: 9}, 4),
    ],
)
def test_three_landed_exchanges_open_the_next_depth(exchanges, reached: int) -> None:
    assert level(exchanges) == reached
    deepest = max(p.depth for menu in year([DEEP, DEEP], exchanges) for p in prompts(menu))
    assert deepest == reached


@pytest.mark.practice("A5")
@pytest.mark.parametrize("seed", ["one", "two", "three", "four", "five"])
def test_a_new_depth_is_on_the_menu_within_a_week(seed: str) -> None:
    week = [
        choose(LIBRARY, [Card(2), Card(3)], History(landed={1: 3}), seed, DAY + timedelta(days=n))
        for n in range(7)
    ]
    assert any(prompt.depth == 2 for menu in week for prompt in prompts(menu))


@pytest.mark.practice("A72", "A29")
@pytest.mark.safety("S30")
def test_the_shallower_card_counts_at_once() -> None:
    before = [p.depth for menu in year([DEEP, DEEP]) for p in prompts(menu)]
    after = [p.depth for menu in year([DEEP, Card(1)]) for p in prompts(menu)]
    assert max(before) == 4
    assert max(after) == 1


@pytest.mark.safety("S29")
@pytest.mark.parametrize(
    ("mine", "other", "comes"),
    [
        ({}, {}, False),
        ({"intimacy": OPEN}, {}, False),
        ({"intimacy": OPEN}, {"intimacy": NOT_NOW}, False),
        ({"intimacy": OPEN}, {"intimacy": OPEN}, True),
        ({"intimacy": GENTLY}, {"intimacy": OPEN}, True),
    ],
)
def test_intimacy_comes_only_when_both_opened_it(mine, other, comes: bool) -> None:
    hand = [Card(4, mine), Card(4, other)]
    assert ("intimacy" in reaches(LIBRARY, hand, EVERYTHING)) == comes
    seen = {
        prompt.topic
        for couple in range(8)
        for menu in year(hand, seed=f"couple {couple}", step=9)
        for prompt in prompts(menu)
    }
    assert ("intimacy" in seen) == comes


@pytest.mark.practice("A53", "B16")
def test_when_all_is_closed_everyday_fills_the_menu() -> None:
    closed = Card(4, dict.fromkeys(TOPICS, NOT_NOW))
    for menu in year([closed, DEEP], step=5):
        assert len(menu.openings) == 3
        assert {prompt.topic for prompt in prompts(menu)} == {"everyday"}


@pytest.mark.practice("A29", "B16")
@pytest.mark.safety("S1", "S30")
def test_closing_a_topic_that_rests_by_chance_changes_no_menu() -> None:
    """So most closed topics leave no trace at all: resting and closed look alike."""
    past, resting = History(landed=EVERYTHING), 0
    for couple in range(6):
        seed = f"couple {couple}"
        for offset in range(0, 40, 4):
            day = DAY + timedelta(days=offset)
            menu = choose(LIBRARY, [DEEP, DEEP], past, seed, day)
            ours = set(CLOSABLE) - {"intimacy"}
            for topic in ours - set(season_topics(seed, LIBRARY, ours, block(seed, day).start)):
                closed = Card(4, {topic: NOT_NOW})
                assert choose(LIBRARY, [DEEP, closed], past, seed, day) == menu
                resting += 1
    assert resting > 200


@pytest.mark.safety("S1")
def test_for_a_year_several_open_topics_never_come() -> None:
    for couple in range(6):
        menus = year([DEEP, DEEP], seed=f"couple {couple}", step=6)
        shown = {prompt.topic for menu in menus for prompt in prompts(menu)}
        assert len(set(CLOSABLE) - {"intimacy"} - shown) >= 2


@pytest.mark.practice("A2")
def test_one_person_alone_has_a_menu_too() -> None:
    assert len(choose(LIBRARY, [Card()], History(), "eve", DAY).openings) == 3
    assert len(choose(LIBRARY, [], History(), "eve", DAY).openings) == 3


def test_a_seed_decides_and_two_couples_differ() -> None:
    menus = {tuple(texts(choose(LIBRARY, [DEEP], History(), f"{n}", DAY))) for n in range(30)}
    assert len(menus) >= 28


@pytest.mark.practice("A6", "A45")
def test_a_simulated_year_keeps_what_the_menu_promises() -> None:
    dice = random.Random(7)
    couples = [menu_year.live(LIBRARY, number, dice) for number in range(3)]
    views = [view for couple in couples for view in couple.views]
    assert len(views) > 250
    assert all(len(set(view.keys)) == 3 and 1 in view.depths for view in views)
    again, stays = menu_year.repeats(couples, another=False)
    assert again / stays < 0.01
