"""Without Valkey a change is late, never lost; pages that are open stay open."""

import os
import signal
import time

import redis

from config.local.valkey import Valkey
from couples import live
from tests.cast import seat
from tests.live.listener import listen

OFTEN = 0.4


def test_a_valkey_that_never_was_there(cast, serve, own_valkey):
    page = listen(serve(every=OFTEN), cast.ben)
    page.heard()
    mark = live.changed(seat(cast.ana)).mark
    assert page.heard(3) == ("changed", mark)


def test_a_valkey_that_dies_and_comes_back(cast, serve, own_valkey):
    own_valkey.start()
    page = listen(serve(every=OFTEN), cast.ben)
    page.heard()
    own_valkey.kill()
    mark = live.changed(seat(cast.ana)).mark
    assert page.heard(3) == ("changed", mark)
    own_valkey.start()
    until_somebody_listens(own_valkey)
    mark = live.changed(seat(cast.ana)).mark
    assert page.heard(3) == ("changed", mark)


def until_somebody_listens(valkey: Valkey) -> None:
    with valkey.client() as client:
        while not dict(client.pubsub_numsub(live.CHANNEL)).get(live.CHANNEL.encode()):
            client.execute_command("BLPOP", "nothing", "0.05")


def test_a_frozen_valkey_holds_up_nobody(cast, server, own_valkey):
    own_valkey.start()
    live.changed(seat(cast.ana))
    os.kill(own_valkey.pid, signal.SIGSTOP)
    start = time.monotonic()
    for _ in range(50):
        live.changed(seat(cast.ana))
    took = time.monotonic() - start
    os.kill(own_valkey.pid, signal.SIGCONT)
    assert took < 2


def test_what_happened_while_it_was_away_is_asked_for_as_soon_as_it_is_back(
    cast, serve, own_valkey
):
    """With the clock's own check an hour away, only the new subscription can be what tells."""
    page = listen(serve(every=3600), cast.ben)
    page.heard()
    mark = live.changed(seat(cast.ana)).mark
    own_valkey.start()
    assert page.heard() == ("changed", mark)


def test_lines_that_make_no_sense_are_passed_over(cast, server, settings):
    page = listen(server, cast.ben)
    page.heard()
    client = redis.Redis.from_url(settings.REDIS_URL)
    lines = ("", "changed", "changed x -1", "changed x 1", "changed x 1 -1", "changed 1 ² 1")
    for line in (*lines, "check", "session 1 2", "\u2028"):
        client.publish(live.CHANNEL, line)
    client.publish(live.CHANNEL, b"\xff\xfe")
    mark = live.changed(seat(cast.ana)).mark
    assert page.heard() == ("changed", mark)


def test_a_lost_database_keeps_pages_open_and_lets_nobody_in(cast, serve, monkeypatch, settings):
    server = serve(every=OFTEN)
    page = listen(server, cast.ben)
    page.heard()
    monkeypatch.setitem(settings.DATABASES["default"], "HOST", "/nowhere")
    assert listen(server, cast.ana).response.status == 503
    while page.wire.count(b":\n\n") < 2:
        page.read_line()
    monkeypatch.undo()
    mark = live.changed(seat(cast.ana)).mark
    assert page.heard(3) == ("changed", mark)
