"""Everybody tries every door of Ana and Ben: nothing is seen, nothing moves, nothing is told."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from tests.cast import signed_in
from tests.walls.matrix import ENTRANCE, MATRIX, OWN_ACCOUNT, WITHOUT_CSRF
from tests.walls.routes import address, routes
from tests.walls.scene import Scene

pytestmark = [pytest.mark.django_db, pytest.mark.safety("S34")]
HERE = {"HTTP_ORIGIN": "http://testserver"}
NAMES = sorted(MATRIX, key=lambda name: (MATRIX[name].ends, name))


def test_every_route_is_known_with_its_parameters():
    found = {one.name: one.parameters for one in routes()}
    taught = {name: frozenset(route.ids) for name, route in MATRIX.items()}
    accounts = ENTRANCE | OWN_ACCOUNT
    assert {name: ids for name, ids in found.items() if name not in accounts} == taught
    assert accounts <= set(found)


def test_what_is_reached_signed_out_is_written_down():
    open_views = {one.name for one in routes() if not getattr(one.view, "login_required", True)}
    taught = {name for name, route in MATRIX.items() if route.who in ("anyone", "token", "local")}
    assert open_views == taught | ENTRANCE


def test_what_goes_without_a_csrf_token_is_written_down():
    exempt = {one.name for one in routes() if getattr(one.view, "csrf_exempt", False)}
    assert exempt == WITHOUT_CSRF


def rows_of_the_couple(scene: Scene) -> str:
    """A fingerprint of every row that belongs to Ana and Ben."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select table_name from information_schema.columns"
            " where column_name = 'couple_id' and table_schema = 'public' order by 1"
        )
        tables = [name for (name,) in cursor.fetchall()]
        marks = []
        for table in tables:
            cursor.execute(
                f"select md5(coalesce(string_agg(t::text, '' order by id), '')) from {table} t"
                " where couple_id = %s",
                [scene.ana.couple_id],
            )
            marks.append(cursor.fetchone()[0])
    return "".join(marks)


def seen(answer: Any, marks: list[str]) -> list[str]:
    said = answer.content.decode(errors="replace") + str(dict(answer.headers))
    return [mark for mark in marks if mark in said]


def call(client: Client, name: str, scene: Scene, method: str) -> Any:
    where = address(name, scene)
    if method == "get":
        return client.get(where)
    return client.post(where, MATRIX[name].post or {}, **HERE)


def anonymous(scene: Scene) -> Client:
    return Client()


def who(name: str) -> Callable[[Scene], Client]:
    return lambda scene: signed_in(getattr(scene.cast, name))


OUTSIDERS = {"anonymous": anonymous, "Eve": who("eve"), "Cleo": who("cleo"), "Fay": who("fay")}


@pytest.mark.parametrize("outsider", OUTSIDERS)
def test_an_outsider_meets_a_wall_at_every_door(outsider, scene):
    client, before = OUTSIDERS[outsider](scene), rows_of_the_couple(scene)
    wrong = []
    for name in NAMES:
        route = MATRIX[name]
        for method in ("get", "post"):
            if method == "post" and route.who in ("token", "local"):
                continue
            answer = call(client, name, scene, method)
            told = seen(answer, scene.every())
            if told or not stopped(answer, route.who, outsider):
                wrong.append((name, method, answer.status_code, told))
    assert wrong == []
    assert rows_of_the_couple(scene) == before


def stopped(answer: Any, kind: str, outsider: str) -> bool:
    status = answer.status_code
    if kind in ("anyone", "token"):
        return status < 500
    if kind == "local":
        return status == 404
    if outsider == "anonymous":
        return status == 302 and answer["Location"].startswith("/accounts/login/code/?next=")
    if kind == "person":
        return status < 500
    return status in (404, 405)


@pytest.mark.safety("S1")
@pytest.mark.safety("S35")
def test_not_even_the_partner_reads_or_moves_what_is_ones_own(scene):
    client, before = signed_in(scene.cast.ben), rows_of_the_couple(scene)
    wrong = []
    for name in NAMES:
        kind = MATRIX[name].who
        if kind != "author" and MATRIX[name].ends:
            continue
        methods = ("get", "post") if kind in ("author", "nobody") else ("get",)
        for method in methods:
            answer = call(client, name, scene, method)
            told = seen(answer, scene.anas)
            shut = kind not in ("author", "nobody") or answer.status_code in (404, 405)
            if told or not shut:
                wrong.append((name, method, answer.status_code, told))
    assert wrong == []
    assert rows_of_the_couple(scene) == before


def test_the_walk_would_notice(scene):
    """Ana's own pages do show her marks: the walk is not passing because it looks at nothing."""
    client = signed_in(scene.cast.ana)
    shown = set()
    for name in NAMES:
        if not MATRIX[name].ends:
            shown |= set(seen(call(client, name, scene, "get"), [*scene.shared, *scene.anas]))
    assert len(shown) > 0.7 * len([*scene.shared, *scene.anas])


IN_ADDRESS = sorted(name for name in MATRIX if MATRIX[name].who in ("couple", "author", "nobody"))


@pytest.mark.parametrize("reader", ["cleo", "eve", "fay"])
def test_not_yours_and_not_there_are_the_same_bytes(reader, scene):
    client = signed_in(getattr(scene.cast, reader))
    bodies, statuses = set(), set()
    for name in IN_ADDRESS:
        for method in (client.get, client.post):
            here, nowhere = (
                method(address(name, scene)),
                method(address(name, scene, instead=uuid4())),
            )
            assert here.status_code == nowhere.status_code, name
            if here.status_code == 405:
                continue
            statuses |= {here.status_code, nowhere.status_code}
            bodies |= {here.content, nowhere.content}
    bodies |= {client.get("/between-us/not-an-id/").content, client.get("/nowhere/").content}
    assert statuses == {404}
    assert len(bodies) == 1


@pytest.mark.parametrize("header", [{"HTTP_HX_REQUEST": "true"}, {"HTTP_ACCEPT": "text/html"}])
def test_an_htmx_request_gets_no_further(header, scene):
    client = signed_in(scene.cast.cleo)
    for name in IN_ADDRESS:
        answer = client.post(address(name, scene), MATRIX[name].post or {}, **header)
        assert answer.status_code in (404, 405), name
        assert seen(answer, scene.every()) == []
