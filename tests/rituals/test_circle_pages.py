"""A circle in one room, step by step, over HTTP and without JavaScript."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from couples import vault
from couples.models import User
from prompts.library import library
from rituals.models import CircleSession, Ritual
from tests.cast import seat, signed_in
from tests.rituals.stage import circle, move_clock

pytestmark = [pytest.mark.django_db, pytest.mark.practice("A56")]
GO, PAGE = "/rituals/circle/go/", "/rituals/circle/"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def hers(ana: User, ben: User):
    """Ana's browser, in a circle that has just begun."""
    circle(ana, ben)
    client = signed_in(ana)
    client.post(reverse("circle_begin"))
    return client


def now_at(client) -> str:
    found = re.search(r'name="step" value="(\w+)"', client.get(PAGE).content.decode())
    return found[1] if found else "quiet"


def go(client, move: str = "on", step: str = "", **words: str):
    return client.post(GO, {"step": step or now_at(client), "move": move, **words})


def clock(client) -> str:
    page = client.get(PAGE).content.decode()
    found = re.search(r"data-ring-clock>([\d:]+)<", page)
    return found[1] if found else ""


def words(user: User) -> dict:
    row = CircleSession.objects.of(seat(user)).order_by("-since").first()
    assert row
    return vault.words(seat(user), row)


def through(client, *moves: str) -> None:
    for move in moves:
        if now_at(client) == "quiet":
            move_clock(timedelta(seconds=20))
        go(client, move)


@pytest.mark.practice("B6")
def test_ready_asks_both_and_not_now_is_a_good_answer(ana, ben):
    circle(ana, ben)
    page = signed_in(ana).get(PAGE).content.decode()
    for said in (
        "Are you both ready?",
        "We are both ready",
        "Let’s say in an hour",
        "Not this week",
    ):
        assert said in page


@pytest.mark.practice("A32")
def test_it_begins_with_a_light_line(ana, hers):
    page = hers.get(PAGE).content.decode()
    lines = [line.text for line in library("en").circle.lines_for("warm_up")]
    assert sum(line.replace("'", "&#x27;") in page for line in lines) == 1


@pytest.mark.practice("A57")
def test_whoever_does_not_speak_first_may_pick_another_light_line(ana, hers):
    page = hers.get(PAGE).content.decode()
    assert "You pick: this one, or" in page  # Ben speaks first
    lines = set()
    for number in ("0", "1", "2", "-1", "nine", "9" * 50):
        page = hers.get(PAGE, {"line": number}).content.decode()
        lines.add(re.search(r"<h1>(.*?)</h1>", page)[1])
    assert len(lines) == 3


@pytest.mark.practice("B7")
def test_while_it_runs_there_is_one_card_and_no_other_place_to_go(ana, hers):
    go(hers)
    links = re.findall(r'<a [^>]*href="(/[^"]*)"', hers.get(PAGE).content.decode())
    assert set(links) <= {"/rituals/", "/rituals/circle/"}


@pytest.mark.practice("A31")
def test_five_minutes_by_the_server_that_survive_a_reload_and_end_softly(ana, hers):
    go(hers)
    assert clock(hers) in ("5:00", "4:59")
    move_clock(3 * MINUTE)
    assert clock(hers) in ("2:00", "1:59")
    assert clock(signed_in(ana)) in ("2:00", "1:59")
    assert "data-ring-over hidden" in hers.get(PAGE).content.decode()
    move_clock(4 * MINUTE)
    page = hers.get(PAGE).content.decode()
    assert clock(hers) == "0:00"
    assert re.search(r"data-ring-over>\s*The time is over", page)
    assert now_at(hers) == "first_speaks"


@pytest.mark.practice("A33")
def test_who_listens_has_nothing_to_say_but_a_note_to_themselves(ana, hers):
    go(hers)
    page = hers.get(PAGE).content.decode()
    assert "Ben is speaking" in page  # Ana planned it, so Ben begins
    assert re.findall(r'<(?:textarea|select|input)[^>]* name="(\w+)"', page) == [
        "csrfmiddlewaretoken",
        "step",
        "heard",
    ]


def test_one_feeling_and_one_need_are_all_a_turn_can_hold(ana, hers):
    through(hers, "on", "on", "on")
    move_clock(timedelta(seconds=20))
    feeling = library("en").feelings[0].feelings[0].key
    go(hers, feeling=feeling, need="a quiet morning")
    assert (words(ana)["feeling"], words(ana)["need"]) == (feeling, "a quiet morning")
    too_much = go(hers, need="x" * 141)
    assert too_much.status_code == 422
    assert now_at(hers) == "second_heard"


@pytest.mark.practice("A34")
def test_it_closes_with_a_sentence_each_or_not_tonight(ana, hers):
    through(hers, "on", "on", "on", "on", "on")
    assert now_at(hers) == "summary"
    empty = go(hers, summary="")
    assert empty.status_code == 422
    assert "A word or two here" in empty.content.decode()
    go(hers, "skip")
    assert now_at(hers) == "thanks"


@pytest.mark.practice("A35")
def test_a_small_step_comes_back_next_time_as_a_question(ana, hers):
    through(hers, "on", "on", "on", "on", "on")
    go(hers, summary="You worry about the shift")
    go(hers, thanks="")
    end = go(hers, small_step="A walk on Tuesday")
    page = hers.get(end.url).content.decode()
    assert "You worry about the shift" in page
    assert "A walk on Tuesday" in page
    move_clock(timedelta(days=7))
    hers.post(reverse("circle_begin"))
    again = hers.get(PAGE).content.decode()
    assert "A walk on Tuesday" in again
    assert "How was it, the small thing from last time?" in again


@pytest.mark.practice("A70")
def test_half_is_fine_and_keeps_what_there_is(ana, hers):
    go(hers)
    go(hers, heard="the kitchen, the letter")
    end = go(hers, "half")
    assert end.status_code == 302
    assert "the kitchen, the letter" in hers.get(end.url).content.decode()


@pytest.mark.practice("A70")
def test_what_was_left_halfway_is_there_the_next_day(ana, hers):
    go(hers)
    move_clock(timedelta(days=1))
    page = hers.get(PAGE).content.decode()
    assert "You stopped here" in page
    go(hers, "restart")
    assert clock(hers) in ("5:00", "4:59")
    assert "You stopped here" not in hers.get(PAGE).content.decode()


def test_a_second_tap_or_an_old_tab_changes_nothing(ana, hers):
    go(hers, step="warm_up")
    again = go(hers, step="warm_up")
    assert (again.status_code, now_at(hers)) == (302, "first_speaks")
    go(hers, "more")
    assert now_at(hers) == "first_speaks"
    assert go(hers, step="nowhere").status_code == 422
    assert go(hers, "jump").status_code == 422


@pytest.mark.practice("B8")
def test_twenty_seconds_of_quiet_move_on_by_themselves_with_or_without_javascript(ana, hers):
    through(hers, "on", "on", "on")
    page = hers.get(PAGE).content.decode()
    assert "A little quiet" in page
    assert re.search(r'<noscript><meta http-equiv="refresh" content="2[01]"></noscript>', page)
    move_clock(timedelta(seconds=20))
    assert "You are speaking" in hers.get(PAGE).content.decode()
    part = hers.get(PAGE, headers={"HX-Request": "true"}).content.decode().strip()
    assert part.startswith('<div class="session" id="circle">')


@pytest.mark.practice("A50")
@pytest.mark.practice("A57")
def test_who_begins_alternates_without_a_word_about_it(ana, hers):
    firsts = []
    for _ in range(6):
        hers.post(reverse("circle_begin"))
        go(hers)
        row = CircleSession.objects.of(seat(ana)).get(ended_at=None)
        firsts.append(row.first)
        go(hers, "half")
        move_clock(timedelta(days=7))
    assert firsts == [2, 1, 2, 1, 2, 1]


@pytest.mark.safety("S1")
@pytest.mark.parametrize("alone", [0, 1, 2])
def test_who_begins_does_not_tell_what_the_other_ran_alone(ana, ben, hers, alone):
    for _ in range(alone):
        hers.post(reverse("circle_begin"))
        go(hers)
        go(hers, "half")
        move_clock(timedelta(days=1))
    move_clock(timedelta(days=7 - alone))
    signed_in(ben).post(reverse("circle_begin"))
    assert CircleSession.objects.of(seat(ben)).get(ended_at=None).first == 1


def test_a_circle_started_twice_in_an_evening_keeps_its_order(ana, hers):
    go(hers)
    go(hers, "half")
    hers.post(reverse("circle_begin"))
    assert CircleSession.objects.of(seat(ana)).get(ended_at=None).first == 2


@pytest.mark.safety("S26")
def test_what_was_noted_is_sealed(ana, hers):
    go(hers)
    go(hers, heard="the kitchen, the letter")
    row = CircleSession.objects.of(seat(ana)).get()
    assert b"kitchen" not in bytes(row.sealed)


def test_queries_of_a_step(ana, hers, django_assert_num_queries):
    go(hers)
    with django_assert_num_queries(8):
        hers.get(PAGE)


def test_the_circle_follows_the_ritual_not_the_other_way(ana, hers):
    before = Ritual.objects.of(seat(ana)).values("next_on", "next_due_at", "weekday").get()
    through(hers, "on", "half")
    assert Ritual.objects.of(seat(ana)).values("next_on", "next_due_at", "weekday").get() == before


def ended(client, **words: str) -> str:
    """Close a circle early with these notes; the address of its end."""
    through(client, "on", "on", "on", "on", "on")
    go(client, **words)
    return go(client, "half").url


def test_kept_words_open_for_both_once_both_have_kept(ana, hers):
    ben = User.objects.get(name="Ben")
    his = signed_in(ben)
    end = ended(hers, summary="You worry about the shift")
    assert hers.post(end + "keep/").url == hers.post(end + "keep/").url == end
    kept = CircleSession.objects.of(seat(ana)).get().exchange_id
    exchange = reverse("exchange", args=[kept])
    assert "You worry about the shift" not in his.get(exchange).content.decode()
    his.post(reverse("circle_begin"))
    his_end = ended(his, summary="You miss the mornings")
    his.post(his_end + "keep/")
    assert CircleSession.objects.of(seat(ben)).get().exchange_id == kept
    for client in (hers, his):
        page = client.get(exchange).content.decode()
        assert "You worry about the shift" in page
        assert "You miss the mornings" in page


@pytest.mark.practice("A33")
def test_what_was_noted_while_listening_is_never_kept_between_them(ana, hers):
    go(hers)
    go(hers, heard="the kitchen, the letter")
    end = go(hers, "half").url
    hers.post(end + "keep/")
    kept = CircleSession.objects.of(seat(ana)).get().exchange_id
    page = hers.get(reverse("exchange", args=[kept])).content.decode()
    assert "the kitchen, the letter" not in page
    assert "the kitchen, the letter" in hers.get(end).content.decode()
