"""Own words after the space is closed: kept, let go, destroyed; never the other's."""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse

from couples import leaving, memberships
from couples.models import ClockShift, Couple, SeatKey
from couples.tasks import shred
from prompts.models import Disclosure
from tests.cast import everybody, seat, signed_in
from tests.exchanges import ANSWER, TEXT, landed

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
