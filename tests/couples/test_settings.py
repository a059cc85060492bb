"""What is one's own: name, zone, devices, and the way out of all of them."""

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.urls import reverse

from tests.cast import pair, person, signed_in
from tests.signing import by_code

pytestmark = pytest.mark.django_db


def test_name_zone_and_language_are_kept():
    ana = person("Ana")
    client = signed_in(ana)
    words = {"name": "Anna", "timezone": "Pacific/Auckland", "language": "en"}
    assert client.post(reverse("settings"), words)["Location"] == reverse("saved")
    assert "Saved." in client.get(reverse("saved")).content.decode()
    ana.refresh_from_db()
    assert (ana.name, ana.timezone) == ("Anna", "Pacific/Auckland")


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"name": "x" * 41}, {"timezone": "Mars/Base"}, {"language": "tlh"}]
)
def test_what_cannot_be_is_refused_and_the_rest_is_kept_on_the_page(wrong):
    ana = person("Ana")
    words = {"name": "Kept Name", "timezone": "Europe/Rome", "language": "en", **wrong}
    page = signed_in(ana).post(reverse("settings"), words)
    assert page.status_code == 422
    ana.refresh_from_db()
    assert ana.name == "Ana"
    if "name" not in wrong:
        assert "Kept Name" in page.content.decode()


def in_two_browsers(user):
    clients = [by_code(user.email), by_code(user.email)]
    for client in clients:
        assert client.get(reverse("usersessions_list")).status_code == 200
    return clients


@pytest.mark.safety("S16")
def test_where_one_is_signed_in_is_shown_and_ended():
    phone, laptop = in_two_browsers(person("Ana"))
    assert phone.get(reverse("usersessions_list")).status_code == 200
    phone.post(reverse("usersessions_list"))
    assert phone.get(reverse("us")).status_code == 200
    assert laptop.get(reverse("us")).status_code == 302


@pytest.mark.safety("S16")
def test_sign_out_everywhere_means_here_too():
    ana, ben = person("Ana"), person("Ben")
    phone, laptop = in_two_browsers(ana)
    others = signed_in(ben)
    assert phone.post(reverse("sign_out_everywhere"))["Location"] == reverse("home")
    for client in (phone, laptop):
        assert client.get(reverse("us"))["Location"].startswith("/accounts/")
    assert others.get(reverse("us")).status_code == 200
    assert UserSession.objects.filter(user=ana).count() == 0


@pytest.mark.safety("S16")
def test_a_session_ends_with_the_browser_unless_the_device_is_ones_own():
    client = signed_in(person("Ana"))
    assert client.session.get_expire_at_browser_close()
    assert client.session.get_expiry_age() <= 8 * 60 * 60
    client.post(reverse("this_device"), {"own": "yes"})
    assert not client.session.get_expire_at_browser_close()
    assert client.session.get_expiry_age() == 30 * 24 * 60 * 60
    client.cookies["device"] = "known"
    client.post(reverse("this_device"), {"own": "no"})
    assert client.session.get_expire_at_browser_close()
    assert client.cookies["device"].value == ""


@pytest.mark.safety("S21")
def test_exit_ends_the_session_at_once_without_a_token():
    ana = person("Ana")
    client = signed_in(ana)
    answer = client.post(reverse("exit"))
    assert answer.status_code == 204
    assert "storage" in answer["Clear-Site-Data"]
    assert client.get(reverse("us")).status_code == 302
    assert Session.objects.count() == 0
    assert client.post(reverse("exit")).status_code == 204
    assert client.get(reverse("exit")).status_code == 405


@pytest.mark.safety("S21")
@pytest.mark.parametrize("name", ["us", "leave", "comfort_card", "agreement", "settings", "closed"])
def test_exit_stands_on_every_private_page(name, settings):
    settings.EXIT_URL = "https://weather.example/"
    ana, ben = person("Ana"), person("Ben")
    pair(ana, ben)
    client = signed_in(ana)
    if name == "closed":
        client.post(reverse("leave"))
    page = client.get(reverse(name)).content.decode()
    links = [part.split(">", 1)[0] for part in page.split("<a ") if "data-exit" in part]
    assert len(links) == 2, "one among the skip links, one in the bar"
    for link in links:
        assert 'href="https://weather.example/"' in link
        assert "noreferrer" in link


@pytest.mark.safety("S21")
@pytest.mark.safety("S22")
def test_exit_stands_on_the_safety_page_signed_out_too(client):
    page = client.get(reverse("safety")).content.decode()
    assert page.count("data-exit") == 2
    assert "history" in page
