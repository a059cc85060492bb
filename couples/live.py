"""Content-free events: "something both can see has changed", and a mark of how it stands now.

The mark is what pages and streams show: two equal marks mean that nothing came that still stands.
It returns to what it was when something goes again, so nobody can tell from it that there was
anything. It is kept in PostgreSQL, in the transaction of the change. Publishing it to Valkey only
wakes open pages sooner, and a Valkey that is gone or frozen never holds up a page. Nothing private
moves the mark, or the partner could tell that it happened.

What is sent is one line: "changed <couple> <seq> <mark>", where `seq` tells the newer from the
older and never leaves the server; or "check <couple>" and "session <mark>" for streams that must
show at once that they may stay open. See config.live for the other end.
"""

import secrets
from functools import partial, reduce
from hashlib import sha256
from operator import xor
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.utils.crypto import salted_hmac

from couples.announcer import announcer

if TYPE_CHECKING:
    from couples.models import Member

CHANNEL = "leeway:live"
BITS = 63


class News(NamedTuple):
    seq: int
    mark: str
    """Decimal digits: too many for a number of JavaScript."""


def changed(member: "Member") -> News:
    """Something is different for good: a mark that never was. Open pages learn after the commit."""
    return _stamp(member, secrets.randbits(BITS))


def came_or_went(member: "Member", *things: object) -> News:
    """Each of these is there now and was not, or was there and is not any more.

    The mark stands for the set of them, so coming and going in any order leave no trace in it. A
    thing is named by what both see of it: its id, and whatever of it may be edited.
    """
    return _stamp(member, reduce(xor, map(_token, things), 0))


def _token(thing: object) -> int:
    """The thing in the mark; keyed, so that nobody can look for it there."""
    digest = salted_hmac("couples.live", str(thing), algorithm="sha256").digest()
    return int.from_bytes(digest[:8], "big") >> (64 - BITS)


def _stamp(member: "Member", token: int) -> News:
    with connection.cursor() as cursor:
        cursor.execute(
            "update couples_couple set seq = seq + 1, mark = mark # %s where id = %s"
            " returning seq, mark",
            [token, member.couple_id],
        )
        seq, mark = cursor.fetchone()
    _on_commit(f"changed {member.couple_id} {seq} {mark}")
    return News(seq, str(mark))


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
