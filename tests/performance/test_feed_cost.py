"""What a page costs, in exact counts: they repeat, where times do not."""

import sys
from collections import Counter

import pytest
from django.urls import reverse

from prompts.library import library
from tests.cast import everybody, seat, signed_in
from tests.exchanges import answer, disclosure_of, landed, share

pytestmark = pytest.mark.django_db
# A little above what was counted last; lower them with what you save (docs/speed.md).
MOST_CALLS = {"feed": 29_000, "exchange": 14_800, "today": 34_000}
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


@pytest.mark.parametrize("page", MOST_CALLS)
def test_calls_of_a_page_with_twenty_exchanges_and_their_replies(page):
    cast = everybody()
    for number in range(20):
        author, other = (cast.ana, cast.ben) if number % 2 else (cast.ben, cast.ana)
        last = landed(author, other, feelings=FEELINGS, ask="A hug, no advice", door="You too?")
    path = reverse(page, args=[last.id] if page == "exchange" else [])
    counted = calls(signed_in(cast.ana), path)
    print(f"{page}, 20 exchanges: {counted} Python calls (at most {MOST_CALLS[page]})")
    assert counted <= MOST_CALLS[page]


@pytest.mark.parametrize("history", [1, 40])
def test_queries_do_not_follow_the_history(
    history, django_assert_num_queries, django_assert_max_num_queries
):
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
    with django_assert_max_num_queries(9):
        ana.get(reverse("today"))
