"""How often each page asks the database: pinned, whatever has been written."""

import pytest
from django.urls import reverse

from couples import agreement, invitations
from tests.cast import pair, person, seat, signed_in

pytestmark = pytest.mark.django_db
# Session, account, both seats with their keys and the time: three for whoever is signed in.
PAIRED = {
    "us": 5,
    "paired": 3,
    "agreement": 5,
    "comfort_card": 4,
    "settings": 4,
    "leave": 3,
    "live_poll": 3,
}
ALONE = {"us": 4, "invite": 4, "welcome": 3, "welcome_depth": 4, "welcome_two": 3, "settings": 4}
SIGNED_OUT = ("home", "how", "privacy", "safety", "have_invitation")


@pytest.mark.parametrize(("name", "number"), PAIRED.items())
def test_a_page_of_two(name, number, django_assert_num_queries):
    ana, ben = person("Ana"), person("Ben")
    pair(ana, ben)
    for turn in range(4):
        agreement.write(member=seat(ana), lines={"lines": [f"One {turn}"]})
        agreement.write(member=seat(ben), lines={"lines": [f"Two {turn}"]})
    client = signed_in(ana)
    with django_assert_num_queries(number):
        assert client.get(reverse(name)).status_code == 200


@pytest.mark.parametrize(("name", "number"), ALONE.items())
def test_a_page_of_one(name, number, django_assert_num_queries):
    eve = person("Eve")
    invitations.invite(member=seat(eve))
    client = signed_in(eve)
    with django_assert_num_queries(number):
        assert client.get(reverse(name)).status_code == 200


@pytest.mark.parametrize("name", SIGNED_OUT)
def test_open_pages_ask_nothing(name, client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get(reverse(name)).status_code == 200


def test_an_invitation_asks_once(client, django_assert_num_queries):
    eve = person("Eve")
    invitation = invitations.invite(member=seat(eve))
    link = invitations.link(member=seat(eve), invitation=invitation)
    with django_assert_num_queries(1):
        assert client.get(link.removeprefix("http://localhost:8000")).status_code == 200
