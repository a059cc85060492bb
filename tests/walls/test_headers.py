"""What a browser is told with every answer, whatever the route and whoever asks."""

import re

import pytest
from django.test import Client

from tests.cast import signed_in
from tests.walls.matrix import MATRIX
from tests.walls.routes import address
from tests.walls.scene import Scene

pytestmark = [pytest.mark.django_db, pytest.mark.safety("S24")]
POLICY = {
    *("default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'"),
    *("font-src 'self'", "connect-src 'self'", "form-action 'self'", "base-uri 'none'"),
    *("frame-ancestors 'none'", "object-src 'none'", "manifest-src 'self'"),
}
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def answers(scene: Scene):
    readers = {
        "nobody": Client(),
        "Ana": signed_in(scene.cast.ana),
        "Eve": signed_in(scene.cast.eve),
    }
    for name, route in sorted(MATRIX.items()):
        if not route.ends:
            for who, client in readers.items():
                yield f"{name} as {who}", client.get(address(name, scene))
    yield "no such page", Client().get("/nowhere/")


@pytest.mark.safety("S25")
def test_every_answer_is_guarded(scene):
    wrong = []
    for what, answer in answers(scene):
        lacking = {key for key, value in ALWAYS.items() if answer.get(key) != value}
        policy = set(answer.get("Content-Security-Policy", "").split("; "))
        if lacking or policy != POLICY:
            wrong.append((what, answer.status_code, lacking, POLICY ^ policy))
        if "no-store" not in answer.get("Cache-Control", ""):
            wrong.append((what, "kept", answer.get("Cache-Control")))
        if "unsafe" in str(answer.headers) or "geolocation=()" not in answer["Permissions-Policy"]:
            wrong.append((what, "policy"))
        titles = re.findall(r"<title>(.*?)</title>", answer.content.decode(errors="replace"))
        if titles and set(titles) != {"Notes for two"}:
            wrong.append((what, titles))
    assert wrong == []


@pytest.mark.safety("S2")
def test_no_exact_time_reaches_a_page(scene):
    """No clock time to the second, no date with a time, no epoch."""
    clock = re.compile(r"\b\d{1,2}:\d{2}:\d{2}\b|\d{4}-\d{2}-\d{2}T\d{2}|<time\b|\b1[6-9]\d{8}\b")
    client, wrong = signed_in(scene.cast.ben), []
    for name, route in sorted(MATRIX.items()):
        if route.ends or route.who not in ("person", "couple") or name in ("circle",):
            continue
        text = client.get(address(name, scene)).content.decode(errors="replace")
        if found := clock.search(re.sub(r'data-live="[^"]*"', "", text)):
            wrong.append((name, found[0]))
    assert wrong == []
