"""Coming in: by code, on a borrowed or an own device; who has an account is told to nobody."""

from datetime import datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from couples.models import Member, User
from tests.cast import person, seat
from tests.couples.test_joining import HERE, inviting
from tests.signing import by_code, code_in, sign_up
from tests.walls.plain import plain

pytestmark = pytest.mark.django_db


def test_a_new_person_signs_up_with_a_code_and_is_welcomed():
    client = sign_up("Ana", "ana@example.org")
    user = User.objects.get(email="ana@example.org")
    assert user.name == "Ana"
    assert not user.has_usable_password()
    assert client.get(reverse("welcome")).status_code == 200
    assert seat(user).couple.state == "solo"


def test_the_browsers_guess_of_a_zone_is_kept_only_if_it_is_one():
    for number, (guess, kept) in enumerate((("Asia/Tokyo", "Asia/Tokyo"), ("<b>", "UTC"))):
        words = {"name": "Ana", "email": f"a{number}@example.org", "timezone": guess}
        Client().post(reverse("account_signup"), words)
        assert User.objects.get(email=words["email"]).timezone == kept


@pytest.mark.safety("S5")
@pytest.mark.safety("S6")
def test_an_invitation_survives_signing_up():
    _, token = inviting()
    client = Client()
    client.post(reverse("invitation", args=[token]), **HERE)
    sign_up("Ben", "ben@example.org", client)
    page = client.get(reverse("join")).content.decode()
    assert "Share a space with Ana?" in page
    ben = User.objects.get(email="ben@example.org")
    assert Member.objects.across_couples().get(user=ben).couple.state == "solo"


def test_an_invitation_survives_signing_in():
    _, token = inviting()
    ben, client = person("Ben"), Client()
    client.post(reverse("invitation", args=[token]), **HERE)
    by_code(ben.email, client)
    assert "Share a space with Ana?" in client.get(reverse("join")).content.decode()


@pytest.mark.safety("S16")
@pytest.mark.parametrize(("ticked", "days"), [({}, 0), ({"own_device": "on"}, 30)])
def test_a_session_is_short_unless_the_box_is_ticked(ticked, days):
    client = by_code(person("Ana").email, **ticked)
    assert client.session.get_expire_at_browser_close() is (days == 0)
    seconds = days * 24 * 60 * 60 or 8 * 60 * 60
    assert client.session.get_expiry_age() <= seconds


@pytest.mark.safety("S16")
@pytest.mark.parametrize(("public", "name"), [(False, "device"), (True, "__Host-device")])
def test_an_own_device_keeps_a_cookie_that_tells_nothing(settings, public, name):
    settings.SECURE, ana = public, person("Ana")
    kept, again = (by_code(ana.email, own_device="on").cookies[name] for _ in range(2))
    assert (kept["httponly"], kept["samesite"], kept["path"]) == (True, "Lax", "/")
    assert (bool(kept["secure"]), kept["domain"]) == (public, "")
    assert 300 * 24 * 60 * 60 < kept["max-age"] <= 366 * 24 * 60 * 60
    until, device, proof = kept.value.split(".")
    assert kept["expires"][5:16] == f"{datetime.fromisoformat(f'{until}-01'):%d %b %Y}"
    assert not {device, proof} & set(again.value.split("."))
    assert not any(str(word) in kept.value for word in (ana.pk, "ana", "example"))


@pytest.mark.safety("S16")
def test_a_borrowed_device_keeps_nothing_of_who_was_there():
    ana, ben = person("Ana"), person("Ben")
    assert "device" not in by_code(ana.email).cookies
    assert "device" not in sign_up("Eve", "eve@example.org").cookies
    shared = by_code(ana.email, own_device="on")
    shared.post(reverse("account_logout"))
    assert by_code(ben.email, shared).cookies["device"].value
    shared.post(reverse("account_logout"))
    assert not by_code(ana.email, shared).cookies["device"].value


@pytest.mark.safety("S21")
def test_leaving_a_page_leaves_an_own_device_known():
    client = by_code(person("Ana").email, own_device="on")
    assert not client.post(reverse("exit")).cookies.get("device")
    assert client.get(reverse("us")).status_code == 302
    assert client.cookies["device"].value


def test_signing_in_makes_a_new_session_and_kills_the_old():
    client = Client()
    client.post(reverse("account_request_login_code"), {"email": person("Ana").email})
    before = client.session.session_key
    client.post(reverse("account_confirm_login_code"), {"code": code_in(mail.outbox[-1].body)})
    assert client.session.session_key != before
    assert not client.session.exists(before)


def answers(name, words, follow):
    client = Client()
    first = client.post(reverse(name), words)
    second = client.get(first["Location"])
    wrong = client.post(first["Location"], {"code": "000000"})
    shown = [plain(second), plain(wrong)] if follow else [plain(second)]
    gone = [text.replace(words["email"], "<address>") for text in shown]
    return first.status_code, first["Location"], second.status_code, wrong.status_code, gone


@pytest.mark.safety("S18")
@pytest.mark.parametrize("name", ["account_request_login_code", "account_signup"])
def test_nobody_learns_who_has_an_account(name):
    person("Ana")
    known = answers(name, {"email": "ana@example.org", "name": "X"}, follow=True)
    unknown = answers(name, {"email": "nobody@example.org", "name": "X"}, follow=True)
    assert known == unknown
    assert len(mail.outbox) == 2


def test_a_code_works_once_and_for_ten_minutes(monkeypatch):
    ana = person("Ana")
    client = Client()
    client.post(reverse("account_request_login_code"), {"email": ana.email})
    code = code_in(mail.outbox[-1].body)
    late = timezone.now() + timedelta(minutes=11)
    monkeypatch.setattr("time.time", lambda: late.timestamp())
    client.post(reverse("account_confirm_login_code"), {"code": code})
    assert client.get(reverse("us")).status_code == 302
    monkeypatch.undo()
    other = by_code(ana.email)
    used = code_in(mail.outbox[-1].body)
    other.post(reverse("account_logout"))
    other.post(reverse("account_confirm_login_code"), {"code": used})
    assert other.get(reverse("us")).status_code == 302


def test_three_wrong_codes_and_the_right_one_is_dead():
    client = Client()
    client.post(reverse("account_request_login_code"), {"email": person("Ana").email})
    code = code_in(mail.outbox[-1].body)
    for _ in range(3):
        client.post(reverse("account_confirm_login_code"), {"code": "111111"})
    client.post(reverse("account_confirm_login_code"), {"code": code})
    assert client.get(reverse("us")).status_code == 302


def test_a_passkey_does_not_lock_out_the_code():
    ana = person("Ana")
    Authenticator.objects.create(
        user=ana, type=Authenticator.Type.WEBAUTHN, data={"name": "Phone", "credential": {}}
    )
    client = by_code(ana.email)
    assert client.get(reverse("us")).status_code == 200


def test_a_second_factor_that_was_chosen_is_asked_for():
    ana = person("Ana")
    Authenticator.objects.create(user=ana, type=Authenticator.Type.TOTP, data={"secret": "x"})
    client = by_code(ana.email)
    assert client.get(reverse("us")).status_code == 302


@pytest.mark.safety("S19")
def test_the_mails_of_signing_in_are_neutral():
    sign_up("Ana", "ana@example.org")
    by_code("ana@example.org")
    Client().post(reverse("account_request_login_code"), {"email": "nobody@example.org"})
    cache.clear()
    Client().post(reverse("account_signup"), {"email": "ana@example.org", "name": "X"})
    assert len(mail.outbox) == 4
    for sent in mail.outbox:
        said = f"{sent.subject}\n{sent.body}"
        assert "Ana" not in said
        assert not any(word in said.lower() for word in ("partner", "couple", "feeling"))
        assert sent.from_email.startswith("Notes for two <")
