"""Signed links in mails: they open nothing but one's own part, and die with the seat's epoch."""

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.core import signing

from couples import memberships
from couples.models import Member
from rituals.models import RitualPart

MAIL = signing.Signer(salt="rituals.mail")
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
    return MAIL.sign_object([member.id.hex, member.epoch, ritual_id.hex, day.toordinal()])


def read_mail(token: str) -> MailLink:
    try:
        seat, epoch, ritual, day = MAIL.unsign_object(token)
        member, part = _part(UUID(seat), epoch, UUID(ritual))
        return MailLink(member, part, date.fromordinal(day))
    except (signing.BadSignature, ValueError, TypeError):
        raise DeadLink from None


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
