"""The comfort card on its page: tighter at once, wider tomorrow, and nobody is told."""

from datetime import timedelta

import pytest
from django.urls import reverse

from couples import cards
from couples.clock import app_now
from couples.management.commands.advance_clock import move
from prompts.library import library
from tests.cast import pair, person, seat, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.practice("A29")]


def words(depth=2, **topics):
    every = {topic.key: "open" for topic in library("en").topics if topic.closable}
    return {**every, "intimacy": "not_now", "depth": depth, **topics}


def save(user, **chosen):
    return signed_in(user).post(reverse("comfort_card"), words(**chosen))


def now(user):
    return cards.card(seat(user)).at(app_now())


@pytest.mark.safety("S30")
def test_tighter_holds_at_once():
    ana = person("Ana")
    assert save(ana, depth=1, money="not_now")["Location"] == reverse("comfort_card_saved")
    assert now(ana).depth == 1
    assert now(ana).ease("money") == "not_now"


@pytest.mark.safety("S30")
def test_wider_holds_a_day_later():
    ana = person("Ana")
    save(ana, depth=1, money="not_now")
    save(ana, depth=3, money="open")
    assert (now(ana).depth, now(ana).ease("money")) == (1, "not_now")
    page = signed_in(ana).get(reverse("comfort_card")).content.decode()
    assert "holds a day after you chose it" in page
    move(timedelta(hours=23))
    assert now(ana).depth == 1
    move(timedelta(hours=2))
    assert (now(ana).depth, now(ana).ease("money")) == (3, "open")


@pytest.mark.safety("S30")
def test_tightening_again_undoes_what_was_to_be_wider():
    ana = person("Ana")
    save(ana, depth=1)
    save(ana, depth=4)
    save(ana, depth=1)
    move(timedelta(hours=30))
    assert now(ana).depth == 1


@pytest.mark.safety("S1", "S30")
def test_what_held_is_remembered_for_the_others_day():
    ana = person("Ana")
    save(ana, depth=1)
    save(ana, depth=3)
    move(timedelta(hours=25))
    moments = {1: app_now() - timedelta(hours=2), 3: app_now()}
    move(timedelta(hours=1))
    save(ana, depth=2, money="not_now")
    card = cards.card(seat(ana))
    assert {depth: card.at(then).depth for depth, then in moments.items()} == {1: 1, 3: 3}
    assert (now(ana).depth, now(ana).ease("money")) == (2, "not_now")
    for depth in (1, 2) * 20:
        save(ana, depth=depth)
    assert len(cards.card(seat(ana)).before) <= 20


@pytest.mark.safety("S29")
def test_intimacy_is_shut_until_it_is_opened():
    ana = person("Ana")
    assert now(ana).ease("intimacy") == "not_now"
    save(ana, depth=2)
    assert now(ana).ease("intimacy") == "not_now"


def test_everyday_cannot_be_shut():
    ana = person("Ana")
    save(ana, everyday="not_now")
    assert now(ana).ease("everyday") == "open"
    page = signed_in(ana).get(reverse("comfort_card")).content.decode()
    assert 'name="everyday"' not in page


def test_half_a_card_is_not_saved():
    ana = person("Ana")
    answer = signed_in(ana).post(reverse("comfort_card"), {"depth": 3})
    assert answer.status_code == 422
    assert now(ana).depth == 2


@pytest.mark.safety("S1")
@pytest.mark.safety("S30")
def test_the_partner_sees_nothing_of_it():
    ana, ben = person("Ana"), person("Ben")
    pair(ana, ben)
    client = signed_in(ben)
    names = ("us", "comfort_card", "agreement", "settings")
    before = [_plain(client.get(reverse(name))) for name in names]
    seq = seat(ben).couple.seq
    save(ana, depth=1, money="not_now", work="gently")
    assert [_plain(client.get(reverse(name))) for name in names] == before
    assert seat(ben).couple.seq == seq


def _plain(answer):
    from tests.walls.plain import plain

    return plain(answer)


@pytest.mark.practice("A5")
def test_welcome_sets_the_depth_and_keeps_the_topics():
    ana = person("Ana")
    save(ana, depth=2, money="not_now")
    client = signed_in(ana)
    assert client.post(reverse("welcome_depth"), {"depth": 1})["Location"] == reverse("welcome_two")
    assert now(ana).depth == 1
    assert now(ana).ease("money") == "not_now"
