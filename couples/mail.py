"""The one mail Leeway sends to somebody who has no account: an invitation, and only so often.

Nothing a person typed stands in it, not even a name: such mails cannot be used to say something.
Addresses are remembered as keyed hashes only, once they were written to. Whether an address was
left out, because it was written to twice already or asked never to be, is not told to the one who
typed it: their page only has the address kept, the worker decides and sends.
"""

import base64
import logging
from collections.abc import Iterator
from datetime import timedelta
from smtplib import SMTPException, SMTPRecipientsRefused

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.urls import reverse
from django.utils.crypto import salted_hmac

from couples import memberships, vault
from couples.addresses import mailbox
from couples.clock import app_now
from couples.compose import compose
from couples.errors import NotOpen
from couples.invitations import link, to_mail
from couples.limits import Limit
from couples.models import Invitation, InvitedAddress, Member

log = logging.getLogger(__name__)
MAILS = Limit("invitation mails", 5)
TO_ONE_ADDRESS = 2
WINDOW = timedelta(days=30)
# Sweeps that try in vain, some twenty minutes long, before a mail is given up.
TRIES = 60
SALT = "never invite"


@transaction.atomic
def send_invitation(*, member: Member, address: str) -> None:
    """Have the member's waiting link mailed. Raises NotOpen, TooMany."""
    invitation = _open(member)
    if invitation is None or not member.user_id:
        raise NotOpen
    MAILS.spend(member.user_id)
    _keep(member, invitation, [(address.strip().lower(), 0)])


def send_waiting() -> None:
    """The worker's sweep. A mail that was taken up by a worker that died is not sent twice."""
    for seat in to_mail():
        try:
            _send_all(seat)
        except Exception:
            # One link that cannot be mailed must not hold up the others.
            log.exception("an invitation could not be mailed")


def _send_all(seat: object) -> None:
    member = memberships.by_id(str(seat))
    if member is None:
        return
    for invitation, address, tries in _taken(member):
        if not _count(address, 1):
            continue
        try:
            _message(member, invitation, address).send()
        except (OSError, SMTPException) as error:
            _count(address, -1)
            log.warning("an invitation mail could not be sent (%s)", type(error).__name__)
            if tries + 1 < TRIES and not _refused_for_good(error):
                _again(member, address, tries + 1)


def _taken(member: Member) -> Iterator[tuple[Invitation, str, int]]:
    """What waits, as it stands no longer once this returns; nothing, if the link was closed."""
    with transaction.atomic():
        invitations = Invitation.objects.of(member).filter(mail_waits=True)
        rows = list(invitations.select_for_update(skip_locked=True))
        waiting = [(row, vault.words(member, row)) for row in rows]
        for row, words in waiting:
            row.mail_waits = False
            vault.seal(member, row, {"token": words["token"]})
            row.save(update_fields=["mail_waits", "sealed"])
    now = app_now()
    for row, words in waiting:
        if row.revoked_at is None and row.accepted_at is None and row.expires_at > now:
            yield from ((row, address, tries) for address, tries in words.get("mail", ()))


@transaction.atomic
def _again(member: Member, address: str, tries: int) -> None:
    invitation = _open(member)
    if invitation:
        _keep(member, invitation, [(address, tries)])


def _open(member: Member) -> Invitation | None:
    rows = Invitation.objects.of(member).filter(revoked_at=None, accepted_at=None)
    return rows.filter(expires_at__gt=app_now()).select_for_update().first()


def _keep(member: Member, row: Invitation, more: list[tuple[str, int]]) -> None:
    words = vault.words(member, row)
    vault.seal(member, row, {**words, "mail": [*words.get("mail", ()), *more]})
    row.mail_waits = True
    row.save(update_fields=["mail_waits", "sealed"])


def _message(member: Member, invitation: Invitation, address: str) -> EmailMultiAlternatives:
    words = {
        "link": link(member=member, invitation=invitation),
        "never": never_link(address),
        "operator": settings.OPERATOR,
    }
    return compose("invitation", address, words, member.user)


def _refused_for_good(error: Exception) -> bool:
    if not isinstance(error, SMTPRecipientsRefused):
        return False
    return all(code >= 500 for code, _ in error.recipients.values())


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
    return salted_hmac("couples.invited", mailbox(address), algorithm="sha256").digest()


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
