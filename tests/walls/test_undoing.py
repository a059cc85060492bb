"""What somebody does twice, undoes or does too late tells the other nothing and moves nothing."""

import pytest
from django.urls import reverse

from config import env
from couples import agreement, cards, leaving, live
from couples.comfort import Edges
from couples.errors import NotHere
from prompts.actions import answering, sharing
from prompts.library import library
from prompts.models import Disclosure, Reply
from rituals.actions import plan
from tests.cast import seat, signed_in
from tests.exchanges import TEXT, answer, disclosure_of, share
from tests.prompts.pages import look, ways
from tests.rituals import stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def events(monkeypatch):
    said: list[str] = []
    monkeypatch.setattr(live, "_on_commit", said.append)
    return said


def share_and_take_back(cast, key, opened):
    asked = library("en").prompt(key)
    prompt = {"key": key, "text": asked.text}
    exchange = share(cast.ana, prompt=prompt, topic=asked.topic, depth=asked.depth)
    told = disclosure_of(cast.ana, exchange)
    if opened:
        theirs = Disclosure.objects.of(seat(cast.ben)).get(pk=told.pk)
        answering.open_disclosure(member=seat(cast.ben), disclosure=theirs)
    sharing.take_back(member=seat(cast.ana), disclosure=told)


@pytest.mark.safety("S1")
@pytest.mark.safety("S4")
def test_the_next_menu_does_not_tell_an_author_whether_they_had_been_read(cast):
    for user in (cast.ana, cast.ben):
        cards.change(member=seat(user), wish=Edges(4))
    ana = signed_in(cast.ana)
    key = ways(look(ana, "today"))[0]
    menus = []
    for opened in (False, True):
        share_and_take_back(cast, key, opened)
        menus.append(ways(look(ana, "today")))
    assert menus[0] == menus[1]
    assert ways(look(signed_in(cast.ben), "today")) == menus[1]


@pytest.mark.safety("S3")
def test_a_yes_said_twice_or_taken_back_twice_calls_nobody(cast, events):
    ana, ben = seat(cast.ana), seat(cast.ben)
    agreement.write(member=ana, lines={"lines": ["Look up when I talk."]})
    agreement.say_yes(member=ben, number=1)
    events.clear()
    agreement.say_yes(member=ben, number=1)
    assert events == []
    agreement.withdraw(member=ben)
    assert len(events) == 1
    agreement.withdraw(member=ben)
    assert len(events) == 1


@pytest.mark.safety("S3")
def test_taking_back_a_plan_that_is_not_there_calls_nobody(cast, events):
    plan.withdraw(member=seat(cast.ana))
    assert events == []
    stage.circle(cast.ana)
    events.clear()
    plan.withdraw(member=seat(cast.ana))
    assert len(events) == 1


@pytest.mark.safety("S11")
def test_nothing_of_the_agreement_moves_once_the_space_is_closed(cast):
    ana, ben = seat(cast.ana), seat(cast.ben)
    agreement.write(member=ana, lines={"lines": ["Look up when I talk."]})
    leaving.leave(member=ana)
    for act in (
        lambda: agreement.write(member=ben, lines={"lines": ["Too late"]}),
        lambda: agreement.say_yes(member=ben, number=1),
        lambda: agreement.withdraw(member=ben),
    ):
        with pytest.raises(NotHere):
            act()


@pytest.mark.safety("S11")
def test_an_act_that_comes_a_moment_too_late_is_no_error(cast, monkeypatch):
    def ended(**_):
        raise NotHere

    monkeypatch.setattr(agreement, "withdraw", ended)
    answer = signed_in(cast.ana).post(reverse("agreement_withdraw"))
    assert (answer.status_code, answer["Location"]) == (302, reverse("today"))


@pytest.mark.safety("S28")
def test_short_words_and_ideas_cannot_flood_a_page(cast):
    exchange = share(cast.ana)
    told = disclosure_of(cast.ana, exchange)
    answer(cast.ben, told)
    sharing.welcome_ideas(member=seat(cast.ana), disclosure=told)
    ben = signed_in(cast.ben)
    for _ in range(12):
        ben.post(reverse("hold", args=[told.id]), {"holding": "here"})
        ben.post(reverse("ideas", args=[told.id]), {"note": "Have you tried this?"})
    kinds = [row.kind for row in Reply.objects.of(seat(cast.ana)).filter(disclosure=told)]
    assert (kinds.count("holding"), kinds.count("ideas")) == (5, 3)


@pytest.mark.parametrize("origin", ["http://[", "http://]:x", "null", ""])
def test_an_origin_that_is_none_is_refused_and_breaks_nothing(client, origin):
    answer = client.post(reverse("have_invitation"), {"link": "x"}, HTTP_ORIGIN=origin)
    assert answer.status_code == 403


def test_a_revision_of_thousands_of_digits_is_no_error(cast):
    ana = signed_in(cast.ana)
    page = ana.post(reverse("openings"), {"own": "What is on my mind?", "topic": "work"})[
        "Location"
    ]
    answer = ana.post(f"{page}save/", {"text": "Words", "revision": "9" * 5000})
    assert answer.status_code == 200


def test_a_key_nobody_asked_for_is_known_to_nobody(monkeypatch, tmp_path):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    monkeypatch.setenv("SECRET_KEY_FILE", str(tmp_path / "none"))
    made = {env.secret_key(required=False) for _ in range(3)}
    assert len(made) == 3
    assert min(map(len, made)) > 50
    with pytest.raises(env.BadEnvironment):
        env.secret_key(required=True)


@pytest.mark.safety("S1")
def test_what_was_let_rest_unread_stays_closed_until_it_is_opened(cast):
    exchange = share(cast.ana)
    told = disclosure_of(cast.ana, exchange)
    sharing.enough(member=seat(cast.ana), disclosure=told)
    ana, ben = signed_in(cast.ana), signed_in(cast.ben)
    hers = look(ana, "exchange", exchange.id)
    assert TEXT not in look(ben, "exchange", exchange.id)
    assert TEXT not in look(ben, "feed")
    assert ben.get(reverse("arrive", args=[told.id])).status_code == 200
    ben.post(reverse("open", args=[told.id]))
    assert TEXT in look(ben, "exchange", exchange.id)
    assert look(ana, "exchange", exchange.id) == hers
    sharing.take_back(member=seat(cast.ana), disclosure=told)
    assert "Taken back by its author" in look(ben, "exchange", exchange.id)


@pytest.mark.parametrize("name", ["ui", "mailbox"])
def test_doors_of_a_local_run_stay_shut_behind_anything(client, settings, name):
    settings.DEBUG = True
    assert client.get(reverse(name)).status_code == 200
    for header in ("X-Forwarded-For", "X-Real-IP", "Forwarded", "Via"):
        assert client.get(reverse(name), headers={header: "127.0.0.1"}).status_code == 404
    assert client.get(reverse(name), REMOTE_ADDR="192.168.1.7").status_code == 404
    settings.SECURE = True
    assert client.get(reverse(name)).status_code == 404


@pytest.mark.parametrize("name", ["home", "today", "safety"])
def test_a_cookie_that_is_no_key_is_nobody(client, name):
    client.cookies["session"] = "aaaaaaaa\x00bbbb"
    assert client.get(reverse(name)).status_code in (200, 302)
