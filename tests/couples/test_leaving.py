"""Leaving: alone, at once, without a word to anyone."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse

from couples import agreement, leaving, memberships, vault
from couples.management.commands.advance_clock import move
from couples.models import AgreementVersion, Couple, Member, SeatKey
from tests.cast import pair, person, seat, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def two():
    ana, ben = person("Ana"), person("Ben")
    pair(ana, ben)
    agreement.write(member=seat(ana), lines={"lines": ["ana-words"]})
    agreement.write(member=seat(ben), lines={"lines": ["ben-words"]})
    return ana, ben


@pytest.mark.safety("S8")
def test_two_clicks_from_settings_and_one_post(two):
    client = signed_in(two[0])
    assert f'href="{reverse("leave")}"' in client.get(reverse("settings")).content.decode()
    page = client.get(reverse("leave")).content.decode()
    assert page.count("Leave now") == 1
    client.post(reverse("leave"))
    assert Couple.objects.filter(state="active").count() == 0
    assert "has been closed" in client.get(reverse("closed")).content.decode()


@pytest.mark.safety("S8")
def test_leaving_asks_for_no_reason_and_no_second_sign_in(two):
    client = signed_in(two[0])
    form = client.get(reverse("leave")).content.decode().split("<main", 1)[1]
    fields = [part for part in form.split("<input")[1:] if 'type="hidden"' not in part]
    assert fields == []
    assert client.post(reverse("leave"))["Location"] == reverse("closed")


@pytest.mark.safety("S8")
@pytest.mark.safety("S9")
def test_the_other_meets_a_neutral_page_and_gets_no_mail(two):
    ana, ben = two
    client = signed_in(ben)
    signed_in(ana).post(reverse("leave"))
    for name in ("us", "today", "agreement", "comfort_card", "settings", "invite"):
        assert client.get(reverse(name))["Location"] == reverse("closed")
    page = client.get(reverse("closed")).content.decode()
    assert "This shared space has been closed" in page
    assert "Ana" not in page
    assert mail.outbox == []
    assert client.post(reverse("closed"))["Location"] == reverse("today")
    assert "only you here" in client.get(reverse("us")).content.decode()


@pytest.mark.safety("S11")
def test_both_lose_sight_at_the_same_moment_and_keep_their_own(two):
    ana, ben = two
    signed_in(ana).post(reverse("leave"))
    for user, own in ((ana, "ana-words"), (ben, "ben-words")):
        (left,) = memberships.departed(user)
        rows = list(AgreementVersion.objects.of(left))
        assert [vault.words(left, row)["lines"] for row in rows] == [[own]]
        assert set(vault.keys_of(left)) == {left.id}


@pytest.mark.safety("S11")
def test_words_nobody_kept_are_shredded_after_thirty_days(two):
    ana, ben = two
    signed_in(ana).post(reverse("leave"))
    (kept,) = memberships.departed(ben)
    leaving.keep_words(seat=kept, keep=True)
    move(timedelta(days=29))
    assert leaving.shred_what_nobody_kept() == 0
    move(timedelta(days=2))
    assert leaving.shred_what_nobody_kept() == 1
    assert memberships.departed(ana) == []
    (kept,) = memberships.departed(ben)
    assert AgreementVersion.objects.of(kept).count() == 1
    assert SeatKey.objects.filter(member__couple_id=kept.couple_id).count() == 1


@pytest.mark.safety("S12")
def test_everything_signed_for_the_old_seat_dies_with_it(two):
    epochs = {row.id: row.epoch for row in Member.objects.across_couples().all()}
    signed_in(two[0]).post(reverse("leave"))
    after = {row.id: row.epoch for row in Member.objects.across_couples().filter(pk__in=epochs)}
    assert all(after[pk] == epoch + 1 for pk, epoch in epochs.items())


@pytest.mark.safety("S7")
def test_sharing_again_begins_anew(two):
    ana, ben = two
    old = seat(ana).couple_id
    signed_in(ana).post(reverse("leave"))
    leaving.acknowledge(user=ben)
    again, _ = pair(ben, ana)
    assert again.couple_id != old
    assert agreement.history(again) == []


def test_leaving_twice_or_alone_does_nothing(two):
    client = signed_in(two[0])
    client.post(reverse("leave"))
    client.post(reverse("leave"))
    eve = signed_in(person("Eve"))
    assert "nothing to leave" in eve.get(reverse("leave")).content.decode()
    eve.post(reverse("leave"))
    assert eve.get(reverse("closed"))["Location"] == reverse("today")
    assert Couple.objects.filter(state="ended").count() == 1


@pytest.mark.safety("S11")
def test_the_other_keeps_or_destroys_their_words_before_going_on(two):
    ana, ben = two
    signed_in(ana).post(reverse("leave"))
    client = signed_in(ben)
    assert reverse("kept") in client.get(reverse("closed")).content.decode()
    page = client.get(reverse("kept")).content.decode()
    assert "ben-words" in page
    assert "ana-words" not in page
    (left,) = memberships.departed(ben)
    ana_now = signed_in(ana).get(reverse("settings")).content.decode()
    assert reverse("kept") in ana_now
    client.post(reverse("keep_words", args=[left.id]), {"keep": "1"})
    assert memberships.departed(ben)[0].keep_words
    client.post(reverse("shred_words", args=[left.id]), {"sure": "1"})
    assert memberships.departed(ben) == []
    assert client.get(reverse("today")).status_code == 200
    assert len(memberships.departed(ana)) == 1
