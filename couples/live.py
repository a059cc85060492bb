"""Content-free events: "something both can see has changed", and its running number.

The number is counted in PostgreSQL, in the transaction of the change. Publishing it to Valkey only
wakes open pages sooner; it happens on a thread of its own, so that a Valkey that is gone or frozen
never holds up a page. Nothing private moves the number, or the partner could tell that it happened.

What is sent is one line: "changed <couple> <number>", or "check <couple>" and "session <mark>" for
streams that must show at once that they may stay open. See config.live for the other end.
"""

import logging
import queue
import threading
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING
from uuid import UUID

import redis
from django.conf import settings
from django.db import connection, transaction
from redis.backoff import NoBackoff
from redis.retry import Retry

if TYPE_CHECKING:
    from couples.models import Member

log = logging.getLogger(__name__)
CHANNEL = "leeway:live"
_waiting: "queue.Queue[str]" = queue.Queue(maxsize=1000)
_sender: threading.Thread | None = None
_start = threading.Lock()


def changed(member: "Member") -> int:
    """Count one more change of the couple's shared pages; tell open pages after the commit."""
    with connection.cursor() as cursor:
        cursor.execute(
            "update couples_couple set seq = seq + 1 where id = %s returning seq",
            [member.couple_id],
        )
        seq: int = cursor.fetchone()[0]
    _on_commit(f"changed {member.couple_id} {seq}")
    return seq


def check(couple_id: UUID) -> None:
    """Who sits in this couple may have changed: streams of those who do not any more end."""
    _on_commit(f"check {couple_id}")


def check_session(session_key: str) -> None:
    """A session may be over: its streams end if it is."""
    _on_commit(f"session {session_mark(session_key)}")


def moved(alone: "Member", seated: "Member") -> None:
    """After pairing: pages that still show the couple of one are to be opened anew."""
    check(alone.couple_id)


def session_mark(session_key: str) -> str:
    """Names a session where its key must not be seen."""
    return sha256(session_key.encode()).hexdigest()[:16]


def _on_commit(event: str) -> None:
    transaction.on_commit(partial(_enqueue, event))


def _enqueue(event: str) -> None:
    global _sender
    if not settings.REDIS_URL:
        return
    with _start:
        if _sender is None or not _sender.is_alive():
            _sender = threading.Thread(target=_send, daemon=True, name="live-events")
            _sender.start()
    try:
        _waiting.put_nowait(event)
    except queue.Full:
        log.warning("live events are piling up; pages will learn by and by")


def _send() -> None:
    # One more try is for a connection that went stale while nothing happened.
    client = redis.Redis.from_url(
        settings.REDIS_URL,
        socket_timeout=1,
        socket_connect_timeout=1,
        retry=Retry(NoBackoff(), 1),
    )
    while True:
        event = _waiting.get()
        try:
            client.publish(CHANNEL, event)
        except redis.RedisError:
            log.warning("a live event was not delivered; pages will learn by and by")
