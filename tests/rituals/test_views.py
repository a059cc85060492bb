"""The ladder of every page: works, partner, stranger, ex-member, wrong method, invalid, queries."""

import re
from datetime import time

import pytest
from django.urls import reverse

from couples import leaving
from couples.models import User
from rituals.actions import circle as circles
from rituals.models import CircleSession, Ritual, RitualMove, RitualPart
from tests.cast import pair, person, seat, signed_in
from tests.rituals.stage import circle, part

pytestmark = pytest.mark.django_db
SUNDAY_EVENING = {"weekday": "6", "local_time": "19:30", "tz": "Europe/Berlin"}
FRIDAY_NIGHT = {"weekday": "4", "local_time": "21:00", "tz": "Europe/Berlin"}
REMINDER = {"lead_minutes": "30", "subject": "reminder", "every": "1", "mail_on": "on"}
ALL_PAGES = ("rituals", "ritual_plan", "ritual_mine", "circle")
ALL_POSTS = (
    *("ritual_plan", "ritual_agree", "ritual_withdraw", "ritual_mine", "ritual_address"),
    *("ritual_part", "circle_begin", "circle_go"),
)


def text(answer) -> str:
    body = answer.content.decode()
    return re.sub(r'(csrfmiddlewaretoken" value=|X-CSRFToken": |live/\?token=)[^>&\s]+', "", body)


def ritual(user: User) -> Ritual:
    return Ritual.objects.of(seat(user)).get()


def test_without_a_ritual_there_is_one_small_thing_to_do(ana, ben):
    page = text(signed_in(ana).get(reverse("rituals")))
    assert "Plan a weekly circle" in page
    assert signed_in(ana).get(reverse("circle")).url == reverse("rituals")
    assert signed_in(ana).get(reverse("ritual_mine")).status_code == 404


def test_planned_by_one_agreed_by_the_other(ana, ben):
    answer = signed_in(ana).post(reverse("ritual_plan"), SUNDAY_EVENING)
    assert (answer.status_code, answer.url) == (302, reverse("rituals"))
    asked = text(signed_in(ben).get(reverse("rituals")))
    assert "Ana suggests a weekly circle" in asked
    assert "Every Sunday, 19:30" in asked
    signed_in(ben).post(reverse("ritual_agree"), {"to": ritual(ana).id})
    assert ritual(ana).agreed
    assert "Every Sunday, 19:30" in text(signed_in(ana).get(reverse("rituals")))
    assert part(ben).mail_on


@pytest.mark.safety("S28")
def test_ten_times_a_day_are_suggested_and_the_next_keeps_what_was_chosen(ana, ben):
    circle(ana, ben)
    client = signed_in(ben)
    hours = [{**FRIDAY_NIGHT, "local_time": f"{hour}:15"} for hour in range(10, 21)]
    answers = [client.post(reverse("ritual_plan"), hour) for hour in hours]
    assert [answer.status_code for answer in answers] == [302] * 10 + [429]
    assert 'value="20:15"' in text(answers[-1])
    assert "Your words are kept" in text(answers[-1])
    assert RitualMove.objects.of(seat(ana)).get().local_time == time(19, 15)


def test_who_suggests_another_time_is_reminded_once_that_is_agreed(ana, ben):
    circle(ana)
    signed_in(ben).post(reverse("ritual_plan"), FRIDAY_NIGHT)
    assert not RitualPart.objects.of(seat(ben)).exists()
    assert "Your suggestion" in text(signed_in(ben).get(reverse("rituals")))
    move = RitualMove.objects.of(seat(ana)).get()
    signed_in(ana).post(reverse("ritual_agree"), {"to": move.id})
    assert (ritual(ana).weekday, ritual(ana).agreed) == (4, True)
    assert part(ben).mail_on


@pytest.mark.practice("A36")
def test_a_move_leaves_a_stopped_part_stopped(ana, ben):
    circle(ana, ben)
    signed_in(ana).post(reverse("ritual_part"), {"do": "stop"})
    signed_in(ana).post(reverse("ritual_plan"), FRIDAY_NIGHT)
    move = RitualMove.objects.of(seat(ben)).get()
    signed_in(ben).post(reverse("ritual_agree"), {"to": move.id})
    assert part(ana).stopped_at


@pytest.mark.practice("A36")
def test_moving_it_needs_both_and_the_old_time_stands_until_then(ana, ben):
    circle(ana, ben)
    signed_in(ben).post(reverse("ritual_plan"), FRIDAY_NIGHT)
    assert ritual(ana).weekday == 6
    assert "Ben suggests another time" in text(signed_in(ana).get(reverse("rituals")))
    mine = signed_in(ben).post(
        reverse("ritual_agree"), {"to": RitualMove.objects.of(seat(ben)).get().id}
    )
    assert (mine.status_code, ritual(ana).weekday) == (302, 6)
    move = RitualMove.objects.of(seat(ana)).get()
    signed_in(ana).post(reverse("ritual_agree"), {"to": move.id})
    assert (ritual(ana).weekday, ritual(ana).local_time) == (4, time(21, 0))


def test_a_yes_counts_only_for_what_the_page_showed(ana, ben):
    circle(ana, ben)
    signed_in(ben).post(reverse("ritual_plan"), FRIDAY_NIGHT)
    shown = RitualMove.objects.of(seat(ana)).get().id
    signed_in(ben).post(reverse("ritual_plan"), {**FRIDAY_NIGHT, "local_time": "06:00"})
    signed_in(ana).post(reverse("ritual_agree"), {"to": shown})
    assert ritual(ana).weekday == 6
    assert signed_in(ana).post(reverse("ritual_agree"), {"to": "nonsense"}).status_code == 302


def test_a_suggestion_is_taken_back_and_a_plan_nobody_answered_too(ana, ben):
    circle(ana, ben)
    signed_in(ben).post(reverse("ritual_plan"), FRIDAY_NIGHT)
    signed_in(ana).post(reverse("ritual_withdraw"))
    assert RitualMove.objects.of(seat(ana)).exists()
    signed_in(ben).post(reverse("ritual_withdraw"))
    assert not RitualMove.objects.of(seat(ana)).exists()
    assert ritual(ana).agreed
    cleo = person("Cleo")
    signed_in(cleo).post(reverse("ritual_plan"), SUNDAY_EVENING)
    signed_in(cleo).post(reverse("ritual_withdraw"))
    assert not Ritual.objects.of(seat(cleo)).exists()


@pytest.mark.parametrize(
    "wrong",
    [{"weekday": "7"}, {"weekday": ""}, {"local_time": "25:00"}, {"tz": "Mars/Olympus"}],
)
def test_an_impossible_plan_is_said_so_and_kept_on_the_page(ana, ben, wrong):
    answer = signed_in(ana).post(reverse("ritual_plan"), {**SUNDAY_EVENING, **wrong})
    assert answer.status_code == 422
    assert "field__error" in text(answer)
    assert not Ritual.objects.of(seat(ana)).exists()


@pytest.mark.safety("S1")
@pytest.mark.safety("S34")
def test_nothing_i_change_in_my_own_part_changes_a_byte_for_the_other(ana, ben):
    circle(ana, ben)
    his = signed_in(ben)
    pages = [reverse(name) for name in ALL_PAGES]
    before = [text(his.get(page)) for page in pages]
    hers, act = signed_in(ana), reverse("ritual_part")
    day = {"day": "2027-01-10"}
    hers.post(reverse("ritual_mine"), {**REMINDER, "wording": "tea", "own_words": "on"})
    hers.post(reverse("ritual_address"), {"email": "else@example.org"})
    for do in ("skip", "unskip", "snooze", "pause_two", "go_on", "stop"):
        assert hers.post(act, {"do": do, **day}).status_code == 302
        assert [text(his.get(page)) for page in pages] == before
    hers.post(act, {"do": "go_on"})
    hers.post(reverse("circle_begin"))
    hers.post(reverse("circle_go"), {"step": "warm_up", "move": "half"})
    assert [text(his.get(page)) for page in pages] == before


def test_my_reminder_keeps_what_i_say(ana, ben):
    circle(ana, ben)
    page, client = reverse("ritual_mine"), signed_in(ana)
    choices = {"lead_minutes": "60", "subject": "note", "every": "2", "wording": "tea <first>"}
    assert client.post(page, choices).status_code == 302
    kept = part(ana)
    assert (kept.lead_minutes, kept.subject, kept.every, kept.mail_on) == (60, "note", 2, False)
    assert "tea &lt;first&gt;" in text(client.get(page))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("ritual_mine", {**REMINDER, "lead_minutes": "7"}),
        ("ritual_mine", {**REMINDER, "wording": "x" * 281}),
        ("ritual_mine", {**REMINDER, "subject": "love"}),
        ("ritual_address", {"email": "not an address"}),
        ("ritual_part", {"do": "dance"}),
        ("ritual_part", {"do": "skip", "day": "yesterday"}),
        ("ritual_part", {"do": "skip", "day": "2027-01-11"}),
    ],
)
def test_what_cannot_be_is_422_with_the_page(ana, ben, name, data):
    circle(ana, ben)
    answer = signed_in(ana).post(reverse(name), data)
    assert answer.status_code == 422
    assert "My reminder" in text(answer)


@pytest.mark.practice("A36")
def test_stopping_ones_own_part_works_at_once_and_asks_nobody(ana, ben):
    circle(ana, ben)
    signed_in(ana).post(reverse("ritual_part"), {"do": "stop"})
    assert part(ana).stopped_at
    assert not part(ben).stopped_at
    assert "Your part is stopped" in text(signed_in(ana).get(reverse("ritual_mine")))


@pytest.mark.safety("S34")
def test_strangers_and_those_who_left_find_nothing(ana, ben):
    circle(ana, ben)
    circles.start(member=seat(ana))
    row = circles.go(member=seat(ana), step="warm_up", move=circles.Move.HALF, words={})
    cleo, unknown = signed_in(person("Cleo")), reverse("circle_end", args=[ritual(ana).id])
    theirs = reverse("circle_end", args=[row.id])
    keep = reverse("circle_keep", args=[row.id])
    assert signed_in(ana).get(theirs).status_code == 200
    missing = text(cleo.get(unknown))
    for client in (cleo, signed_in(ben)):
        assert client.get(theirs).status_code == client.post(keep).status_code == 404
    assert text(cleo.get(theirs)) == missing
    leaving.leave(member=seat(ben))
    leaving.acknowledge(user=ana)
    assert signed_in(ana).get(theirs).status_code == 404
    assert "Plan a weekly circle" in text(signed_in(ana).get(reverse("rituals")))


@pytest.mark.parametrize("name", [*ALL_PAGES, *ALL_POSTS])
def test_signed_out_leads_to_sign_in(client, name):
    for answer in (client.get(reverse(name)), client.post(reverse(name))):
        assert (answer.status_code, answer.url[:22]) == (302, "/accounts/login/code/?")


LEADS_BACK = {"ritual_address": "ritual_mine", "ritual_part": "ritual_mine", "circle_go": "circle"}


@pytest.mark.parametrize(
    "name", sorted(set(ALL_POSTS) - {"ritual_plan", "ritual_mine", *LEADS_BACK})
)
def test_what_only_posts_refuses_to_be_looked_at(ana, ben, name):
    assert signed_in(ana).get(reverse(name)).status_code == 405


@pytest.mark.parametrize(("name", "back"), LEADS_BACK.items())
def test_what_shows_its_form_again_leads_back_to_it(ana, ben, name, back):
    assert signed_in(ana).get(reverse(name), {"do": "stop"}).url == reverse(back)


@pytest.mark.parametrize(
    ("name", "queries"),
    [("rituals", 7), ("ritual_plan", 7), ("ritual_mine", 7), ("circle", 8)],
)
def test_queries_of_each_page(ana, ben, django_assert_num_queries, name, queries):
    circle(ana, ben)
    signed_in(ana).post(reverse("ritual_plan"), FRIDAY_NIGHT)
    client = signed_in(ana)
    with django_assert_num_queries(queries):
        client.get(reverse(name))


def test_alone_one_plans_and_takes_it_along_as_a_suggestion():
    eve, gus = person("Eve"), person("Gus")
    signed_in(eve).post(reverse("ritual_plan"), SUNDAY_EVENING)
    signed_in(eve).post(reverse("ritual_mine"), {**REMINDER, "wording": "breathe first"})
    assert "when you are two" in text(signed_in(eve).get(reverse("circle")))
    assert signed_in(eve).post(reverse("circle_begin")).status_code == 404
    pair(eve, gus)
    assert "Eve suggests a weekly circle" in text(signed_in(gus).get(reverse("rituals")))
    assert "breathe first" in text(signed_in(eve).get(reverse("ritual_mine")))
    assert not RitualPart.objects.of(seat(gus)).exists()


def test_two_circles_planned_alone_become_one_and_a_suggestion_to_move_it():
    eve, gus = person("Eve"), person("Gus")
    signed_in(eve).post(reverse("ritual_plan"), SUNDAY_EVENING)
    signed_in(gus).post(reverse("ritual_plan"), FRIDAY_NIGHT)
    pair(eve, gus)
    assert "Gus suggests another time" in text(signed_in(eve).get(reverse("rituals")))
    assert {row.author_id for row in RitualPart.objects.both_of(seat(eve))} == {
        seat(eve).id,
        seat(gus).id,
    }


def test_words_of_a_circle_go_when_its_author_shreds_them(ana, ben):
    circle(ana, ben)
    circles.start(member=seat(ana))
    left = seat(ana)
    leaving.leave(member=left)
    left.refresh_from_db()
    leaving.shred(seat=left)
    for model in (CircleSession, RitualPart):
        assert not model.objects.across_couples().filter(author=left).exists()
    assert RitualPart.objects.across_couples().count() == 1
