"""From an opening to a page of one's own, and together exchanges."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from couples import cards, vault
from couples.comfort import Edges
from couples.management.commands.advance_clock import move
from prompts.actions.openings import UNTOUCHED_DAYS, untouched
from prompts.library import library
from prompts.models import Disclosure, Draft, Exchange
from tests.cast import pair, seat, signed_in
from tests.exchanges import TEXT, share
from tests.prompts.pages import everything, look, ways

pytestmark = pytest.mark.django_db
WORDS = library("en")
LIGHT = next(prompt for prompt in WORDS.prompts if prompt.depth == 1)
DEEP = next(prompt for prompt in WORDS.prompts if prompt.depth == 4 and prompt.topic != "intimacy")
INTIMATE = next(prompt for prompt in WORDS.prompts if prompt.topic == "intimacy")


@pytest.fixture
def ana(cast):
    return signed_in(cast.ana)


def drafts_of(user):
    member = seat(user)
    return [vault.words(member, row) for row in Draft.objects.of(member).order_by("saved", "id")]


def send(client, page, **words):
    client.post(page, {"text": TEXT, "depth": "1", **words})
    return client.post(page + "send/")


def without_lighter(html):
    """The lighter one is of today's menu, and tells no more than the menu does."""
    return re.sub(r'/openings/\w+/">A lighter one', "A lighter one", html)


@pytest.mark.practice("A4", "A16", "A44", "A55")
def test_an_opening_can_be_taken_in_two_ways_kept_or_left(cast, ana):
    html = look(ana, "opening", LIGHT.key)
    assert LIGHT.purpose in html
    for choice in ('value="one"', 'value="together"', 'name="later"', ">Skip<"):
        assert choice in html
    page = ana.post(reverse("openings"), {"prompt": LIGHT.key, "how": "one"}).headers["Location"]
    assert ana.get(page).status_code == 200
    assert drafts_of(cast.ana) == [
        {
            "prompt": {"key": LIGHT.key, "text": LIGHT.text},
            "kind": "",
            "topic": LIGHT.topic,
            "depth": 1,
        }
    ]


@pytest.mark.practice("A16", "A20")
def test_a_deep_opening_comes_with_patience_and_a_lighter_one(ana):
    html = look(ana, "opening", DEEP.key)
    assert "With patience" in html
    assert "A lighter one" in html
    assert "With patience" not in look(ana, "opening", LIGHT.key)


@pytest.mark.practice("A16")
def test_kept_for_later_it_stands_on_ones_own_first_page(cast, ana):
    before = everything(signed_in(cast.ben))
    assert ana.post(reverse("openings"), {"prompt": DEEP.key, "later": "1"}).status_code == 302
    html = look(ana, "today")
    assert "Kept for later" in html
    assert "Kept for you alone" in html
    assert everything(signed_in(cast.ben)) == before


def test_looking_at_an_opening_twice_makes_one_page(cast, ana):
    first, second = (
        ana.post(reverse("openings"), {"prompt": LIGHT.key}).headers["Location"] for _ in range(2)
    )
    assert first == second
    other = ana.post(reverse("openings"), {"prompt": LIGHT.key, "how": "together"})
    assert other.headers["Location"] != first
    assert "Kept for later" not in look(ana, "today")


def test_pages_never_written_on_go_after_a_week_and_others_stay(cast, ana):
    ana.post(reverse("openings"), {"prompt": LIGHT.key})
    ana.post(reverse("openings"), {"prompt": DEEP.key, "later": "1"})
    page = ana.post(reverse("openings"), {"own": "mine"}).headers["Location"]
    ana.post(page, {"text": "a beginning", "later": "1"})
    move(UNTOUCHED_DAYS * 2)
    ana = signed_in(cast.ana)
    ana.post(reverse("openings"), {"prompt": LIGHT.key})
    kept = drafts_of(cast.ana)
    assert len(kept) == 3
    assert sum(untouched(words) for words in kept) == 2


@pytest.mark.parametrize("key", ["never-heard-of", "x" * 200])
def test_an_unknown_opening_is_not_there(ana, key):
    assert ana.get(reverse("opening", args=[key])).status_code == 404
    assert ana.post(reverse("openings"), {"prompt": key}).status_code == 404


@pytest.mark.safety("S29")
def test_intimate_openings_are_there_only_for_whoever_asked_for_them(cast, ana):
    address = reverse("opening", args=[INTIMATE.key])
    assert ana.get(address).status_code == 404
    assert ana.post(reverse("openings"), {"prompt": INTIMATE.key}).status_code == 404
    assert 'value="intimacy"' not in look(ana, "today")
    cards.change(member=seat(cast.ben), wish=Edges(2, {"intimacy": "open"}))
    assert ana.get(address).status_code == 404
    cards.change(member=seat(cast.ana), wish=Edges(2, {"intimacy": "open"}))
    move(timedelta(hours=25))
    ana = signed_in(cast.ana)
    assert ana.get(address).status_code == 200
    assert 'value="intimacy"' in look(ana, "today")


@pytest.mark.safety("S30")
def test_the_other_ones_edges_cannot_be_told_from_an_opening(cast, ana):
    before = without_lighter(look(ana, "opening", DEEP.key))
    cards.change(member=seat(cast.ben), wish=Edges(1, {DEEP.topic: "not_now"}))
    assert without_lighter(look(ana, "opening", DEEP.key)) == before
    assert ana.post(reverse("openings"), {"prompt": DEEP.key}).status_code == 302


def test_an_opening_of_ones_own(cast, ana):
    words = {"own": "  When did we last dance? ", "topic": "play", "how": "together"}
    assert ana.post(reverse("openings"), words).status_code == 302
    (held,) = drafts_of(cast.ana)
    assert held["prompt"] == {"key": "", "text": "When did we last dance?"}
    assert (held["kind"], held["topic"], held["depth"]) == ("together", "play", 1)


def test_a_too_long_opening_of_ones_own_is_kept_on_the_page(ana):
    response = ana.post(reverse("openings"), {"own": "dance " * 60, "topic": "play"})
    assert response.status_code == 422
    html = response.content.decode()
    assert "dance dance" in html
    assert "Everything you typed is still here" in html


@pytest.mark.practice("A8")
@pytest.mark.safety("S3")
def test_together_neither_reads_before_both_have_answered(cast, ana):
    ben = signed_in(cast.ben)
    page = ana.post(reverse("openings"), {"prompt": LIGHT.key, "how": "together"})
    send(ana, page.headers["Location"], text="Ana's pocket")
    exchange = Exchange.objects.of(seat(cast.ben)).get()
    assert exchange.kind == "together"
    first, second = (
        ben.post(reverse("join_together", args=[exchange.id])).headers["Location"] for _ in range(2)
    )
    assert first == second
    assert "Ana&#x27;s pocket" not in ben.get(first).content.decode()
    assert LIGHT.text in ben.get(first).content.decode()
    send(ben, first, text="Ben's pocket")
    assert Disclosure.objects.of(seat(cast.ana)).filter(exchange=exchange, shown=True).count() == 2
    for client in (ana, ben):
        html = look(client, "exchange", exchange.id)
        assert "Ana&#x27;s pocket" in html
        assert "Ben&#x27;s pocket" in html
    again = ben.post(reverse("join_together", args=[exchange.id]))
    assert again.headers["Location"] == reverse("exchange", args=[exchange.id])


def test_one_answer_each(cast):
    exchange = share(cast.ana, together=True)
    ben = signed_in(cast.ben)
    page = ben.post(reverse("join_together", args=[exchange.id])).headers["Location"]
    ben.post(page, {"text": "from the phone", "revision": "1"})
    other = ben.post(page, {"text": "from the laptop", "revision": "1"}).headers["Location"]
    assert ben.post(page + "send/").status_code == 302
    refused = ben.post(other.replace("review", "send"))
    assert refused.status_code == 422
    assert "One answer each" in refused.content.decode()
    assert [words["text"] for words in drafts_of(cast.ben)] == ["from the laptop"]


@pytest.mark.safety("S1")
def test_a_draft_beside_a_together_opening_shows_nowhere(cast, ana):
    exchange = share(cast.ana, together=True)
    before = everything(ana), look(ana, "exchange", exchange.id)
    ben = signed_in(cast.ben)
    page = ben.post(reverse("join_together", args=[exchange.id])).headers["Location"]
    ben.post(page, {"text": "half a thought", "later": "1"})
    assert (everything(ana), look(ana, "exchange", exchange.id)) == before


@pytest.mark.safety("S34")
def test_joining_is_for_the_partner_alone(cast, ana):
    exchange = share(cast.ana, together=True)
    address = reverse("join_together", args=[exchange.id])
    assert ana.post(address).headers["Location"] == reverse("exchange", args=[exchange.id])
    assert signed_in(cast.ben).get(address).status_code == 405
    for user in (cast.cleo, cast.eve, cast.fay):
        assert signed_in(user).post(address).status_code == 404


def test_an_ordinary_exchange_cannot_be_joined(cast):
    exchange = share(cast.ana)
    ben = signed_in(cast.ben)
    response = ben.post(reverse("join_together", args=[exchange.id]))
    assert response.headers["Location"] == reverse("exchange", args=[exchange.id])
    assert drafts_of(cast.ben) == []


def test_what_was_prepared_alone_comes_along(cast):
    eve = signed_in(cast.eve)
    page = eve.post(reverse("openings"), {"prompt": LIGHT.key}).headers["Location"]
    eve.post(page, {"text": "written alone", "later": "1"})
    eve.post(reverse("not_today"))
    pair(cast.eve, cast.fay)
    eve = signed_in(cast.eve)
    html = look(eve, "today")
    assert "written alone" in html
    assert ways(html) == []
