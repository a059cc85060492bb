"""The one mail Leeway sends to somebody who has no account: an invitation, and only so often.

Nothing a person typed stands in it, not even a name: such mails cannot be used to say something.
Addresses are remembered as keyed hashes only. Whether an address was left out, because it was
written to twice already or asked never to be, is not told to the one who typed it.
"""

import base64
import logging
from datetime import timedelta
from smtplib import SMTPException
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.db import transaction
from django.urls import reverse
from django.utils.crypto import salted_hmac

from couples.clock import app_now
from couples.compose import compose
from couples.errors import MailFailed, NotOpen, TooMany
from couples.invitations import link, open_invitation
from couples.models import InvitedAddress, Member, User

log = logging.getLogger(__name__)
A_DAY = 5
TO_ONE_ADDRESS = 2
WINDOW = timedelta(days=30)
DAY = 24 * 60 * 60
SALT = "never invite"


def send_invitation(*, member: Member, address: str) -> None:
    """Mail the member's waiting link. Raises NotOpen, TooMany, MailFailed."""
    invitation = open_invitation(member=member)
    if invitation is None or invitation.accepted_by_id or not member.user_id:
        raise NotOpen
    address = address.strip().lower()
    if not _may_send(member.user_id, address):
        return
    words = {
        "link": link(member=member, invitation=invitation),
        "never": never_link(address),
        "operator": settings.OPERATOR,
    }
    try:
        compose("invitation", address, words).send()
    except (OSError, SMTPException):
        log.warning("an invitation mail could not be sent")
        _count(address, -1)
        raise MailFailed from None


@transaction.atomic
def _may_send(inviter: UUID, address: str) -> bool:
    """Counts this mail, if it may go. The lock makes the counting exact."""
    User.objects.select_for_update().get(pk=inviter)
    key = f"invitation-mails:{inviter}"
    sent_today: int = cache.get(key, 0)
    if sent_today >= A_DAY:
        raise TooMany
    cache.set(key, sent_today + 1, DAY)
    return _count(address, 1)


@transaction.atomic
def _count(address: str, step: int) -> bool:
    now = app_now()
    row, _ = InvitedAddress.objects.select_for_update().get_or_create(
        digest=digest(address), defaults={"since": now}
    )
    if row.since < now - WINDOW:
        row.sent, row.since = 0, now
    if step > 0 and (row.never or row.sent >= TO_ONE_ADDRESS):
        return False
    row.sent += step
    row.save(update_fields=["sent", "since"])
    return True


def digest(address: str) -> bytes:
    return salted_hmac("couples.invited", address, algorithm="sha256").digest()


def never_link(address: str) -> str:
    name = base64.urlsafe_b64encode(digest(address)).decode().rstrip("=")
    token = signing.Signer(salt=SALT).sign(name)
    return settings.PUBLIC_URL + reverse("never_invite", args=[token])


def never_again(token: str) -> None:
    """Raises NotOpen for a link that is not ours."""
    try:
        name = signing.Signer(salt=SALT).unsign(token)
    except signing.BadSignature:
        raise NotOpen from None
    InvitedAddress.objects.update_or_create(
        digest=base64.urlsafe_b64decode(name + "="),
        defaults={"never": True},
        create_defaults={"never": True, "since": app_now()},
    )
