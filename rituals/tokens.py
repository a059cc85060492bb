"""Signed links in mails: they open nothing but one's own part, and die with the seat's epoch."""

import hashlib
import struct
from base64 import b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

from couples import memberships
from couples.models import Member
from rituals.models import RitualPart

PLACE = struct.Struct(">16s16sII")  # seat, ritual, epoch, ordinal of the date
ADDRESS = signing.TimestampSigner(salt="rituals.address")
ADDRESS_LIVES = timedelta(hours=72)


class DeadLink(Exception):
    """Not ours, changed on the way, too old, or of a seat that was left."""


@dataclass(frozen=True)
class MailLink:
    member: Member
    part: RitualPart
    local_date: date


def for_mail(member: Member, ritual_id: UUID, day: date) -> str:
    place = PLACE.pack(member.id.bytes, ritual_id.bytes, member.epoch, day.toordinal())
    return urlsafe_b64encode(place + _seal(place)).decode().rstrip("=")


def read_mail(token: str) -> MailLink:
    """Raises DeadLink."""
    try:
        raw = b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
        place, seal = raw[: PLACE.size], raw[PLACE.size :]
        if not constant_time_compare(seal, _seal(place)):
            raise DeadLink
        seat, ritual, epoch, day = PLACE.unpack(place)
    except (ValueError, struct.error):
        raise DeadLink from None
    member, part = _part(UUID(bytes=seat), epoch, UUID(bytes=ritual))
    return MailLink(member, part, date.fromordinal(day))


def _seal(place: bytes) -> bytes:
    """128 bits are enough for a link that can only quieten, and keep it short in a plain mail."""
    return salted_hmac("rituals.mail", place, algorithm="sha256").digest()[:16]


def for_address(member: Member, part: RitualPart, address: str) -> str:
    return ADDRESS.sign_object(
        [member.id.hex, member.epoch, part.ritual_id.hex, fingerprint(address)]
    )


def read_address(token: str) -> tuple[Member, RitualPart, str]:
    """The member, their part, and the fingerprint of the address the link was mailed to."""
    try:
        seat, epoch, ritual, print_ = ADDRESS.unsign_object(token, max_age=ADDRESS_LIVES)
        return *_part(UUID(seat), epoch, UUID(ritual)), print_
    except (signing.BadSignature, ValueError, TypeError):
        raise DeadLink from None


def fingerprint(address: str) -> str:
    return hashlib.sha256(address.casefold().encode()).hexdigest()[:24]


def _part(member_id: UUID, epoch: int, ritual_id: UUID) -> tuple[Member, RitualPart]:
    member = memberships.by_id(member_id)
    if member is None or member.left_at or member.user_id is None or member.epoch != epoch:
        raise DeadLink
    part = (
        RitualPart.objects.of(member).filter(ritual_id=ritual_id).select_related("ritual").first()
    )
    if part is None:
        raise DeadLink
    return member, part
