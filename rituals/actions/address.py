"""Where one's own reminders go: the account's address, or another that answered a mailed link."""

import hmac
from datetime import date
from smtplib import SMTPException
from typing import Any

from django.db import transaction

from couples import vault
from couples.clock import app_now
from couples.errors import MailFailed, NotHere, TooMany
from couples.models import Member
from rituals import emails, tokens
from rituals.actions.mine import own_part
from rituals.models import RitualPart

ASKS_A_DAY = 3


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
    words, today = vault.words(member, part), app_now().date()
    asks = words.get("asks", 0) if words.get("asked_on") == today.isoformat() else 0
    if asks >= ASKS_A_DAY:
        raise TooMany
    _keep(member, part, words | _asked(address, today, asks + 1))
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


def _asked(address: str, today: date, count: int) -> dict[str, Any]:
    return {"asked": address, "asked_on": today.isoformat(), "asks": count}


def _keep(member: Member, part: RitualPart, words: dict[str, Any]) -> None:
    vault.seal(member, part, words)
    part.save()
