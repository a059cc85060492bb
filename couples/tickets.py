"""What opens a stream of live events: signed, for one seat and one session, good for an hour.

The ticket stands in the stream's address. Alone it opens nothing: the session cookie must come with
it, and its proof ties the two, together with the password as it was. So it dies with the session,
with the seat's epoch and with a change of password. Reading works without Django's apps loaded.
"""

from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from django.core import signing
from django.urls import reverse
from django.utils.crypto import salted_hmac

if TYPE_CHECKING:
    from couples.models import Member

GOOD_FOR = 60 * 60  # seconds
PROOF_LENGTH = 32
_SALT = "couples.tickets"


class Ticket(NamedTuple):
    couple: str
    member: str
    epoch: int
    proof: str


def stream_token(member: "Member", session_key: str) -> str:
    assert member.user
    proof = sha256(f"{session_key}{member.user.password}".encode()).hexdigest()[:PROOF_LENGTH]
    ticket = Ticket(str(member.couple_id), str(member.id), member.epoch, proof)
    return signing.dumps(ticket, salt=_SALT)


def stream_address(member: "Member", session_key: str) -> str:
    return f"{reverse('live')}?token={stream_token(member, session_key)}"


def read(token: str) -> Ticket | None:
    """The ticket of a token that we signed within the last hour."""
    try:
        return Ticket(*signing.loads(token, salt=_SALT, max_age=GOOD_FOR))
    except (signing.BadSignature, TypeError, ValueError):
        return None


def page_mark(member: "Member") -> str:
    """Names the seat a page was made for, so that it can tell when that seat is gone."""
    return salted_hmac(_SALT, f"{member.id} {member.epoch}").hexdigest()[:16]
