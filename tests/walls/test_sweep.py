"""After everything was written: no word of it lies anywhere in the clear."""

import logging

import pytest
import redis
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.db import connection

from tests.cast import signed_in
from tests.rituals import stage
from tests.walls.matrix import MATRIX
from tests.walls.routes import address
from tests.walls.scene import Scene, build

pytestmark = [pytest.mark.django_db, pytest.mark.safety("S26")]
# What stands in clear, and is published on the privacy page.
IN_CLEAR = {"couples_user", "account_emailaddress", "django_session", "usersessions_usersession"}


@pytest.fixture
def scene(caplog) -> Scene:
    cache.clear()
    caplog.set_level(logging.DEBUG)
    return build()


def words(scene: Scene) -> list[str]:
    """Everything but the two names and addresses, which stand in clear."""
    names = {scene.cast.ana.name, scene.cast.ben.name}
    return [
        mark for mark in scene.every() if mark not in names and not mark.endswith("example.org")
    ]


def look_around(scene: Scene) -> None:
    for user in (scene.cast.ana, scene.cast.ben):
        client = signed_in(user)
        for name, route in MATRIX.items():
            if not route.ends and route.who in ("person", "couple", "author"):
                scene.ids.setdefault("opening", "everyday")
                client.get(address(name, scene))


def dump() -> dict[str, bytes]:
    """Every column of every table as PostgreSQL writes it, bytea both as hex and raw."""
    found: dict[str, bytes] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "select table_name, column_name, data_type from information_schema.columns"
            " where table_schema = 'public'"
        )
        for table, column, kind in cursor.fetchall():
            readable = f'"{column}"' if kind == "bytea" else f'"{column}"::text'
            cursor.execute(f'select {readable} from "{table}" where "{column}" is not null')
            values = [value for (value,) in cursor.fetchall()]
            raw = [bytes(value) if kind == "bytea" else value.encode() for value in values]
            found[table] = found.get(table, b"") + b"\0".join(raw)
    return found


def test_a_copy_of_the_database_holds_no_word(scene):
    look_around(scene)
    tables = dump()
    assert len(tables) > 25
    found = [
        (table, mark)
        for table, held in tables.items()
        for mark in words(scene)
        if mark.encode() in held
    ]
    assert found == []


def test_addresses_stand_where_the_privacy_page_says_and_nowhere_else(scene):
    look_around(scene)
    address_of_ana = scene.cast.ana.email.encode()
    holding = {table for table, held in dump().items() if address_of_ana in held}
    assert holding <= IN_CLEAR


@pytest.mark.safety("S19")
def test_mails_hold_no_word_but_ones_own(scene):
    for _ in range(3):
        stage.to_due(scene.cast.ana)
        stage.sweep()
    mails = [(sent.to, str(sent.message()) + sent.body) for sent in mail.outbox]
    assert mails
    for to, text in mails:
        own = scene.anas if to != [scene.cast.ben.email] else scene.bens
        found = [mark for mark in scene.every() if mark in text and mark not in own]
        assert found == []


def test_logs_hold_neither_words_nor_addresses(scene, capfd, caplog):
    look_around(scene)
    handler = logging.getLogger().handlers[0]
    for record in caplog.records:
        for one in handler.filters:
            one.filter(record)
        said = handler.format(record)
        assert not any(mark in said for mark in scene.every()), said
    assert caplog.records


def test_valkey_holds_no_word(scene):
    client = redis.Redis.from_url(settings.REDIS_URL)
    look_around(scene)
    held = b"".join(
        bytes(key) + (client.dump(key) or b"") for key in client.scan_iter("*", count=1000)
    )
    assert [mark for mark in scene.every() if mark.encode() in held] == []


def test_tasks_carry_nothing():
    from config.celery import app

    app.loader.import_default_modules()
    own = [task for name, task in app.tasks.items() if not name.startswith("celery.")]
    assert own
    assert all(not task.run.__code__.co_argcount for task in own)
    beat = app.conf.beat_schedule.values()
    assert all(not entry.get("args") and not entry.get("kwargs") for entry in beat)


@pytest.mark.safety("S24")
def test_nothing_of_it_is_in_a_session(scene):
    client = signed_in(scene.cast.ana)
    for name in ("today", "feed", "us", "agreement", "comfort_card"):
        client.get(address(name, scene))
    held = str(dict(client.session.items()))
    assert not any(mark in held for mark in scene.every())
