"""What only a local run may do, and whether a server can serve."""

from urllib.parse import urlsplit

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse

from couples.views.dev import sign_in_address
from tests.cast import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(settings):
    settings.DEBUG = True
    return urlsplit(sign_in_address(person("Eve"))).path


@pytest.mark.safety("S18")
def test_one_click_signs_in_on_this_machine(address):
    client = Client()
    assert client.get(address)["Location"] == reverse("today")
    assert client.get(reverse("us")).status_code == 200
    assert UserSession.objects.count() == 1


@pytest.mark.safety("S18")
@pytest.mark.parametrize(
    "elsewhere", [{"REMOTE_ADDR": "192.0.2.7"}, {"HTTP_X_FORWARDED_FOR": "127.0.0.1"}]
)
def test_from_elsewhere_there_is_no_such_page(address, elsewhere):
    client = Client()
    assert client.get(address, **elsewhere).status_code == 404
    assert client.get(reverse("ui"), **elsewhere).status_code == 404
    assert client.get(reverse("us")).status_code == 302


@pytest.mark.safety("S18")
def test_on_a_real_server_there_is_no_such_page(address, settings):
    settings.DEBUG = False
    assert Client().get(address).status_code == 404


@pytest.mark.safety("S18")
def test_an_address_made_up_opens_nothing(address, settings):
    for wrong in (address[:-6] + "AAAAA/", "/dev/sign-in/x/", "/dev/sign-in/x:y/"):
        assert Client().get(wrong).status_code == 404


def test_healthz_says_whether_pages_can_be_served(settings, tmp_path):
    assert Client().get("/healthz").content == b"ok"
    settings.KEY_FILE = tmp_path / "lost.json"
    sick = Client().get("/healthz")
    assert (sick.status_code, sick.content) == (503, b"KeyRingMissing")
