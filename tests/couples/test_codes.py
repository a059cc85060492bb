"""How often codes are asked for and guessed: nobody gets in, is kept out or is told by it."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client, RequestFactory
from django.urls import reverse

from couples import codes
from couples.clock import app_now
from couples.errors import TooMany
from couples.management.commands.advance_clock import move
from couples.models import Spent
from tests.cast import person
from tests.signing import by_code, code_in
from tests.walls.plain import plain

pytestmark = pytest.mark.django_db


NEARBY, ELSEWHERE = {"REMOTE_ADDR": "198.51.100.7"}, {"REMOTE_ADDR": "203.0.113.9"}
REST = "so it rests for a while"


@pytest.fixture
def patient(settings):
    """Without the limits of a minute, which a guesser would simply wait for; early in an hour."""
    move(timedelta(minutes=62 - app_now().minute))
    every = ("request_login_code", "signup", "confirm_email", "reset_password", "manage_email")
    settings.ACCOUNT_RATE_LIMITS = dict.fromkeys(every, "")


def guess(email, network, times=10):
    """Wrong codes, each from a new session; whether the last one was refused unlooked at."""
    for _ in range(times):
        client = Client(**network)
        asked = client.post(reverse("account_request_login_code"), {"email": email})
        if asked.status_code == 200:
            return REST in asked.content.decode()
        wrong = client.post(reverse("account_confirm_login_code"), {"code": "000000"})
    return REST in wrong.content.decode()


def guessed(email, network, times=10):
    """As many wrong codes already, counted where each is, without their pages."""
    request = RequestFactory().get("/", **network)
    for _ in range(times):
        with suppress(ValueError, TooMany), codes.guess(request, email):
            raise ValueError


def may_come_in(email, network, client=None):
    client = client or Client(**network)
    if client.post(reverse("account_request_login_code"), {"email": email}).status_code != 302:
        return False
    code = code_in(mail.outbox[-1].body)
    return client.post(reverse("account_confirm_login_code"), {"code": code}).status_code == 302


def own_device(email):
    """A device nearby on which somebody once signed in and ticked "this is only my device"."""
    client = by_code(email, Client(**NEARBY), own_device="on")
    client.post(reverse("account_logout"))
    return client


def used_up(email, networks=(NEARBY,)):
    """What an address has from each network, and what the first has for any address."""
    for number in range(6):
        guessed(f"p{number}@example.org", networks[0])
    for network in networks:
        guessed(email, network)
        with suppress(TooMany):
            for _ in range(11):
                codes.ask(RequestFactory().get("/", **network), email)


@pytest.mark.usefixtures("patient")
def test_new_sessions_give_no_new_guesses():
    ana = person("Ana")
    assert not guess(ana.email, NEARBY)
    assert guess(ana.email.upper(), NEARBY, times=1)
    assert not may_come_in(ana.email, NEARBY)


@pytest.mark.usefixtures("patient")
def test_the_owner_comes_in_from_elsewhere_and_after_an_hour():
    ana = person("Ana")
    guessed(ana.email, NEARBY)
    assert may_come_in(ana.email, ELSEWHERE)
    move(timedelta(hours=1))
    assert may_come_in(ana.email, NEARBY)


@pytest.mark.usefixtures("patient")
def test_a_day_holds_few_guesses_from_anywhere():
    ana = person("Ana")
    for number in range(6):
        guessed(ana.email, {"REMOTE_ADDR": f"203.0.113.{number}"})
    assert not may_come_in(ana.email, ELSEWHERE)
    move(timedelta(days=1))
    assert may_come_in(ana.email, ELSEWHERE)


@pytest.mark.usefixtures("patient")
def test_right_codes_are_not_counted():
    ana = person("Ana")
    for _ in range(3):
        assert not guess(ana.email, NEARBY, times=2)
        assert may_come_in(ana.email, NEARBY)
    assert not guess(ana.email, NEARBY, times=1)


@pytest.mark.usefixtures("patient")
def test_one_network_does_not_try_many_addresses():
    for number in range(6):
        guessed(f"p{number}@example.org", NEARBY)
    assert guess("another@example.org", NEARBY, times=1)


@pytest.mark.safety("S18")
@pytest.mark.usefixtures("patient")
def test_limits_are_the_same_for_an_address_nobody_has():
    person("Ana")
    for email in ("ana@example.org", "nobody@example.org"):
        assert not guess(email, NEARBY)
        assert guess(email, NEARBY, times=1)


@pytest.mark.safety("S1")
@pytest.mark.usefixtures("patient")
def test_how_often_an_address_may_still_ask_tells_nothing_of_its_owner():
    ana, room = person("Ana"), []
    for times in (0, 4):
        for _ in range(times):
            assert may_come_in(ana.email, NEARBY)
        asked = [
            Client(**NEARBY).post(reverse("account_request_login_code"), {"email": ana.email})
            for _ in range(11)
        ]
        room.append([answer.status_code for answer in asked])
        move(timedelta(hours=1))
    assert room == [[302] * 10 + [200]] * 2


@pytest.mark.usefixtures("patient")
def test_two_networks_do_not_keep_an_owner_out_everywhere():
    ana, request = person("Ana"), RequestFactory()
    for network in (NEARBY, {"REMOTE_ADDR": "198.51.100.8"}):
        for _ in range(4):
            with suppress(TooMany):
                for _ in range(11):
                    codes.ask(request.get("/", **network), ana.email)
            move(timedelta(hours=1))
        move(timedelta(hours=-4))
    assert may_come_in(ana.email, ELSEWHERE)


@pytest.mark.safety("S18")
@pytest.mark.usefixtures("patient")
@pytest.mark.parametrize(
    "name", ["account_request_login_code", "account_signup", "account_reset_password"]
)
def test_nobodys_mailbox_is_filled_with_codes(name):
    person("Ana")
    pages = []
    for email in ("ana@example.org", "nobody@example.org"):
        for _ in range(12):
            last = Client().post(reverse(name), {"email": email, "name": "X"})
        assert sum(email in sent.to for sent in mail.outbox) == 10
        assert REST in last.content.decode()
        pages.append(plain(last).replace(email, "<address>"))
    assert pages[0] == pages[1]


@pytest.mark.usefixtures("patient")
def test_whoever_is_signed_in_fills_no_strangers_mailbox_either():
    client, stranger = by_code(person("Ana").email), "somebody@example.net"
    for _ in range(12):
        last = client.post(reverse("account_email"), {"email": stranger, "action_add": "1"})
    assert sum(stranger in sent.to for sent in mail.outbox) == 10
    assert REST in last.content.decode()


@pytest.mark.safety("S8")
@pytest.mark.usefixtures("patient")
@pytest.mark.parametrize("networks", [1, 6])
def test_nobody_else_keeps_an_owner_out_on_their_own_device(networks):
    ana = person("Ana")
    phone = own_device(ana.email)
    used_up(ana.email, [NEARBY, *({"REMOTE_ADDR": f"203.0.113.{n}"} for n in range(1, networks))])
    assert not may_come_in(ana.email, NEARBY)
    assert may_come_in(ana.email.upper(), NEARBY, phone)


@pytest.mark.safety("S8")
def test_nor_by_asking_for_codes_without_end():
    ana = person("Ana")
    phone = own_device(ana.email)
    for _ in range(25):
        Client(**NEARBY).post(reverse("account_request_login_code"), {"email": ana.email})
    assert may_come_in(ana.email, NEARBY, phone)


@pytest.mark.usefixtures("patient")
def test_a_cookie_made_up_foreign_or_old_is_as_none():
    ana = person("Ana")
    phone, bens = own_device(ana.email), own_device(person("Ben").email)
    until, name, proof = phone.cookies["device"].value.split(".")
    made_up = [f"2999-01.{name}.{proof}", f"{until}.{name[::-1]}.{proof}", f"{until}.{name}.x"]
    used_up(ana.email)
    for value in (*made_up, bens.cookies["device"].value, "", "..", "a\x00.\u00e9.b"):
        client = Client(**NEARBY)
        client.cookies["device"] = value
        assert not may_come_in(ana.email, NEARBY, client)
    move(timedelta(days=366))
    used_up(ana.email)
    assert not may_come_in(ana.email, NEARBY, phone)


def guessed_on(phone, email):
    request = RequestFactory().get("/", **NEARBY)
    request.COOKIES["device"] = phone.cookies["device"].value
    for _ in range(10):
        with suppress(ValueError, TooMany), codes.guess(request, email):
            raise ValueError


@pytest.mark.usefixtures("patient")
def test_a_known_device_rests_as_soon_and_keeps_nobody_else_out():
    ana = person("Ana")
    phone, tablet = own_device(ana.email), own_device(ana.email)
    guessed_on(phone, ana.email)
    assert not may_come_in(ana.email, NEARBY, phone)
    assert may_come_in(ana.email, NEARBY, tablet)
    assert may_come_in(ana.email, NEARBY)


@pytest.mark.usefixtures("patient")
def test_many_known_devices_do_not_make_many_guesses():
    ana = person("Ana")
    phones = [own_device(ana.email) for _ in range(7)]
    for phone in phones[:6]:
        guessed_on(phone, ana.email)
    assert not may_come_in(ana.email, NEARBY, phones[6])
    assert may_come_in(ana.email, NEARBY)


@pytest.mark.safety("S18")
@pytest.mark.usefixtures("patient")
def test_nobody_learns_from_a_page_which_address_a_device_knows():
    ana, pages = person("Ana"), []
    phone = own_device(ana.email)
    for email in (ana.email, "nobody@example.org"):
        for value in (None, phone.cookies["device"].value):
            Spent.objects.all().delete()
            seen = []
            for _ in range(11):
                client = Client(**NEARBY)
                if value:
                    client.cookies["device"] = value
                asked = client.post(reverse("account_request_login_code"), {"email": email})
                code = client.get(reverse("account_confirm_login_code"))
                seen.append((asked.status_code, plain(asked), plain(code), sorted(asked.cookies)))
            pages.append(str(seen).replace(email, "<address>"))
    assert REST in pages[0]
    assert len(set(pages)) == 1
