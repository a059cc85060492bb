"""A page that was answered to a form: its link to what is new leads somewhere that can be read."""

import re

import pytest
from django.db import transaction

from tests.cast import signed_in
from tests.walls.matrix import MATRIX
from tests.walls.routes import address
from tests.walls.scene import build

pytestmark = pytest.mark.django_db
NEWS = re.compile(r'data-live=.*?<a href="([^"]+)"')
WRONG = {
    "own": "too long " * 99,
    "number": "x",
    "email": "nowhere",
    "depth": "9",
    "weekday": "9",
    "do": "x",
    "verdict": "x",
}
KNOWN = {
    "reply",
    "hold",
    "land",
    "openings",
    "send",
    "ritual_address",
    "ritual_part",
    "invite_mail",
}


def who(name, route, scene):
    """Somebody for whom the form is there."""
    if name.startswith("invite"):
        return scene.cast.eve
    return scene.cast.ben if route.who == "couple" else scene.cast.ana


def links(scene):
    """Of every page that comes back for a form with something to mend."""
    clients = {
        user.pk: signed_in(user) for user in (scene.cast.ana, scene.cast.ben, scene.cast.eve)
    }
    for name, route in MATRIX.items():
        if route.who in ("person", "couple", "author") and not route.ends:
            client = clients[who(name, route, scene).pk]
            with transaction.atomic():
                answer = client.post(address(name, scene), WRONG | {"send": "1"})
                found = NEWS.search(answer.content.decode())
                if found and answer.status_code != 200:
                    yield name, client.get(found[1], follow=True).status_code
                transaction.set_rollback(True)


def test_the_link_to_news_leads_to_a_page():
    scene = build()
    scene.ids["opening"] = "everyday"
    met = dict(links(scene))
    assert set(met) >= KNOWN
    assert {name: status for name, status in met.items() if status != 200} == {}
