"""`/live/now/`: what a page asks when it has no stream."""

import pytest
from django.template import engines
from django.test import Client

from couples import leaving, live
from tests.cast import pair, person, seat, signed_in
from tests.live.listener import Listener, session_of

pytestmark = pytest.mark.django_db
NOW = "/live/now/"


@pytest.fixture
def ana():
    ana, ben = person("Ana"), person("Ben")
    pair(ana, ben)
    return ana


def test_it_tells_the_mark_and_where_to_listen_in_three_queries(ana, django_assert_max_num_queries):
    mark = live.changed(seat(ana)).mark
    browser = signed_in(ana)
    with django_assert_max_num_queries(3):
        answer = browser.get(NOW)
    assert answer.json()["mark"] == mark
    assert answer.json()["stream"].startswith("/live/?token=")
    assert set(answer.json()) == {"mark", "stream"}
    assert answer.headers["Cache-Control"] == "no-store, private"


@pytest.mark.django_db(transaction=True)
def test_what_it_names_can_be_listened_to(ana, server):
    browser = signed_in(ana)
    now = browser.get(NOW).json()
    page = Listener(server, now["stream"], session_of(browser))
    assert page.heard() == ("changed", now["mark"])


@pytest.mark.safety("S34")
def test_nobody_learns_anything_signed_out(ana):
    answer = Client().get(NOW)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/accounts/")


def banner(request):
    return engines["django"].from_string("{% load live %}{% live_banner %}").render({}, request)


@pytest.mark.safety("S8")
@pytest.mark.safety("S11")
def test_a_page_of_a_seat_that_was_left_learns_that_it_is_gone(ana, rf):
    browser = signed_in(ana)
    request = rf.get("/us/")
    request.member, request.session = seat(ana), browser.session
    address = banner(request).split('data-live-poll="')[1].split('"')[0]
    assert browser.get(address).status_code == 200
    leaving.leave(member=seat(ana))
    assert browser.get(address).status_code == 410
    assert browser.get(NOW).json()["mark"] == str(seat(ana).couple.mark)


@pytest.mark.safety("S12")
def test_the_one_who_was_left_is_led_to_the_closed_page(ana):
    ben = seat(ana).partner.user
    browser = signed_in(ben)
    leaving.leave(member=seat(ana))
    assert browser.get(NOW).status_code == 302


def test_pages_without_a_seat_have_no_banner(ana, rf):
    assert banner(rf.get("/us/")) == ""


def test_django_itself_serves_no_stream(ana):
    assert signed_in(ana).get("/live/").status_code == 404
