"""The first page: one step at most, three ways in, and nothing that tells of the other."""

from datetime import timedelta

import pytest
from django.urls import reverse

from couples import agreement, cards, invitations, leaving
from couples.comfort import Edges
from couples.management.commands.advance_clock import move
from prompts.actions import answering, sharing
from prompts.exchange import Verdict
from prompts.library import library
from prompts.models import Disclosure
from tests.cast import everybody, seat, signed_in
from tests.exchanges import answer, disclosure_of, join, landed, share
from tests.prompts.pages import HTMX, everything, look, steady, ways

pytestmark = pytest.mark.django_db
WORDS = library("en")
STEPS = ('class="card card--partner"', 'class="card card--me"', 'class="card card--lamp"')


@pytest.fixture(scope="module")
def _everybody(lasting):
    cast = everybody()
    for user in (cast.ana, cast.ben):
        cards.change(member=seat(user), wish=Edges(4))
    agreement.write(member=seat(cast.ana), lines={"wishes": ["hear"]})
    agreement.say_yes(member=seat(cast.ben), number=1)
    return cast


@pytest.fixture
def ana(cast):
    return signed_in(cast.ana)


@pytest.fixture
def ben(cast):
    return signed_in(cast.ben)


def steps(html):
    return sum(html.count(step) for step in STEPS)


def depths(keys):
    return [WORDS.prompt(key).depth for key in keys]


def test_asks_strangers_to_sign_in(client):
    assert client.get(reverse("today")).status_code == 302


@pytest.mark.parametrize("name", ["today", "another", "not_today", "hush"])
def test_methods(ana, name):
    wrong = ana.post if name == "today" else ana.get
    assert wrong(reverse(name)).status_code == 405


def test_where_openings_are_posted_to_leads_back_here(ana):
    assert ana.get(reverse("openings"))["Location"] == reverse("today")


@pytest.mark.practice("A1")
def test_a_new_couple_has_one_step(cast):
    cleo = signed_in(cast.cleo)
    html = look(cleo, "today")
    assert steps(html) == 1
    assert "Set my edges" in html
    cards.change(member=seat(cast.cleo), wish=Edges(2))
    assert "Write my lines" in look(cleo, "today")


def test_alone_the_invitation_comes_first_and_all_else_works(cast):
    eve = signed_in(cast.eve)
    html = look(eve, "today")
    assert steps(html) == 1
    assert reverse("invite") in html
    assert len(ways(html)) == 3
    invitation = invitations.invite(member=seat(cast.eve))
    assert "Your link is open" in look(eve, "today")
    token = invitations.link(member=seat(cast.eve), invitation=invitation).split("/")[-2]
    invitations.accept(member=seat(cast.fay), token=token)
    assert "Compare the digits" in look(eve, "today")
    assert "You said yes to a link" in look(signed_in(cast.fay), "today")


@pytest.mark.practice("A46")
@pytest.mark.safety("S2")
def test_what_the_partner_shared_stands_first_with_how_they_wish_to_be_met(cast, ben):
    share(cast.ana, depth=1, wished="reassure", pace="slow")
    html = look(ben, "today")
    assert "Ana opened up to you" in html
    assert "you two are all right" in html
    assert "Slowly, please" in html
    assert "sat in the car" not in html
    assert steps(html) == 1


def test_reading_goes_through_a_post(cast, ben):
    told = disclosure_of(cast.ana, share(cast.ana, depth=2))
    assert f'action="{reverse("open", args=[told.id])}"' in look(ben, "today")
    assert ben.get(reverse("open", args=[told.id])).status_code == 405


@pytest.mark.practice("A21", "A73")
def test_before_deep_words_a_minute_and_a_promise(cast, ben):
    told = disclosure_of(cast.ana, share(cast.ana, depth=3))
    html = look(ben, "today")
    assert reverse("arrive", args=[told.id]) in html
    assert reverse("open", args=[told.id]) not in html
    html = look(ben, "arrive", told.id)
    assert 'name="listening"' in html
    assert "A minute to settle" in html
    assert "sat in the car" not in html
    assert disclosure_of(cast.ana, told.exchange).state == "offered"
    ben.post(reverse("open", args=[told.id]))
    assert ben.get(reverse("arrive", args=[told.id])).status_code == 302


@pytest.mark.safety("S34")
def test_the_page_before_opening_is_for_the_partner_alone(cast, ana):
    told = disclosure_of(cast.ana, share(cast.ana, depth=3))
    address = reverse("arrive", args=[told.id])
    assert ana.get(address).status_code == 404
    for user in (cast.cleo, cast.eve, cast.fay):
        assert signed_in(user).get(address).status_code == 404


@pytest.mark.practice("A44", "A62")
@pytest.mark.safety("S1")
def test_later_is_fine_and_silent(cast, ana, ben):
    exchange = share(cast.ana)
    before = everything(ana)
    ben.post(reverse("aside", args=[exchange.id]))
    assert "Ana opened up" not in look(ben, "today")
    assert everything(ana) == before


def test_the_loop_step_by_step(cast, ana, ben):
    told = disclosure_of(cast.ana, share(cast.ana))
    ben.post(reverse("open", args=[told.id]))
    assert "You read what Ana shared" in look(ben, "today")
    reply = answer(cast.ben, told)
    assert "Ben answered you" in look(ana, "today")
    sharing.land(member=seat(cast.ana), reply=reply, verdict=Verdict.MORE, words={})
    assert "Ana added something" in look(ben, "today")
    assert steps(look(ana, "today")) == 0


def test_a_gift_asks_for_no_answer(cast, ben):
    told = disclosure_of(cast.ana, share(cast.ana, gift=True))
    assert "It needs no answer" in look(ben, "today")
    ben.post(reverse("open", args=[told.id]))
    assert steps(look(ben, "today")) == 0


def test_setting_aside_ends_when_it_is_opened_after_all(cast, ben):
    exchange = share(cast.ana)
    ben.post(reverse("aside", args=[exchange.id]))
    ben.post(reverse("open", args=[disclosure_of(cast.ana, exchange).id]))
    assert "You read what Ana shared" in look(ben, "today")


@pytest.mark.safety("S3")
def test_a_waiting_together_opening_hurries_nobody(cast, ana, ben):
    exchange = share(cast.ana, together=True)
    assert steps(look(ana, "today")) == 0
    html = look(ben, "today")
    assert "There is no hurry" in html
    assert reverse("join_together", args=[exchange.id]) in html
    assert "What sat with you today?" in html


def test_when_both_have_answered_it_says_so_to_both(cast, ana, ben):
    exchange = share(cast.ana, together=True)
    join(seat(cast.ben), exchange)
    assert "Ben and you have both answered" in look(ana, "today")
    assert "Ana and you have both answered" in look(ben, "today")


def test_an_agreement_that_is_proposed_can_be_set_aside(cast, ana, ben):
    agreement.write(member=seat(cast.ben), lines={"wishes": ["ask"]})
    assert "Ben wrote how you might answer" in look(ana, "today")
    assert steps(look(ben, "today")) == 0
    ana.post(reverse("hush"), {"step": "agreement:2"})
    assert steps(look(ana, "today")) == 0
    agreement.write(member=seat(cast.ben), lines={"wishes": ["hear"]})
    assert steps(look(ana, "today")) == 1


@pytest.mark.parametrize("step", ["", "invite", "opened_up", "agreement:x", "edges\x00", "x" * 999])
def test_nothing_else_can_be_hushed(cast, ana, step):
    before = look(ana, "today")
    assert ana.post(reverse("hush"), {"step": step}).status_code == 302
    assert look(ana, "today") == before


@pytest.mark.practice("A45")
def test_the_menu_is_full_and_has_an_ankle_deep_way(cast, ana):
    seen = set()
    for _ in range(10):
        keys = ways(look(ana, "today"))
        assert len(keys) == 3
        assert 1 in depths(keys)
        seen.add(tuple(keys))
        ana.post(reverse("another"))
    assert len(seen) > 5


def test_both_see_the_same_menu_until_one_asks_for_another(cast, ana, ben):
    assert ways(look(ana, "today")) == ways(look(ben, "today"))
    ana.post(reverse("another"))
    assert ways(look(ana, "today")) != ways(look(ben, "today"))


def test_deeper_ways_come_after_three_landed(cast, ana):
    def offered():
        seen = set()
        for _ in range(5):
            seen |= set(depths(ways(look(ana, "today"))))
            ana.post(reverse("another"))
        return seen

    assert offered() == {1}
    for _ in range(3):
        landed(cast.ana, cast.ben, depth=1)
    assert offered() == {1, 2}


def shut_one(client, user):
    """The user closes a topic that stands on the client's menu."""
    shown = [WORDS.prompt(key).topic for key in ways(look(client, "today"))]
    topic = next(topic for topic in shown if topic != "everyday")
    cards.change(member=seat(user), wish=Edges(4, {topic: "not_now"}))
    return topic


def topics(client):
    return [WORDS.prompt(key).topic for key in ways(look(client, "today"))]


@pytest.mark.practice("A29")
@pytest.mark.safety("S30")
def test_ones_own_edge_holds_at_once(cast, ana):
    topic = shut_one(ana, cast.ana)
    html = look(ana, "today")
    assert len(ways(html)) == 3
    assert topic not in topics(ana)
    assert WORDS.topic(topic).name in html.split("</select>")[0]


@pytest.mark.practice("A29")
@pytest.mark.safety("S1", "S30")
def test_the_others_edge_moves_no_page_when_it_is_set_and_holds_with_the_next_day(cast, ana):
    before = everything(ana)
    topic = shut_one(ana, cast.ben)
    assert everything(ana) == before
    move(timedelta(hours=23))
    for _ in range(8):
        move(timedelta(days=2))
        assert topic not in topics(signed_in(cast.ana))


@pytest.mark.practice("A29")
@pytest.mark.safety("S30")
@pytest.mark.parametrize("edge", [Edges(1), Edges(2, {"work": "not_now"})])
def test_what_goes_past_ones_edges_says_so_to_its_reader_alone(cast, ana, ben, edge):
    line = "It goes past your edges"
    share(cast.ana)
    assert line not in look(ben, "today")
    cards.change(member=seat(cast.ben), wish=edge)
    assert line in look(ben, "today")
    assert line not in look(ana, "today")


@pytest.mark.practice("A44", "A16")
@pytest.mark.safety("S1")
def test_another_and_not_today_are_for_me_alone(cast, ana, ben):
    before = everything(ben)
    ana.post(reverse("another"))
    ana.post(reverse("not_today"))
    assert ways(look(ana, "today")) == []
    assert everything(ben) == before
    ana.post(reverse("not_today"), {"back": "1"})
    assert len(ways(look(ana, "today"))) == 3


def test_not_today_ends_with_the_day(cast, ana):
    ana.post(reverse("not_today"))
    move(timedelta(hours=25))
    ana = signed_in(cast.ana)
    assert len(ways(look(ana, "today"))) == 3


@pytest.mark.parametrize("name", ["another", "not_today"])
def test_with_htmx_only_the_menu_comes(ana, name):
    assert ana.post(reverse(name)).status_code == 302
    html = ana.post(reverse(name), **HTMX).content.decode()
    assert html.lstrip().startswith('<section class="card" id="menu"')
    assert "<html" not in html
    boosted = ana.post(reverse(name), HTTP_HX_BOOSTED="true", **HTMX)
    assert boosted.status_code == 204


@pytest.mark.safety("S24", "S25")
def test_no_browser_keeps_it(ana):
    response = ana.get(reverse("today"))
    assert response.headers["Cache-Control"] == "no-store, private"
    assert "<title>Notes for two</title>" in response.content.decode()


@pytest.mark.safety("S31")
def test_nothing_is_counted(cast, ana, ben):
    for _ in range(3):
        share(cast.ana)
    html = look(ben, "today")
    assert "There is more" in html
    assert "3 " not in html.split('id="menu"')[0].split("<h1>")[1]


def test_after_the_space_was_closed_nothing_of_it_stands_here(cast, ben):
    share(cast.ana)
    leaving.leave(member=seat(cast.ana))
    assert ben.get(reverse("today")).headers["Location"] == reverse("closed")
    leaving.acknowledge(user=cast.ben)
    html = look(signed_in(cast.ben), "today")
    assert "Ana" not in html
    assert reverse("invite") in html


@pytest.mark.parametrize("history", [1, 3, 12])
def test_queries_do_not_follow_the_history(cast, history, django_assert_num_queries):
    for number in range(history):
        landed(cast.ana, cast.ben, depth=1)
        share(cast.ben, text=f"number {number}")
        draft = signed_in(cast.ana).post(reverse("openings"), {"own": f"q {number}", "later": "1"})
        assert draft.status_code == 302
    ana = signed_in(cast.ana)
    ana.get(reverse("today"))
    with django_assert_num_queries(8):
        ana.get(reverse("today"))
    Disclosure.objects.both_of(seat(cast.ana)).update(state="landed")
    with django_assert_num_queries(9):
        ana.get(reverse("today"))


def test_alone_it_costs_no_more(cast, django_assert_max_num_queries):
    eve = signed_in(cast.eve)
    with django_assert_max_num_queries(9):
        eve.get(reverse("today"))


def test_a_closed_or_answered_thing_suggests_nothing(cast, ana, ben):
    told = disclosure_of(cast.ana, share(cast.ana))
    sharing.take_back(member=seat(cast.ana), disclosure=told)
    assert steps(look(ben, "today")) == 0
    second = disclosure_of(cast.ana, share(cast.ana))
    theirs = Disclosure.objects.of(seat(cast.ben)).get(pk=second.pk)
    answering.open_disclosure(member=seat(cast.ben), disclosure=theirs)
    sharing.enough(member=seat(cast.ana), disclosure=second)
    assert steps(look(ben, "today")) == 0
    assert steadily_the_same(ana)


def steadily_the_same(client):
    return look(client, "today") == steady(client.get(reverse("today")).content.decode())
