"""Whatever is typed or sent, a page answers: never an error of the server."""

import pytest
from django.urls import reverse

from couples.models import User
from tests.cast import signed_in
from tests.signing import by_code
from tests.walls.matrix import MATRIX
from tests.walls.routes import address

pytestmark = pytest.mark.django_db
HERE = {"HTTP_ORIGIN": "http://testserver"}
NASTY = {
    "nul": "a\x00b\r\nSet-Cookie: x=1\r\n\r\nb",
    "long": "w" * 9_000 + "e" + "\u0301" * 2_000 + "\u202egnp.exe\u202c \u2066x👩‍❤️‍👨",
    "digits": "-" + "٣" * 30,
    "html": "<script>alert(1)</script>{{ 7*7 }}{% debug %}__proto__",
}
FIELDS = ("text", "note", "line_1", "wording", "number", "revision", "to", "day", "step", "code")


@pytest.mark.parametrize("value", NASTY.values(), ids=NASTY)
def test_no_form_breaks(value, scene):
    client = signed_in(scene.cast.ana)
    broken = []
    for name, route in sorted(MATRIX.items()):
        if route.ends or route.who in ("local", "nobody"):
            continue
        words = {field: [value, value] for field in (*FIELDS, *(route.post or {}))}
        answer = client.post(address(name, scene), words, **HERE)
        if answer.status_code >= 500:
            broken.append((name, answer.status_code))
        answer = client.get(address(name, scene), {"before": value, "page": value, "next": value})
        if answer.status_code >= 500:
            broken.append((name, "get"))
        if "<script>alert(1)" in answer.content.decode(errors="replace"):
            broken.append((name, "unescaped"))
    assert broken == []


def test_no_form_breaks_without_any_field(scene):
    client = signed_in(scene.cast.ana)
    for name, route in sorted(MATRIX.items()):
        if not route.ends and route.who not in ("local", "nobody"):
            assert client.post(address(name, scene), {}, **HERE).status_code < 500, name


BODIES = [
    ("application/json", b'{"a": {"a": {"a": [1, 2'),
    ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; na"),
    ("multipart/form-data", b"no boundary"),
    ("text/xml", b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>"),
    ("application/x-www-form-urlencoded", b"a=%ff%fe&name=%00&=&&&;"),
]


@pytest.mark.parametrize(("kind", "body"), BODIES)
@pytest.mark.parametrize(
    "name", ["settings", "welcome", "agreement", "comfort_card", "invite_mail"]
)
def test_no_body_breaks_a_form(name, kind, body, scene):
    answer = signed_in(scene.cast.eve).post(reverse(name), body, content_type=kind)
    assert answer.status_code < 500


def test_a_huge_body_is_refused(scene):
    answer = signed_in(scene.cast.eve).post(reverse("settings"), {"name": "x" * 400_000})
    assert answer.status_code in (400, 413)


def test_fields_nobody_offered_change_nothing(scene):
    eve = scene.cast.eve
    client = signed_in(eve)
    before = User.objects.filter(pk=eve.pk).values().get()
    words = {"name": "Eve", "timezone": before["timezone"], "language": "en"}
    more = {"email": "x@example.org", "is_active": "", "password": "x", "id": "1", "seat": "2"}
    client.post(reverse("settings"), {**words, **more, "couple_id": "1", "author": "1"})
    assert User.objects.filter(pk=eve.pk).values().get() == before


@pytest.mark.parametrize(
    "where",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "\t//e"],
)
def test_signing_in_never_leads_off_the_site(where, scene):
    client = by_code(scene.cast.eve.email, next=where)
    gone = client.post(reverse("account_logout"), {"next": where})
    assert "evil" not in gone["Location"]
    assert gone["Location"].startswith("/")
