"""A page elsewhere posts in Ana's name: refused at every door, and nothing moves."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.walls.matrix import MATRIX, WITHOUT_CSRF
from tests.walls.routes import address
from tests.walls.test_walk import rows_of_the_couple

pytestmark = [pytest.mark.django_db, pytest.mark.safety("S34")]
GUARDED = sorted(
    name
    for name, route in MATRIX.items()
    if name not in WITHOUT_CSRF and route.who in ("person", "couple", "author", "nobody")
)
ELSEWHERE = ("https://evil.example", "null", "http://testserver.evil.example")


@pytest.fixture
def client(scene) -> Client:
    """Ana's browser, with the cookie that guards forms."""
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(scene.cast.ana)
    browser.get(reverse("settings"))
    return browser


def test_no_form_is_taken_without_its_token(client, scene):
    before = rows_of_the_couple(scene)
    taken = [
        (name, answer.status_code)
        for name in GUARDED
        if (answer := client.post(address(name, scene), MATRIX[name].post or {})).status_code != 403
    ]
    assert taken == []
    assert rows_of_the_couple(scene) == before


@pytest.mark.parametrize("origin", ELSEWHERE)
def test_no_form_is_taken_from_elsewhere_even_with_the_token(client, scene, origin):
    before, token = rows_of_the_couple(scene), client.cookies["csrf"].value
    for name in GUARDED:
        words = {**(MATRIX[name].post or {}), "csrfmiddlewaretoken": token}
        answer = client.post(address(name, scene), words, HTTP_ORIGIN=origin)
        assert answer.status_code == 403, name
    assert rows_of_the_couple(scene) == before


def test_the_same_form_from_here_is_taken(client):
    words = {"depth": "1", "csrfmiddlewaretoken": client.cookies["csrf"].value}
    answer = client.post(reverse("welcome_depth"), words, HTTP_ORIGIN="http://testserver")
    assert answer.status_code == 302
