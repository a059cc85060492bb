"""Notes of circles after leaving: one's own, for oneself, once each."""

import pytest
from django.urls import reverse

from couples import leaving
from tests.cast import seat, signed_in
from tests.rituals.stage import circle
from tests.rituals.test_circle_pages import ended

pytestmark = pytest.mark.django_db


def run(user, *, keep=False, **words):
    client = signed_in(user)
    client.post(reverse("circle_begin"))
    end = ended(client, summary="What I heard tonight", **words)
    if keep:
        client.post(f"{end}keep/")


@pytest.mark.safety("S11")
def test_own_notes_are_there_the_others_are_not(ana, ben):
    circle(ana, ben)
    run(ana, need="An hour on my own", heard="He fears the letter")
    run(ana, keep=True, need="To be asked", heard="He misses his brother")
    run(ben, need="Less noise")
    leaving.leave(member=seat(ben))
    leaving.acknowledge(user=ana)
    page = signed_in(ana).get(reverse("kept")).content.decode()
    for own in ("An hour on my own", "He fears the letter", "To be asked", "He misses his brother"):
        assert page.count(own) == 1, own
    assert "Less noise" not in page
    assert "Less noise" in signed_in(ben).get(reverse("kept")).content.decode()
