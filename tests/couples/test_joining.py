"""The invited person's side: looking changes nothing, joining takes an own account and a yes."""

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.urls import reverse

from couples import invitations
from couples.invitations import IN_SESSION
from couples.models import Invitation
from tests.cast import pair, person, seat, signed_in
from tests.couples.test_inviting import token_of

pytestmark = pytest.mark.django_db
HERE = {"HTTP_ORIGIN": "http://testserver"}


def inviting(name="Ana"):
    user = person(name)
    invitations.invite(member=seat(user))
    return user, token_of(user)


def rows():
    with connection.cursor() as cursor:
        cursor.execute("select md5(string_agg(i::text, '' order by id)) from couples_invitation i")
        return cursor.fetchone()[0], Session.objects.count()


@pytest.mark.safety("S5")
@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_changes_nothing_and_leaves_no_cookie(method):
    _, token = inviting()
    before, client = rows(), Client()
    for _ in range(3):
        page = getattr(client, method)(reverse("invitation", args=[token]))
    assert page.status_code == 200
    assert not page.cookies
    assert rows() == before
    assert page["Cache-Control"] == "no-store, private"
    assert page["Referrer-Policy"] == "same-origin"
    assert "noindex" in page["X-Robots-Tag"]


@pytest.mark.safety("S5")
@pytest.mark.safety("S27")
def test_the_page_says_who_invites_and_what_would_be_shared(settings):
    settings.OPERATOR = "the Rowing Club"
    ana, token = inviting()
    page = Client().get(reverse("invitation", args=[token])).content.decode()
    assert "Ana invites you" in page
    assert "What would be shared" in page
    assert "the Rowing Club" in page
    assert ana.email not in page


@pytest.mark.safety("S5")
def test_one_page_for_unknown_used_revoked_and_malformed():
    _, used_token = inviting("Ana")
    invitations.accept(member=seat(person("Ben")), token=used_token)
    revoked, revoked_token = inviting("Cleo")
    invitations.revoke(member=seat(revoked))
    paired, paired_token = inviting("Dan")
    pair(paired, person("Eve"))
    tokens = [used_token, revoked_token, paired_token, "A" * 43, "x", "%00", "ü" * 20]
    pages = [Client().get(reverse("invitation", args=[token])) for token in tokens]
    assert {page.status_code for page in pages} == {404}
    assert len({page.content for page in pages}) == 1
    assert not any(page.cookies for page in pages)


@pytest.mark.safety("S5")
@pytest.mark.parametrize("origin", [{}, {"HTTP_ORIGIN": "https://evil.example"}])
def test_a_post_from_elsewhere_stores_nothing(origin):
    _, token = inviting()
    client = Client()
    answer = client.post(reverse("invitation", args=[token]), **origin)
    assert answer.status_code == 403
    assert not answer.cookies
    assert Session.objects.count() == 0


def test_continue_carries_the_link_through_to_joining():
    _, token = inviting()
    client = Client()
    answer = client.post(reverse("invitation", args=[token]), **HERE)
    assert answer["Location"] == reverse("account_signup")
    assert client.session[IN_SESSION] == str(Invitation.objects.across_couples().get().pk)
    assert token not in str(dict(client.session.items()))


def test_a_pasted_link_leads_to_its_page():
    _, token = inviting()
    for pasted in (f"https://notes.example/i/{token}/", f" {token} ", f"http://x/i/{token}?a=1"):
        answer = Client().post(reverse("have_invitation"), {"link": pasted}, **HERE)
        assert answer["Location"] == reverse("invitation", args=[token])
    wrong = Client().post(reverse("have_invitation"), {"link": "what now"}, **HERE)
    assert wrong.status_code == 422
    assert "what now" in wrong.content.decode()


@pytest.mark.safety("S6")
def test_in_somebodys_browser_it_says_whose():
    ana, token = inviting()
    ben = signed_in(person("Ben"))
    page = ben.get(reverse("invitation", args=[token])).content.decode()
    assert "You are signed in as <strong>Ben</strong>" in page
    own = signed_in(ana).get(reverse("invitation", args=[token])).content.decode()
    assert "your own invitation" in own
    assert "Continue" not in own


@pytest.mark.safety("S6")
@pytest.mark.safety("S7")
def test_nobody_joins_their_own_invitation():
    ana, token = inviting()
    client = signed_in(ana)
    client.post(reverse("invitation", args=[token]), **HERE)
    assert "your own invitation" in client.get(reverse("join")).content.decode()
    refused = client.post(reverse("join"))
    assert refused.status_code == 409
    assert seat(ana).partner is None


@pytest.mark.safety("S6")
@pytest.mark.safety("S7")
def test_joining_takes_a_plain_yes_and_then_waits():
    ana, token = inviting()
    ben = person("Ben")
    client = signed_in(ben)
    client.post(reverse("invitation", args=[token]), **HERE)
    asked = client.get(reverse("join")).content.decode()
    assert "I join of my own free will" in asked
    assert Invitation.objects.of(seat(ana)).get().accepted_by_id is None
    client.post(reverse("join"))
    code = invitations.code(invitations.open_invitation(member=seat(ana)))
    waiting = client.get(reverse("join")).content.decode()
    digits = waiting.count('class="code__digit"')
    assert digits == 6
    assert all(digit in waiting for digit in code)
    assert seat(ben).partner is None
    assert IN_SESSION not in client.session


def test_stepping_back_before_the_confirmation():
    ana, token = inviting()
    client = signed_in(person("Ben"))
    client.post(reverse("invitation", args=[token]), **HERE)
    client.post(reverse("join"))
    client.post(reverse("step_back"))
    assert invitations.open_invitation(member=seat(ana)) is None
    assert client.get(reverse("join")).status_code == 404


@pytest.mark.safety("S7")
def test_who_is_paired_is_not_paired_again():
    cleo, dan = person("Cleo"), person("Dan")
    pair(cleo, dan)
    ana, token = inviting()
    client = signed_in(cleo)
    client.post(reverse("invitation", args=[token]), **HERE)
    assert client.post(reverse("join"))["Location"] == reverse("paired")
    assert invitations.open_invitation(member=seat(ana)).accepted_by_id is None
    assert seat(cleo).partner.name == "Dan"


@pytest.mark.safety("S7")
def test_one_yes_at_a_time():
    _, first = inviting("Ana")
    cleo, second = inviting("Cleo")
    ben = person("Ben")
    invitations.accept(member=seat(ben), token=first)
    client = signed_in(ben)
    client.post(reverse("invitation", args=[second]), **HERE)
    client.post(reverse("join"))
    assert invitations.open_invitation(member=seat(cleo)).accepted_by_id is None


@pytest.mark.safety("S18")
def test_no_address_is_ever_shown_to_the_other():
    ana, token = inviting()
    ben = person("Ben")
    invitations.accept(member=seat(ben), token=token)
    assert ben.email not in signed_in(ana).get(reverse("invite")).content.decode()
    assert ana.email not in signed_in(ben).get(reverse("join")).content.decode()
    invitation = invitations.open_invitation(member=seat(ana))
    invitations.confirm(member=seat(ana), invitation_id=invitation.id)
    for user, other in ((ana, ben), (ben, ana)):
        for name in ("us", "paired", "settings", "agreement"):
            assert other.email not in signed_in(user).get(reverse(name)).content.decode()
