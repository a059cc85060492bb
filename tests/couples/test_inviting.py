"""The inviter's side of joining."""

from datetime import timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from couples import invitations
from couples.mail import send_waiting
from couples.management.commands.advance_clock import move
from couples.models import Couple, Invitation, InvitedAddress, Member, User
from tests.cast import pair, person, seat, signed_in

pytestmark = pytest.mark.django_db


def token_of(user):
    member = seat(user)
    link = invitations.link(member=member, invitation=invitations.open_invitation(member=member))
    return link.rstrip("/").rsplit("/", 1)[-1]


def page(client, name="invite"):
    return client.get(reverse(name)).content.decode()


@pytest.mark.safety("S5")
def test_a_link_is_made_shown_and_kept_as_a_hash_only():
    ana = person("Ana")
    client = signed_in(ana)
    assert "Make a link" in page(client)
    client.post(reverse("invite_make"))
    token = token_of(ana)
    assert f"/i/{token}/" in page(client)
    assert "<svg" in page(client)
    row = Invitation.objects.of(seat(ana)).get()
    stored = [bytes(row.token_hash), bytes(row.sealed)]
    assert not any(token.encode() in blob for blob in stored)


@pytest.mark.safety("S5")
def test_a_new_link_ends_the_one_before():
    ana = person("Ana")
    client = signed_in(ana)
    client.post(reverse("invite_make"))
    first = token_of(ana)
    client.post(reverse("invite_make"))
    assert client.get(reverse("invitation", args=[first])).status_code == 404
    assert client.get(reverse("invitation", args=[token_of(ana)])).status_code == 200


@pytest.mark.safety("S5")
def test_a_link_taken_back_is_closed():
    ana = person("Ana")
    client = signed_in(ana)
    client.post(reverse("invite_make"))
    token = token_of(ana)
    client.post(reverse("invite_revoke"))
    assert client.get(reverse("invitation", args=[token])).status_code == 404
    assert "Make a link" in page(client)


@pytest.mark.safety("S5")
def test_a_link_closes_after_three_days():
    ana = person("Ana")
    signed_in(ana).post(reverse("invite_make"))
    token, ben = token_of(ana), signed_in(person("Ben"))
    move(timedelta(hours=71))
    assert ben.get(reverse("invitation", args=[token])).status_code == 200
    move(timedelta(hours=2))
    assert ben.get(reverse("invitation", args=[token])).status_code == 404


@pytest.mark.safety("S5")
def test_five_links_a_day_and_no_more():
    ana = person("Ana")
    client = signed_in(ana)
    for _ in range(5):
        assert client.post(reverse("invite_make")).status_code == 302
    last = token_of(ana)
    refused = client.post(reverse("invite_make"))
    assert refused.status_code == 409
    assert "a lot for one day" in refused.content.decode()
    assert token_of(ana) == last


def mailed(client, address):
    """Asked for on the page, sent by the worker."""
    answer = client.post(reverse("invite_mail"), {"email": address})
    send_waiting()
    return answer


@pytest.mark.safety("S19")
def test_the_mail_says_nothing_that_anyone_typed():
    ana = person("Ana")
    ana.name = "Call 0900 now"
    ana.save()
    client = signed_in(ana)
    client.post(reverse("invite_make"))
    assert mailed(client, "ben@example.org").status_code == 200
    (sent,) = mail.outbox
    html = sent.alternatives[0][0]
    for text in (sent.subject, sent.body, html, str(sent.message())):
        assert "0900" not in text
        assert ana.email not in text
    assert token_of(ana) in sent.body
    assert token_of(ana) in html
    assert "/invite/never/" in sent.body


@pytest.mark.safety("S5")
def test_two_mails_to_one_address_whoever_asks_and_nobody_is_told():
    answers = []
    for name in ("Ana", "Ben", "Cleo"):
        client = signed_in(person(name))
        client.post(reverse("invite_make"))
        answers.append(mailed(client, "Dan@Example.org "))
    assert len(mail.outbox) == 2
    bodies = {answer.content.decode().split("<main", 1)[1] for answer in answers}
    assert len(bodies) == 1
    move(timedelta(days=31))
    eve = signed_in(person("Eve"))
    eve.post(reverse("invite_make"))
    mailed(eve, "dan@example.org")
    assert len(mail.outbox) == 3


def test_the_address_is_not_kept():
    client = signed_in(person("Ana"))
    client.post(reverse("invite_make"))
    mailed(client, "dan@example.org")
    row = InvitedAddress.objects.get()
    assert b"dan" not in bytes(row.digest)
    assert len(bytes(row.digest)) == 32


@pytest.mark.safety("S5")
def test_never_again_holds_for_every_inviter():
    client = signed_in(person("Ana"))
    client.post(reverse("invite_make"))
    mailed(client, "dan@example.org")
    (link,) = [word for word in mail.outbox[0].body.split() if "/invite/never/" in word]
    path = link.split("//", 1)[1].split("/", 1)[1]
    stranger = signed_in(person("Zoe"))
    assert "Never write to me again" in stranger.get(f"/{path}").content.decode()
    assert not InvitedAddress.objects.get().never
    stranger.post(f"/{path}", HTTP_ORIGIN="http://testserver")
    assert InvitedAddress.objects.get().never
    other = signed_in(person("Ben"))
    other.post(reverse("invite_make"))
    assert "on its way" in mailed(other, "dan@example.org").content.decode()
    assert len(mail.outbox) == 1


def test_five_mails_a_day_from_one_inviter():
    client = signed_in(person("Ana"))
    client.post(reverse("invite_make"))
    for number in range(5):
        assert mailed(client, f"p{number}@example.org").status_code == 200
    assert mailed(client, "p6@example.org").status_code == 409
    assert len(mail.outbox) == 5


def test_a_mail_server_that_is_down_costs_nothing_typed(settings):
    client = signed_in(person("Ana"))
    client.post(reverse("invite_make"))
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    answer = mailed(client, "dan@example.org")
    assert answer.status_code == 200
    assert InvitedAddress.objects.get().sent == 0
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    for _ in range(3):
        send_waiting()
    assert [sent.to for sent in mail.outbox] == [["dan@example.org"]]


@pytest.mark.parametrize(("code", "times"), [(550, 1), (450, 60)])
def test_what_is_refused_is_tried_again_only_if_that_may_help(monkeypatch, code, times):
    tried = []

    def refuse(message):
        tried.append(message.to[0])
        raise SMTPRecipientsRefused({message.to[0]: (code, b"no")})

    monkeypatch.setattr(EmailMultiAlternatives, "send", refuse)
    client = signed_in(person("Ana"))
    client.post(reverse("invite_make"))
    mailed(client, "dan@example.org")
    for _ in range(70):
        send_waiting()
    assert len(tried) == times
    assert not Invitation.objects.of(seat(User.objects.get())).filter(mail_waits=True).exists()


@pytest.mark.safety("S5")
def test_a_link_that_was_closed_is_not_mailed_any_more():
    client = signed_in(person("Ana"))
    client.post(reverse("invite_make"))
    client.post(reverse("invite_mail"), {"email": "dan@example.org"})
    client.post(reverse("invite_revoke"))
    send_waiting()
    assert mail.outbox == []
    assert not Invitation.objects.across_couples().filter(mail_waits=True).exists()


@pytest.mark.safety("S5")
def test_asking_does_the_same_whether_the_mail_goes_out_or_not():
    for name in ("Ana", "Ben"):
        client = signed_in(person(name))
        client.post(reverse("invite_make"))
        mailed(client, "dan@example.org")
    work = []
    for address in ("new@example.org", "dan@example.org"):
        with CaptureQueriesContext(connection) as queries:
            client.post(reverse("invite_mail"), {"email": address})
        work.append([query["sql"].split()[0] for query in queries])
    assert work[0] == work[1]
    assert len(mail.outbox) == 2
    send_waiting()
    assert [sent.to for sent in mail.outbox[2:]] == [["new@example.org"]]


def test_what_is_no_address_is_kept_and_said_kindly():
    client = signed_in(person("Ana"))
    client.post(reverse("invite_make"))
    answer = mailed(client, "not an address")
    assert answer.status_code == 422
    assert 'value="not an address"' in answer.content.decode()


@pytest.mark.safety("S5")
@pytest.mark.safety("S7")
def test_nothing_is_shared_before_the_code_was_confirmed():
    ana, ben = person("Ana"), person("Ben")
    client = signed_in(ana)
    client.post(reverse("invite_make"))
    invitations.accept(member=seat(ben), token=token_of(ana))
    shown = page(client)
    assert "Is this your Ben?" in shown
    assert seat(ana).partner is None
    client.post(reverse("invite_confirm"), {"code": "000000x"})
    assert seat(ana).partner is None
    code = invitations.code(invitations.open_invitation(member=seat(ana)))
    answer = client.post(reverse("invite_confirm"), {"code": code})
    assert answer["Location"] == reverse("paired")
    assert seat(ana).partner.name == "Ben"
    assert seat(ben).partner.name == "Ana"


@pytest.mark.safety("S5")
def test_an_unknown_person_is_sent_away_without_a_word():
    ana, ben = person("Ana"), person("Ben")
    client = signed_in(ana)
    client.post(reverse("invite_make"))
    invitations.accept(member=seat(ben), token=token_of(ana))
    client.post(reverse("invite_revoke"))
    assert invitations.waiting_for(member=seat(ben)) is None
    assert signed_in(ben).get(reverse("join")).status_code == 404
    assert mail.outbox == []


@pytest.mark.safety("S7")
def test_who_is_paired_already_is_not_offered_to_invite():
    ana, ben = person("Ana"), person("Ben")
    pair(ana, ben)
    client = signed_in(ana)
    assert client.get(reverse("invite"))["Location"] == reverse("us")
    refused = client.post(reverse("invite_make"))
    assert refused.status_code == 409
    assert Invitation.objects.across_couples().count() == 0
    assert Couple.objects.count() == 1
    assert Member.objects.across_couples().count() == 2


@pytest.mark.parametrize("name", ["invite_make", "invite_mail", "invite_confirm"])
def test_a_page_shown_after_posting_can_be_opened_anew(name):
    client = signed_in(person("Ana"))
    assert client.get(reverse(name))["Location"] == reverse("invite")
