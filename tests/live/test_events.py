import re

import pytest
from django.db import transaction

from couples import live
from tests.cast import pair, seat
from tests.live.listener import ENDED, listen

CONTENT_FREE = re.compile(rb"(retry: \d+\n\n|event: changed\ndata: \d+\n\n|:\n\n)+")


def test_the_first_frame_carries_the_mark_and_each_change_another(cast, server):
    before = live.changed(seat(cast.ana)).mark
    page = listen(server, cast.ben)
    assert page.response.status == 200
    assert page.response.headers["Content-Type"].startswith("text/event-stream")
    assert page.response.headers["Cache-Control"] == "no-store, private"
    assert page.response.headers["X-Accel-Buffering"] == "no"
    assert page.heard() == ("changed", before)
    for user in (cast.ana, cast.ben):
        mark = live.changed(seat(user)).mark
        assert page.heard() == ("changed", mark)
    assert CONTENT_FREE.fullmatch(page.wire)


def test_what_was_rolled_back_is_never_heard_of(cast, server):
    page = listen(server, cast.ben)
    page.heard()
    with transaction.atomic():
        live.changed(seat(cast.ana))
        transaction.set_rollback(True)
    mark = live.changed(seat(cast.ana)).mark
    assert page.heard() == ("changed", mark)
    assert page.wire.count(b"event:") == 2


@pytest.mark.safety("S34")
def test_another_couple_is_never_heard_of(cast, server):
    page = listen(server, cast.ana)
    page.heard()
    for _ in range(5):
        live.changed(seat(cast.cleo))
    mark = live.changed(seat(cast.ben)).mark
    assert page.heard() == ("changed", mark)
    assert page.wire.count(b"event:") == 2


def test_a_page_opened_alone_is_opened_anew_after_pairing(cast, server):
    page = listen(server, cast.cleo)
    assert page.heard()[0] == "changed"
    pair(cast.eve, cast.cleo)
    assert page.heard() == ENDED


def test_pages_of_both_and_of_many_tabs_hear_the_same(cast, server):
    pages = [listen(server, user) for user in (cast.ana, cast.ana, cast.ben)]
    first = {page.heard() for page in pages}
    assert len(first) == 1
    mark = live.changed(seat(cast.ana)).mark
    assert {page.heard() for page in pages} == {("changed", mark)}
