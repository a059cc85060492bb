"""A mailbox of files for local runs: each mail is one `.eml` in `MAILBOX_DIR`, newest name last.

A mail is written beside and renamed, so that whoever lists the folder never finds half of one.
"""

import os
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage as Parsed
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

NEWEST = 50


class FileMailbox(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder: Path = settings.MAILBOX_DIR
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for message in email_messages:
            _write(folder, message.message().as_bytes())
        return len(email_messages)


def _write(folder: Path, content: bytes) -> None:
    name = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{secrets.token_hex(3)}"
    beside = folder / f"{name}.part"
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
    beside.rename(folder / f"{name}.eml")


@dataclass(frozen=True)
class Mail:
    name: str
    parsed: Parsed

    def header(self, name: str) -> str:
        return str(self.parsed.get(name, ""))

    @property
    def to(self) -> str:
        return self.header("To")

    @property
    def subject(self) -> str:
        return self.header("Subject")

    @property
    def headers(self) -> list[tuple[str, str]]:
        return [(name, str(value)) for name, value in self.parsed.items()]

    @property
    def text(self) -> str:
        return self._body("plain")

    @property
    def page(self) -> str:
        return self._body("html")

    @property
    def attachments(self) -> Iterable[tuple[str, str]]:
        """Name and text of each attached file; only text is ever attached."""
        for part in self.parsed.iter_attachments():
            content = part.get_content()
            text = content if isinstance(content, str) else content.decode(errors="replace")
            yield part.get_filename() or "", text

    def _body(self, kind: str) -> str:
        part = self.parsed.get_body((kind,))
        return str(part.get_content()) if part else ""


def newest() -> list[Mail]:
    names = sorted((path.stem for path in settings.MAILBOX_DIR.glob("*.eml")), reverse=True)
    return [mail for name in names[:NEWEST] if (mail := find(name))]


def find(name: str) -> Mail | None:
    """The mail of that name; None if there is none or it is gone by now."""
    try:
        content = (settings.MAILBOX_DIR / f"{Path(name).name}.eml").read_bytes()
    except FileNotFoundError:
        return None
    return Mail(name, message_from_bytes(content, policy=policy.default))
