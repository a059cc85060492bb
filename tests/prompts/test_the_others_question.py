"""A question asked of both stays its author's, whatever the other does with their page."""

import pytest
from django.urls import reverse

from couples import leaving, memberships, vault
from couples.clock import app_now
from prompts.actions import drafts, openings, sharing
from prompts.models import Disclosure, Draft, Exchange
from tests.cast import seat, signed_in
from tests.exchanges import disclosure_of, disclosure_words, share

pytestmark = pytest.mark.django_db
HIS = {"key": "", "text": "A question of his"}
MINE = "My side of it"


@pytest.fixture
def asked(cast):
    """Ben asks, and Ana begins her page."""
    exchange = share(cast.ben, together=True, prompt=HIS)
    draft = openings.join(member=seat(cast.ana), exchange=exchange)
    written = disclosure_words(prompt=HIS, kind="together", text=MINE)
    return exchange, drafts.save(member=seat(cast.ana), draft=draft, revision=1, words=written)


def take_back(cast, exchange):
    told = disclosure_of(cast.ben, exchange)
    sharing.take_back(member=seat(cast.ben), disclosure=told)


@pytest.mark.safety("S4")
def test_once_it_was_taken_back_my_page_holds_only_my_own_words(cast, asked):
    exchange, draft = asked
    ana = signed_in(cast.ana)
    places = [reverse(name, args=[draft.id]) for name in ("write", "review")]
    assert HIS["text"] in ana.get(places[0]).content.decode()
    take_back(cast, exchange)
    for place in (*places, reverse("today")):
        page = ana.get(place).content.decode()
        assert MINE in page
        assert HIS["text"] not in page


@pytest.mark.safety("S4")
def test_it_does_not_come_back_in_my_name(cast, asked):
    exchange, draft = asked
    take_back(cast, exchange)
    ana = signed_in(cast.ana)
    sent = ana.post(reverse("send", args=[draft.id]))
    assert Exchange.objects.of(seat(cast.ana)).filter(author=seat(cast.ana)).count() == 1
    assert HIS["text"] not in ana.get(reverse("feed")).content.decode()
    for client in (ana, signed_in(cast.ben)):
        assert HIS["text"] not in client.get(sent["Location"]).content.decode()
    leaving.leave(member=seat(cast.ana))
    page = ana.get(reverse("kept")).content.decode()
    assert MINE in page
    assert HIS["text"] not in page


@pytest.mark.safety("S28")
def test_an_answer_to_what_is_gone_is_an_opening_of_ones_own(cast, asked):
    exchange, draft = asked
    take_back(cast, exchange)
    for _ in range(openings.A_DAY):
        share(cast.ana)
    begun = Exchange.objects.of(seat(cast.ben)).count()
    assert signed_in(cast.ana).post(reverse("send", args=[draft.id])).status_code == 422
    assert Exchange.objects.of(seat(cast.ben)).count() == begun


@pytest.mark.safety("S11")
def test_none_of_it_is_ever_kept_under_my_key(cast, asked):
    exchange, draft = asked
    ana = signed_in(cast.ana)
    ana.post(reverse("write", args=[draft.id]), {"text": MINE, "revision": "2", "later": "1"})
    assert HIS["text"] in ana.get(reverse("write", args=[draft.id])).content.decode()
    assert HIS["text"] in ana.get(reverse("today")).content.decode()
    openings.join(member=seat(cast.ana), exchange=share(cast.ben, together=True, prompt=HIS))
    ana.post(reverse("send", args=[draft.id]))
    assert HIS["text"] in ana.get(reverse("exchange", args=[exchange.id])).content.decode()
    leaving.leave(member=seat(cast.ana))
    (left,) = memberships.departed(cast.ana)
    rows = [*Draft.objects.of(left), *Disclosure.objects.of(left)]
    words = [vault.words(left, row) for row in rows]
    assert len(words) == 2
    assert HIS["text"] not in str(words)


@pytest.mark.safety("S11")
def test_what_an_old_window_still_holds_is_kept_without_it(cast, asked):
    _, draft = asked
    openings.send(member=seat(cast.ana), draft=draft, midnight=app_now())
    ana = signed_in(cast.ana)
    answer = ana.post(reverse("save", args=[draft.id]), {"text": "Typed after it was sent"})
    assert answer.status_code == 409
    assert Draft.objects.of(seat(cast.ana)).count() == 1
    leaving.leave(member=seat(cast.ana))
    page = ana.get(reverse("kept")).content.decode()
    assert "Typed after it was sent" in page
    assert HIS["text"] not in page
