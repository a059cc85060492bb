"""After everything was written and looked at: no word of it lies anywhere in the clear.

The traces are gathered once; the tests read them.
"""

import logging
from dataclasses import dataclass
from typing import Any

import pytest
import redis
from django.conf import settings
from django.core import mail
from django.db import connection, transaction

from tests.cast import signed_in
from tests.rituals import stage
from tests.walls.matrix import MATRIX
from tests.walls.routes import address
from tests.walls.scene import Scene, build

pytestmark = [pytest.mark.django_db, pytest.mark.safety("S26")]
# What stands in clear, and is published on the privacy page.
IN_CLEAR = {"couples_user", "account_emailaddress", "django_session", "usersessions_usersession"}


@dataclass
class Traces:
    scene: Scene
    words: list[str]
    ana: str
    ben: str
    tables: dict[str, bytes]
    logs: list[str]
    valkey: bytes
    mails: list[tuple[str, str]]
    session: str


class Listener(logging.Handler):
    """Keeps what the real handler would have written."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.real = logging.getLogger().handlers[0]
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        for one in self.real.filters:
            one.filter(record)  # type: ignore[union-attr]
        self.said.append(self.real.format(record))


@pytest.fixture(scope="module")
def traces(django_db_setup: None, django_db_blocker: Any) -> Traces:
    listener = Listener()
    with django_db_blocker.unblock(), transaction.atomic():
        logging.getLogger().addHandler(listener)
        scene = build()
        session = look_around(scene)
        for _ in range(3):
            stage.to_due(scene.cast.ana)
            stage.sweep()
        logging.getLogger().removeHandler(listener)
        found = gathered(scene, listener.said, session)
        transaction.set_rollback(True)
    return found


def look_around(scene: Scene) -> str:
    """Everything both can open, once; what Ana's session holds afterwards."""
    for user in (scene.cast.ben, scene.cast.ana):
        client = signed_in(user)
        for name, route in MATRIX.items():
            if not route.ends and route.who in ("person", "couple", "author"):
                scene.ids.setdefault("opening", "everyday")
                client.get(address(name, scene))
    return str(dict(client.session.items()))


def gathered(scene: Scene, logs: list[str], session: str) -> Traces:
    ana, ben = scene.cast.ana, scene.cast.ben
    clear = {ana.name, ben.name, ana.email, ben.email}
    client = redis.Redis.from_url(settings.REDIS_URL)
    held = [key + (client.dump(key) or b"") for key in client.scan_iter("*", count=1000)]
    return Traces(
        scene,
        words=[mark for mark in scene.every() if mark not in clear],
        ana=ana.email,
        ben=ben.email,
        tables=dump(),
        logs=logs,
        valkey=b"".join(held),
        mails=[(sent.to[0], str(sent.message()) + sent.body) for sent in mail.outbox],
        session=session,
    )


def dump() -> dict[str, bytes]:
    """Every column of every table, as text or as the bytes that it is."""
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


def test_a_copy_of_the_database_holds_no_word(traces):
    assert len(traces.tables) > 25
    assert len(traces.words) > 40
    found = [
        (table, word)
        for table, held in traces.tables.items()
        for word in traces.words
        if word.encode() in held
    ]
    assert found == []


def test_addresses_stand_where_the_privacy_page_says_and_nowhere_else(traces):
    holding = {table for table, held in traces.tables.items() if traces.ana.encode() in held}
    assert "couples_user" in holding
    assert holding <= IN_CLEAR


@pytest.mark.safety("S19")
def test_mails_hold_no_word_but_ones_own(traces):
    own = {traces.ana: traces.scene.anas, traces.ben: traces.scene.bens}
    assert {to for to, _ in traces.mails} >= {traces.ana}
    for to, text in traces.mails:
        mine = own.get(to, traces.scene.anas)
        assert [mark for mark in traces.scene.every() if mark in text and mark not in mine] == []


def test_logs_hold_neither_words_nor_addresses(traces):
    assert traces.logs
    for said in traces.logs:
        assert not any(mark in said for mark in traces.scene.every()), said


def test_valkey_holds_no_word(traces):
    assert [mark for mark in traces.scene.every() if mark.encode() in traces.valkey] == []


@pytest.mark.safety("S24")
def test_nothing_of_it_is_in_a_session(traces):
    assert "_auth_user_id" in traces.session
    assert not any(mark in traces.session for mark in traces.scene.every())


def test_tasks_carry_nothing():
    from config.celery import app

    app.loader.import_default_modules()
    own = [task for name, task in app.tasks.items() if not name.startswith("celery.")]
    assert own
    assert all(not task.run.__code__.co_argcount for task in own)
    beat = app.conf.beat_schedule.values()
    assert all(not entry.get("args") and not entry.get("kwargs") for entry in beat)
