"""What one does alone moves nothing that the other could notice."""

import pytest

from couples import cards, live
from couples.comfort import Edges
from prompts.actions import drafts
from tests.cast import seat, signed_in
from tests.exchanges import disclosure_of, disclosure_words, share
from tests.live.listener import listen


def look_around(cast):
    browser = signed_in(cast.ana)
    for path in ("/us/", "/settings/", "/live/now/", "/safety/", "/us/edges/"):
        browser.get(path)


def set_edges(cast):
    cards.change(member=seat(cast.ana), wish=Edges(1, {"money": "not_now"}))


def write_a_draft(cast):
    drafts.begin(member=seat(cast.ana), words=disclosure_words())


def come_and_go(cast):
    browser = signed_in(cast.ana)
    browser.post("/exit/")
    signed_in(cast.ana)


@pytest.mark.safety("S1")
@pytest.mark.parametrize("act", [look_around, set_edges, write_a_draft, come_and_go])
def test_the_partners_stream_stays_silent(cast, server, act):
    page = listen(server, cast.ben)
    page.heard()
    act(cast)
    mark = live.changed(seat(cast.ben)).mark
    assert page.heard() == ("changed", mark)
    assert page.wire.count(b"event:") == 2


@pytest.mark.safety("S1")
def test_opening_an_own_stream_is_not_heard_by_the_partner(cast, server):
    page = listen(server, cast.ben)
    page.heard()
    for _ in range(3):
        listen(server, cast.ana).close()
    mark = live.changed(seat(cast.ben)).mark
    assert page.heard() == ("changed", mark)
    assert page.wire.count(b"event:") == 2


def take_back(cast, exchange):
    told = disclosure_of(cast.ana, exchange)
    signed_in(cast.ana).post(f"/disclosures/{told.id}/take-back/")


@pytest.mark.safety("S4")
def test_what_is_taken_back_unread_is_undone_in_the_stream_too(cast, server):
    page = listen(server, cast.ben)
    before, wire = page.heard(), page.wire
    exchange = share(cast.ana)
    assert page.heard() != before
    take_back(cast, exchange)
    assert page.heard() == before
    later = listen(server, cast.ben)
    assert later.heard() == before
    assert without_its_retry(later.wire) == without_its_retry(wire)


def without_its_retry(wire: bytes) -> bytes:
    return wire.partition(b"\n\n")[2]
