"""Without Valkey a change is late, never lost; pages that are open stay open."""

import redis

from config.local.valkey import Valkey
from couples import live
from tests.cast import seat
from tests.live.listener import listen

OFTEN = 0.4


def test_a_valkey_that_never_was_there(cast, serve, own_valkey):
    page = listen(serve(every=OFTEN), cast.ben)
    _, number = page.heard()
    live.changed(seat(cast.ana))
    assert page.heard(3) == ("changed", number + 1)


def test_a_valkey_that_dies_and_comes_back(cast, serve, own_valkey):
    own_valkey.start()
    page = listen(serve(every=OFTEN), cast.ben)
    _, number = page.heard()
    own_valkey.kill()
    live.changed(seat(cast.ana))
    assert page.heard(3) == ("changed", number + 1)
    own_valkey.start()
    couple = seat(cast.ana).couple_id
    until_heard(own_valkey, f"changed {couple} {number + 2}")
    assert page.heard(3) == ("changed", number + 2)


def until_heard(valkey: Valkey, line: str) -> None:
    """Publish as soon as somebody has subscribed again."""
    with valkey.client() as client:
        while not dict(client.pubsub_numsub(live.CHANNEL)).get(live.CHANNEL.encode()):
            client.execute_command("BLPOP", "nothing", "0.05")
        client.publish(live.CHANNEL, line)


def test_what_happened_while_it_was_away_is_asked_for_as_soon_as_it_is_back(
    cast, serve, own_valkey
):
    """With the clock's own check an hour away, only the new subscription can be what tells."""
    page = listen(serve(every=3600), cast.ben)
    _, number = page.heard()
    live.changed(seat(cast.ana))
    own_valkey.start()
    assert page.heard() == ("changed", number + 1)


def test_lines_that_make_no_sense_are_passed_over(cast, server, settings):
    page = listen(server, cast.ben)
    page.heard()
    client = redis.Redis.from_url(settings.REDIS_URL)
    for line in ("", "changed", "changed x -1", "check", "session 1 2", "\u2028", "changed 1 ²"):
        client.publish(live.CHANNEL, line)
    client.publish(live.CHANNEL, b"\xff\xfe")
    assert page.heard() == ("changed", live.changed(seat(cast.ana)))
