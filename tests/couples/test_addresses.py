"""One mailbox can be written in many ways; none of them is a way round a limit."""

import pytest
from django.core import mail
from django.test import Client, RequestFactory
from django.urls import reverse

from couples import codes, invitations
from couples.addresses import mailbox
from couples.errors import TooMany
from couples.mail import never_again, never_link, send_waiting
from tests.cast import person, seat, signed_in

pytestmark = pytest.mark.django_db
BOX = "eve@example.net"
SPELLINGS = ("Eve@example.net", "eve+1@example.net", "e.v.e@EXAMPLE.net")
# A mail to each of these arrives at the box, too.
DISGUISED = ('"eve"@example.net', "=?utf-8?q?eve?=@example.net", "=?utf-8?q?=65ve?=@example.net")
LITERAL = "eve@[127.0.0.1]"


def test_one_box_however_it_is_written():
    assert {mailbox(spelling) for spelling in SPELLINGS} == {mailbox(BOX)}
    assert mailbox("eve@tür.example") == mailbox("eve@xn--tr-xka.example")
    assert len({mailbox(other) for other in (BOX, "ive@example.net", "eve@example.org")}) == 3


@pytest.mark.safety("S5")
def test_never_again_holds_for_every_spelling():
    never_again(never_link(BOX).rstrip("/").rsplit("/", 1)[-1])
    for number, spelling in enumerate((*SPELLINGS, *DISGUISED, LITERAL)):
        inviter = person(f"P{number}")
        invitations.invite(member=seat(inviter))
        answer = signed_in(inviter).post(reverse("invite_mail"), {"email": spelling})
        assert answer.status_code == (200 if spelling in SPELLINGS else 422)
    send_waiting()
    assert mail.outbox == []


@pytest.mark.safety("S28")
def test_a_box_has_one_count_of_codes():
    request = RequestFactory().get("/")
    for number in range(10):
        codes.ask(request, f"eve+{number}@example.net")
    with pytest.raises(TooMany):
        codes.ask(request, BOX)


@pytest.mark.safety("S18")
@pytest.mark.parametrize(
    "name", ["account_request_login_code", "account_signup", "account_reset_password"]
)
@pytest.mark.parametrize("address", [*DISGUISED, LITERAL])
def test_what_is_disguised_is_asked_for_anew(name, address):
    answer = Client().post(reverse(name), {"email": address, "name": "X"})
    assert "does not look like an e-mail address" in answer.content.decode()
    assert mail.outbox == []
