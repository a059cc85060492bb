"""What a page of the feed costs, in exact counts: they repeat, where times do not."""

import sys
from collections import Counter

import pytest
from django.urls import reverse

from prompts.library import library
from tests.cast import everybody, seat, signed_in
from tests.exchanges import answer, disclosure_of, landed, share

pytestmark = pytest.mark.django_db
MOST_CALLS = 45_000
FEELINGS = [feeling.key for feeling in library("en").feelings[0].feelings[:3]]


def calls(client, path: str) -> int:
    """Calls of Python functions that one request makes, the test client's own included."""
    client.get(path)
    events: Counter[str] = Counter()
    sys.setprofile(lambda frame, event, arg: events.update((event,)))
    response = client.get(path)
    sys.setprofile(None)
    assert response.status_code == 200
    return events["call"]


def test_a_feed_page_of_twenty_exchanges_with_their_replies():
    cast = everybody()
    for number in range(20):
        author, other = (cast.ana, cast.ben) if number % 2 else (cast.ben, cast.ana)
        landed(author, other, feelings=FEELINGS, ask="A hug, no advice", door="You too?")
    counted = calls(signed_in(cast.ana), reverse("feed"))
    print(f"feed of 20 exchanges: {counted} Python calls (goal {MOST_CALLS})")
    assert counted <= MOST_CALLS


@pytest.mark.parametrize("history", [1, 40])
def test_queries_do_not_follow_the_history(history, django_assert_num_queries):
    cast = everybody()
    for _ in range(history):
        exchange = share(cast.ana)
    answer(cast.ben, disclosure_of(cast.ana, exchange))
    ana = signed_in(cast.ana)
    assert seat(cast.ana).partner
    with django_assert_num_queries(6):
        ana.get(reverse("feed"))
    with django_assert_num_queries(6):
        ana.get(reverse("exchange", args=[exchange.id]))
