"""What a page costs, in exact counts: they repeat, where times do not."""

import sys
from collections import Counter

import pytest
from django.urls import reverse

from prompts.actions import drafts
from prompts.library import library
from tests.cast import seat, signed_in
from tests.exchanges import answer, disclosure_of, disclosure_words, landed, share

pytestmark = pytest.mark.django_db
# A little above what was counted last; lower them with what you save (docs/speed.md).
MOST_CALLS = {"feed": 27_800, "exchange": 13_500, "today": 29_200}
MOST_CALLS_OF_A_FORM = {"write": 10_800, "comfort_card": 7_600}
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


@pytest.fixture(scope="module")
def newest(_everybody):
    """Of twenty exchanges with their replies."""
    cast = _everybody
    for number in range(20):
        author, other = (cast.ana, cast.ben) if number % 2 else (cast.ben, cast.ana)
        last = landed(author, other, feelings=FEELINGS, ask="A hug, no advice", door="You too?")
    return last


@pytest.mark.parametrize("page", MOST_CALLS)
def test_calls_of_a_page_with_twenty_exchanges_and_their_replies(page, cast, newest):
    path = reverse(page, args=[newest.id] if page == "exchange" else [])
    counted = calls(signed_in(cast.ana), path)
    print(f"{page}, 20 exchanges: {counted} Python calls (at most {MOST_CALLS[page]})")
    assert counted <= MOST_CALLS[page]


@pytest.mark.parametrize("page", MOST_CALLS_OF_A_FORM)
def test_calls_of_a_form_with_many_choices(page, cast):
    words = disclosure_words(feelings=FEELINGS, ask="A hug", tone="calm")
    draft = drafts.begin(member=seat(cast.ana), words=words)
    path = reverse(page, args=[draft.id] if page == "write" else [])
    counted = calls(signed_in(cast.ana), path)
    print(f"{page}: {counted} Python calls (at most {MOST_CALLS_OF_A_FORM[page]})")
    assert counted <= MOST_CALLS_OF_A_FORM[page]


@pytest.mark.parametrize("history", [1, 40])
def test_queries_do_not_follow_the_history(
    history, cast, django_assert_num_queries, django_assert_max_num_queries
):
    """Of Cleo and Dan, who have no other."""
    for _ in range(history):
        exchange = share(cast.cleo)
    answer(cast.dan, disclosure_of(cast.cleo, exchange))
    cleo = signed_in(cast.cleo)
    assert seat(cast.cleo).partner
    with django_assert_num_queries(6):
        cleo.get(reverse("feed"))
    with django_assert_num_queries(6):
        cleo.get(reverse("exchange", args=[exchange.id]))
    with django_assert_max_num_queries(9):
        cleo.get(reverse("today"))
