"""A stream ends with what it hangs on: within two seconds, or at the next check without Valkey."""

import re
import time

import pytest
from allauth.account.signals import password_changed
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from config.live.watch import EVERY
from couples import leaving, live
from couples.models import User
from tests.cast import seat, signed_in
from tests.live.listener import ENDED, GONE, Listener, listen, seconds_since, session_of

pytestmark = [pytest.mark.safety("S12")]
AT_ONCE = 2.0  # seconds
ALL_IT_SAYS = re.compile(
    rb"retry: \d+\n\nevent: changed\ndata: \d+\n\n(:\n\n)*event: ended\ndata: 0\n\n"
)
OFTEN = 0.5  # seconds between checks, so that tests without Valkey need not wait for EVERY


@pytest.fixture(params=["valkey", "no valkey"])
def checking(request, serve, settings):
    """A live process with Valkey, and one that has to find out by itself."""
    if request.param == "valkey":
        return serve()
    settings.REDIS_URL = ""
    return serve(every=OFTEN)


def leave(cast, browser):
    leaving.leave(member=seat(cast.ana))


def partner_leaves(cast, browser):
    leaving.leave(member=seat(cast.ben))


def sign_out(cast, browser):
    browser.post("/exit/")


def end_session_elsewhere(cast, browser):
    UserSession.objects.create(
        user=cast.ana, session_key=session_of(browser), ip="127.0.0.1", user_agent=""
    ).end()


def change_password(cast, browser):
    person = User.objects.get(pk=cast.ana.pk)
    person.set_password("quiet lamp under the bridge")
    person.save()
    password_changed.send(sender=User, request=None, user=person)


@pytest.mark.safety("S8")
@pytest.mark.parametrize(
    "end", [leave, partner_leaves, sign_out, end_session_elsewhere, change_password]
)
def test_the_stream_ends_at_once_and_says_nothing(cast, checking, end):
    browser = signed_in(cast.ana)
    page = listen(checking, cast.ana, browser)
    assert page.heard()[0] == "changed"
    end(cast, browser)
    start = time.monotonic()
    assert page.heard(AT_ONCE) == ENDED
    assert page.heard(AT_ONCE) == GONE
    assert seconds_since(start) < AT_ONCE
    assert ALL_IT_SAYS.fullmatch(page.wire)


@pytest.mark.safety("S8")
def test_after_leaving_no_way_leads_back(cast, server):
    browser = signed_in(cast.ben)
    page = listen(server, cast.ben, browser)
    page.heard()
    leaving.leave(member=seat(cast.ana))
    assert page.heard() == ENDED
    same_way = Listener(server, page.address, page.cookie)
    assert (same_way.response.status, same_way.response.read()) == (404, b"")


def test_an_expired_session_ends_its_stream(cast, serve):
    browser = signed_in(cast.ana)
    page = listen(serve(every=OFTEN), cast.ana, browser)
    page.heard()
    Session.objects.filter(pk=session_of(browser)).update(expire_date="2020-01-01 00:00Z")
    assert page.heard(AT_ONCE) == ENDED


@pytest.mark.safety("S1")
def test_signing_out_is_not_heard_by_the_partner_nor_by_ones_other_devices(cast, server):
    others = [listen(server, cast.ben), listen(server, cast.ana)]
    for page in others:
        page.heard()
    here = signed_in(cast.ana)
    mine = listen(server, cast.ana, here)
    mine.heard()
    here.post("/exit/")
    assert mine.heard() == ENDED
    mark = live.changed(seat(cast.ben)).mark
    assert [page.heard() for page in others] == [("changed", mark)] * 2


def test_without_valkey_nothing_waits_longer_than_promised():
    assert EVERY <= 15
