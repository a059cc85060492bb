import random

import pytest
from django.conf import settings

from couples import live
from couples.models import Couple
from couples.tickets import stream_address
from tests.cast import pair, person, seat, signed_in
from tests.live.listener import session_of
from tests.live.restless import CUTS, Restlessness, RestlessPage

COUPLES, TABS, EVENTS = 5, 4, 200
SOON = 3.0  # seconds after coming back


@pytest.mark.safety("S34")
def test_whatever_is_cut_every_page_ends_with_its_own_couples_mark(server, capsys):
    """40 pages of ten people, cut at random while 200 events happen."""
    rng = random.Random(2)
    couples = [pair(person(f"a{place}"), person(f"b{place}")) for place in range(COUPLES)]
    marks = [{mark_of(member)} for member, _ in couples]
    pages = [
        RestlessPage(server.port, request_of(server, member.user), rng)
        for members in couples
        for member in members
        for _ in range(TABS)
    ]
    drill = Restlessness(pages)
    drill.start()
    for _ in range(EVENTS):
        place = rng.randrange(COUPLES)
        marks[place].add(live.changed(seat(rng.choice(couples[place]).user)).mark)
    truth = [mark_of(member) for member, _ in couples]
    expected = [truth[place // (2 * TABS)] for place in range(len(pages))]
    drill.finish(expected)

    print_figures(capsys, pages, expected)
    assert [page.newest for page in pages] == expected
    assert max(page.caught_up_after for page in pages) <= SOON
    for place, page in enumerate(pages):
        assert page.marks <= marks[place // (2 * TABS)]


def mark_of(member) -> str:
    return str(Couple.objects.get(pk=member.couple_id).mark)


def request_of(server, user) -> bytes:
    session = session_of(signed_in(user))
    return (
        f"GET {stream_address(seat(user), session)} HTTP/1.1\r\nHost: {server.host}\r\n"
        f"Cookie: {settings.SESSION_COOKIE_NAME}={session}\r\n\r\n"
    ).encode()


def print_figures(capsys, pages, expected) -> None:
    cuts = CUTS * len(pages)
    right = sum(page.newest == truth for page, truth in zip(pages, expected, strict=True))
    slowest = max(page.caught_up_after for page in pages)
    with capsys.disabled():
        print(
            f"\n  drill: {len(pages)} pages, {EVENTS} events, {cuts} disconnects: "
            f"{right} right at the end, the last after {slowest:.2f} s"
        )
