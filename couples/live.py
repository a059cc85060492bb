"""Content-free events: "something both can see has changed", and its running number.

The number is counted in PostgreSQL, in the transaction of the change. Publishing it to Valkey only
wakes open pages sooner; it happens on a thread of its own, so that a Valkey that is gone or frozen
never holds up a page. Nothing private moves the number, or the partner could tell that it happened.
"""

import logging
import queue
import threading
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

import redis
from django.conf import settings
from django.core import signing
from django.db import connection, transaction

if TYPE_CHECKING:
    from couples.models import Member

log = logging.getLogger(__name__)
CHANNEL = "leeway:live"
TOKEN_SECONDS = 60 * 60
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
    publish(member.couple_id, seq)
    return seq


def publish(couple_id: UUID, seq: int) -> None:
    transaction.on_commit(partial(_enqueue, f"{couple_id} {seq}"))


def stream_token(member: "Member", session_key: str) -> str:
    """Opens the stream for an hour, while the seat's epoch and the session last."""
    return signing.dumps([str(member.id), member.epoch, session_key], salt="live", compress=False)


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
        log.warning("live events are piling up; pages will learn by polling")


def _send() -> None:
    client = redis.Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1)
    while True:
        event = _waiting.get()
        try:
            client.publish(CHANNEL, event)
        except redis.RedisError:
            log.warning("a live event was not delivered; pages will learn by polling")
