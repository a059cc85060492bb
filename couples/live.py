"""Content-free events: "something both can see has changed", and its running number.

The number is counted in PostgreSQL, in the transaction of the change. Publishing it to Valkey only
wakes open pages sooner, and a Valkey that is gone or frozen never holds up a page. Nothing private
moves the number, or the partner could tell that it happened.

What is sent is one line: "changed <couple> <number>", or "check <couple>" and "session <mark>" for
streams that must show at once that they may stay open. See config.live for the other end.
"""

from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from couples.announcer import announcer

if TYPE_CHECKING:
    from couples.models import Member

CHANNEL = "leeway:live"


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


def _on_commit(line: str) -> None:
    if settings.REDIS_URL:
        transaction.on_commit(partial(announcer(settings.REDIS_URL).say, CHANNEL, line))
