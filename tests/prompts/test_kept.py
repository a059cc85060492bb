"""Own words after the space is closed: kept, let go, destroyed; never the other's."""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse

from couples import leaving, memberships
from couples.models import ClockShift, Couple, SeatKey
from couples.tasks import shred
from prompts.actions import drafts, sharing
from prompts.models import Disclosure
from tests.cast import everybody, seat, signed_in
from tests.exchanges import ANSWER, TEXT, disclosure_of, disclosure_words, landed, share

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def _everybody(lasting):
    cast = everybody()
    landed(cast.ana, cast.ben)
    leaving.leave(member=seat(cast.ben))
    leaving.acknowledge(user=cast.ana)
    return cast


def read(user):
    return signed_in(user).get(reverse("kept")).content.decode()


@pytest.mark.safety("S11")
def test_each_keeps_their_own_words_and_only_those(cast):
    assert TEXT in read(cast.ana)
    assert ANSWER["heard"] not in read(cast.ana)
    assert ANSWER["heard"] in read(cast.ben)
    assert TEXT not in read(cast.ben)
    assert TEXT not in read(cast.cleo)


@pytest.mark.safety("S11")
def test_after_thirty_days_only_what_was_kept_is_left(cast):
    (anas,) = memberships.departed(cast.ana)
    signed_in(cast.ana).post(reverse("keep_words", args=[anas.id]), {"keep": "1"})
    ClockShift.objects.create(shift=timedelta(days=31))
    shred()
    assert TEXT in read(cast.ana)
    assert ANSWER["heard"] not in read(cast.ben)
    assert memberships.departed(cast.ben) == []


@pytest.mark.safety("S11")
def test_destroying_takes_the_key_and_the_bytes_at_once(cast):
    (bens,) = memberships.departed(cast.ben)
    url = reverse("shred_words", args=[bens.id])
    ben = signed_in(cast.ben)
    ben.post(url)
    assert ANSWER["heard"] in read(cast.ben)
    ben.post(url, {"sure": "1"})
    assert not SeatKey.objects.filter(member_id=bens.id).exists()
    with connection.cursor() as cursor:
        cursor.execute(
            "select max(length(sealed)) from prompts_reply where author_id=%s", [bens.id]
        )
        assert cursor.fetchone()[0] == 0
    assert TEXT in read(cast.ana)


def test_when_both_are_gone_nothing_of_the_space_is_left(cast):
    (anas,) = memberships.departed(cast.ana)
    (bens,) = memberships.departed(cast.ben)
    for gone in (anas, bens):
        leaving.shred(seat=gone)
    assert not Couple.objects.filter(pk=anas.couple_id).exists()
    assert not Disclosure.objects.across_couples().filter(couple_id=anas.couple_id).exists()


@pytest.mark.safety("S34")
def test_nobody_destroys_anothers_words(cast):
    (anas,) = memberships.departed(cast.ana)
    for user in (cast.ben, cast.cleo):
        response = signed_in(user).post(reverse("shred_words", args=[anas.id]), {"sure": "1"})
        assert response.status_code == 404
    assert TEXT in read(cast.ana)


@pytest.fixture
def left(cast):
    """Cleo, who wrote much that she never sent, and who has left Dan."""
    cleo, dan = seat(cast.cleo), seat(cast.dan)
    library_prompt = {"key": "everyday", "text": "An opening of the library"}
    drafts.begin(member=cleo, words=disclosure_words(text="Half a page of mine"))
    drafts.begin(member=cleo, words={"prompt": {"key": "", "text": "A question of mine"}})
    drafts.begin(member=cleo, words={"prompt": library_prompt, "depth": 1})
    drafts.begin(member=dan, words=disclosure_words(text="Half a page of his"))
    told = disclosure_of(cast.dan, share(cast.dan))
    drafts.begin(member=cleo, words={"heard": "Half an answer"}, answers=told)
    theirs = {"key": "", "text": "A question of his"}
    for number in range(2):
        exchange = share(cast.dan, together=True, prompt=theirs)
        answer = disclosure_words(prompt=theirs, text=f"My side, {number}")
        draft = drafts.begin(member=seat(cast.cleo), words=answer, exchange=exchange)
        if number:
            sharing.send(member=seat(cast.cleo), draft=draft)
    leaving.leave(member=seat(cast.cleo))
    return cast.cleo


@pytest.mark.safety("S11")
def test_what_was_never_sent_is_there_and_nothing_of_the_others(left):
    page = read(left)
    for own in ("Half a page of mine", "A question of mine", "Half an answer", "My side, 0"):
        assert own in page
    assert "My side, 1" in page
    assert page.count("Never sent") == 4
    for other in ("Half a page of his", "A question of his", "An opening of the library", TEXT):
        assert other not in page


def test_one_look_asks_as_often_however_much_was_written(left, django_assert_num_queries):
    client = signed_in(left)
    client.get(reverse("kept"))
    with django_assert_num_queries(11):
        client.get(reverse("kept"))
