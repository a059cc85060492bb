import time
from unittest.mock import patch

import pytest

from couples.models import Couple
from couples.tickets import GOOD_FOR, stream_address
from tests.cast import seat, signed_in
from tests.live.listener import Listener, listen, session_of

NOT_HERE = 404


def answer(page):
    fields = {name: value for name, value in page.response.getheaders() if name != "date"}
    return page.response.status, fields, page.response.read()


@pytest.fixture
def refusal(server):
    return answer(Listener(server, "/live/", ""))


@pytest.fixture
def mine(cast):
    return session_of(signed_in(cast.ana))


def test_without_a_token_there_is_nothing_here(refusal):
    status, headers, body = refusal
    assert (status, body) == (NOT_HERE, b"")
    assert headers["cache-control"] == "no-store, private"


@pytest.mark.safety("S34")
def test_every_wrong_key_finds_the_same_nothing(cast, server, mine, refusal):
    theirs, cleos = session_of(signed_in(cast.ben)), session_of(signed_in(cast.cleo))
    good = stream_address(seat(cast.ana), mine)
    with patch.object(time, "time", lambda: 1_000_000_000.0):
        old = stream_address(seat(cast.ana), mine)
    wrong = {
        "a forged token": (good[:-3] + "abc", mine),
        "no session": (good, ""),
        "an unknown session": (good, "z" * 32),
        "a strange session": (good, '"\\000"'),
        "the partner's session": (good, theirs),
        "the partner's ticket": (stream_address(seat(cast.ben), theirs), mine),
        "a ticket for another session": (stream_address(seat(cast.ana), theirs), mine),
        "another couple's ticket": (stream_address(seat(cast.cleo), cleos), mine),
        "an old ticket": (old, mine),
        "another path": (good.replace("/live/", "/live/x"), mine),
    }
    found = {what: answer(Listener(server, *keys)) for what, keys in wrong.items()}
    assert found == dict.fromkeys(wrong, refusal)
    assert GOOD_FOR <= 3600
    assert Listener(server, good, mine).response.status == 200


@pytest.mark.safety("S12")
def test_a_ticket_dies_with_the_seat_it_was_written_for(cast, server, mine, refusal):
    member = seat(cast.ana)
    member.epoch -= 1
    assert answer(Listener(server, stream_address(member, mine), mine)) == refusal
    good = stream_address(seat(cast.ana), mine)
    Couple.objects.filter(pk=member.couple_id).update(state="ended")
    assert answer(Listener(server, good, mine)) == refusal


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Host": "elsewhere.example"},
    ],
)
def test_only_our_own_pages_may_listen(cast, server, mine, refusal, headers):
    address = stream_address(seat(cast.ana), mine)
    assert answer(Listener(server, address, mine, headers)) == refusal


def test_our_own_page_says_so(cast, server):
    own = {"Origin": f"http://{server.host}", "Sec_Fetch_Site": "same-origin"}
    assert listen(server, cast.ana, **own).response.status == 200
