"""The worker's queue of invitation mails."""

from smtplib import SMTPRecipientsRefused

import pytest
from django.core.mail import EmailMultiAlternatives

from couples import invitations
from couples.mail import send_invitation, send_waiting
from tests.cast import person, seat

pytestmark = pytest.mark.django_db


def test_mails_that_nobody_takes_do_not_hold_up_the_others(monkeypatch):
    sent = []

    def send(message):
        if "full" in message.to[0]:
            raise SMTPRecipientsRefused({message.to[0]: (452, b"full")})
        sent.append(message.to[0])

    monkeypatch.setattr(EmailMultiAlternatives, "send", send)
    monkeypatch.setattr(invitations, "AT_ONCE", 4)
    for number in range(invitations.AT_ONCE + 1):
        inviter = seat(person(f"P{number}"))
        invitations.invite(member=inviter)
        host = "full" if number < invitations.AT_ONCE else "example"
        send_invitation(member=inviter, address=f"p{number}@{host}.org")
    for _ in range(9):
        send_waiting()
    assert sent == [f"p{invitations.AT_ONCE}@example.org"]
