"""Where one's own reminders go: the account's address, or another that answered a mailed link."""

import hmac
from smtplib import SMTPException
from typing import Any

from django.db import transaction

from couples import vault
from couples.errors import MailFailed, NotHere
from couples.limits import Limit
from couples.models import Member
from rituals import emails, tokens
from rituals.actions.mine import own_part
from rituals.models import RitualPart

# A day, by one person, whatever becomes of the ritual meanwhile.
ASKS = Limit("reminder addresses", 3)


def ask(*, member: Member, address: str) -> None:
    """Mail a link to the address; nothing changes until it is followed.

    Raises TooMany, or MailFailed, after which it can be asked for again.
    """
    part = _remember(member, address)
    try:
        emails.confirm_address(member, part, address).send()
    except (OSError, SMTPException):
        raise MailFailed from None


@transaction.atomic
def _remember(member: Member, address: str) -> RitualPart:
    part = own_part(member)
    ASKS.spend(member.user_id)
    _keep(member, part, vault.words(member, part) | {"asked": address})
    return part


@transaction.atomic
def confirm(*, member: Member, fingerprint: str) -> None:
    """The link was followed. Raises NotHere if another address was asked for since."""
    part = own_part(member)
    words = vault.words(member, part)
    asked = words.get("asked", "")
    if not asked or not hmac.compare_digest(tokens.fingerprint(asked), fingerprint):
        if tokens.fingerprint(words.get("address", "")) == fingerprint:
            return
        raise NotHere
    part.own_address, part.bounced = True, False
    _keep(member, part, {**words, "address": asked, "asked": ""})


@transaction.atomic
def use_account(*, member: Member) -> None:
    """Back to the account's own address, at once."""
    part = own_part(member)
    part.own_address, part.bounced = False, False
    _keep(member, part, vault.words(member, part) | {"address": "", "asked": ""})


def _keep(member: Member, part: RitualPart, words: dict[str, Any]) -> None:
    vault.seal(member, part, words)
    part.save()
