"""One quiet line about the circle on one's own first page."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from rituals.actions import mine
from tests.cast import seat, signed_in
from tests.prompts.pages import look
from tests.rituals.stage import circle, clock_to, move_clock
from tests.rituals.test_circle_pages import ended

pytestmark = pytest.mark.django_db
# The circle is on Sundays at 19:30 in Berlin; the tests begin on the Wednesday before.
FRIDAY, SATURDAY, SUNDAY = (datetime(2027, 1, day, 12, tzinfo=UTC) for day in (8, 9, 10))
LINE = "Your circle is"


@pytest.fixture
def ben(ana, ben):
    circle(ana, ben)
    return ben


def said(user):
    page = look(signed_in(user), "today")
    return page.partition(LINE)[2].partition("<")[0].strip() if LINE in page else ""


def test_it_stands_there_for_three_days_and_leads_to_the_circle(ana, ben):
    assert said(ana) == ""
    for day, words in (
        (FRIDAY, "on Sunday, at 19:30."),
        (SATURDAY, "tomorrow, at 19:30."),
        (SUNDAY, "today, at 19:30."),
    ):
        clock_to(day)
        assert said(ana) == said(ben) == words
    assert f'<a href="{reverse("circle")}">{LINE}' in look(signed_in(ana), "today")
    move_clock(timedelta(hours=13))
    assert said(ana) == ""


def test_each_reads_it_on_their_own_clock(ana, ben):
    ben.timezone = "Asia/Tokyo"
    ben.save()
    clock_to(SUNDAY)
    assert said(ana) == "today, at 19:30."
    assert said(ben) == "tomorrow, at 03:30."


def test_once_it_was_held_it_goes(ana, ben):
    clock_to(SUNDAY)
    client = signed_in(ana)
    client.post(reverse("circle_begin"))
    ended(client, summary="You miss the mornings")
    assert said(ana) == ""
    assert said(ben)


@pytest.mark.safety("S1")
@pytest.mark.parametrize(
    "act",
    [
        lambda member: mine.skip(member=member, day=SUNDAY.date()),
        lambda member: mine.pause(member=member, weeks=2),
        lambda member: mine.stop(member=member),
    ],
    ids=["skipped", "paused", "stopped"],
)
def test_what_one_does_not_want_is_gone_for_oneself_alone(ana, ben, act):
    clock_to(FRIDAY)
    before = look(signed_in(ben), "today")
    act(seat(ana))
    assert said(ana) == ""
    assert look(signed_in(ben), "today") == before


def test_a_plan_nobody_agreed_to_is_no_date(ana):
    circle(ana)
    clock_to(SUNDAY)
    assert said(ana) == ""


def test_it_costs_no_query(ana, ben, django_assert_num_queries):
    clock_to(SUNDAY)
    client = signed_in(ana)
    client.get(reverse("today"))
    with django_assert_num_queries(9):
        assert LINE in client.get(reverse("today")).content.decode()
