"""Addresses as somebody types them, and the mailbox behind: one box can be written in many ways."""

from contextlib import suppress

from django.core.exceptions import ValidationError
from django.utils.encoding import punycode

# Quoted, encoded or literal: rare in earnest, and endless spellings of one and the same mailbox.
DISGUISES = ('"', "=?", "[")


def refuse_disguised(address: str) -> None:
    """Raises ValidationError."""
    if any(sign in address for sign in DISGUISES):
        raise ValidationError("", code="invalid_email")


def mailbox(address: str) -> str:
    """The same for whatever most likely ends in one box: case, dots and a "+tag" are left out.

    For counting only. Two people who then share a count lose nothing but a few mails.
    """
    name, _, host = address.strip().lower().rpartition("@")
    with suppress(UnicodeError):
        host = punycode(host)
    return f"{name.partition('+')[0].replace('.', '')}@{host}"
