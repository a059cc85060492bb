import time

import pytest

from config.live import hub
from config.live.app import LIFE
from config.live.watch import EVERY
from tests.cast import signed_in
from tests.live.listener import GONE, listen

OFTEN = 0.2


@pytest.mark.safety("S1")
def test_a_member_has_eight_streams_and_the_partner_does_not_notice(cast, server):
    browser = signed_in(cast.ana)
    pages = [listen(server, cast.ana, browser) for _ in range(hub.PER_MEMBER)]
    assert {page.response.status for page in pages} == {200}
    one_more = listen(server, cast.ana, browser)
    assert (one_more.response.status, one_more.response.headers["Retry-After"]) == (503, "30")
    assert listen(server, cast.ben).response.status == 200


def test_a_page_that_goes_away_makes_room(cast, serve):
    server = serve(every=OFTEN)
    browser = signed_in(cast.ana)
    pages = [listen(server, cast.ana, browser) for _ in range(hub.PER_MEMBER)]
    pages[0].heard()
    pages[0].close()
    until = time.monotonic() + 5
    while (status := listen(server, cast.ana, browser).response.status) != 200:
        assert time.monotonic() < until
    assert status == 200


def test_a_process_takes_only_so_many(cast, serve):
    server = serve(most=1)
    first = listen(server, cast.ana)
    assert first.response.status == 200
    assert listen(server, cast.ben).response.status == 503


def test_a_stream_comes_to_its_natural_end_within_ten_minutes(cast, serve):
    assert LIFE[1] + EVERY <= 600
    page = listen(serve(every=OFTEN, life=(0.1, 0.1)), cast.ana)
    page.heard()
    assert page.heard() == GONE
    assert b"ended" not in page.wire


def test_a_quiet_stream_has_a_heartbeat(cast, serve):
    page = listen(serve(every=OFTEN), cast.ana)
    first = page.heard()
    while page.wire.count(b":\n\n") < 2:
        page.read_line()
    assert first[0] == "changed"
    assert page.wire.count(b"event") == 1


def test_pages_are_told_to_come_back_at_different_moments(cast, server):
    waits = {retry(listen(server, cast.ana)) for _ in range(5)}
    assert len(waits) > 1
    assert all(1000 <= wait <= 5000 for wait in waits)


def retry(page) -> int:
    page.heard()
    return int(page.wire.split(b"\n")[0].removeprefix(b"retry: "))


def test_when_the_process_stops_streams_end_at_once_and_nobody_is_told_that_it_is_over(cast, serve):
    server = serve()
    pages = [listen(server, user) for user in (cast.ana, cast.ben)]
    for page in pages:
        page.heard()
    start = time.monotonic()
    server.stop()
    assert time.monotonic() - start < 2
    assert [page.heard() for page in pages] == [GONE, GONE]
    assert all(b"ended" not in page.wire for page in pages)
