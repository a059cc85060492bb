"""Handing one mail to a server, knowing how far it got.

Django's SMTP backend does not tell whether the final dot had gone out. Here each step is taken by
itself, so that only what happens between the dot and its answer stays uncertain (RFC 1047).
"""

import re
import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Self, cast

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.message import SafeMIMEMultipart, sanitize_address
from django.core.mail.utils import DNS_NAME

SMTP = "django.core.mail.backends.smtp.EmailBackend"
NO_SUCH_ADDRESS = re.compile(rb"5\.1\.1\b")
LEADING_DOT = re.compile(rb"(?m)^\.")
BROKEN = (OSError, smtplib.SMTPException)


class Result(Enum):
    SENT = "sent"
    LATER = "later"  # surely not sent; worth another try
    BOUNCED = "bounced"  # refused for good
    UNKNOWN = "unknown"  # the dot went out and no answer came


@dataclass(frozen=True)
class Outcome:
    result: Result
    code: int | None = None
    no_such_address: bool = False
    refused_at_dot: bool = False


class LeaseLost(Exception):
    """Somebody else may send this by now: raised by `before_dot` to leave the mail unsent."""


class Courier:
    """One connection for as many mails as it lasts. Any other mail backend is simply used."""

    def __init__(self) -> None:
        self._smtp: smtplib.SMTP | None = None
        self._used = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self._hang_up()

    def deliver(self, message: EmailMessage, before_dot: Callable[[], None]) -> Outcome:
        """`before_dot` is called when the mail is over there, but for the final dot."""
        if settings.EMAIL_BACKEND != SMTP:
            return hand_over(message, before_dot)
        try:
            refused = self._offer(message)
            if refused:
                return refused
            self._body(message)
        except BROKEN:
            self._hang_up()
            return Outcome(Result.LATER)
        try:
            before_dot()
        except BaseException:
            self._hang_up()  # without its dot the server throws the mail away
            raise
        return self._dot()

    def _offer(self, message: EmailMessage) -> Outcome | None:
        """Everything up to the server's "go ahead". A connection that went stale is opened anew."""
        used = self._used
        try:
            return self._envelope(message)
        except BROKEN:
            self._hang_up()
            if not used:
                raise
            return self._envelope(message)

    def _envelope(self, message: EmailMessage) -> Outcome | None:
        smtp = self._connection()
        self._used = True
        code, answer = smtp.mail(sanitize_address(message.from_email, "utf-8"))
        if code != 250:
            return self._refused(code, answer, final=False)
        code, answer = smtp.rcpt(sanitize_address(message.to[0], "utf-8"))
        if code not in (250, 251):
            return self._refused(code, answer, final=code >= 500)
        code, answer = smtp.docmd("DATA")
        return None if code == 354 else self._refused(code, answer, final=False)

    def _body(self, message: EmailMessage) -> None:
        made = cast(SafeMIMEMultipart, message.message())
        text = made.as_bytes(linesep="\r\n")
        self._connection().send(LEADING_DOT.sub(b"..", text).rstrip(b"\r\n") + b"\r\n")

    def _dot(self) -> Outcome:
        smtp = self._connection()
        try:
            smtp.send(b".\r\n")
        except BROKEN:
            self._hang_up()
            return Outcome(Result.LATER, refused_at_dot=True)
        try:
            code, answer = smtp.getreply()
        except BROKEN:
            self._hang_up()
            return Outcome(Result.UNKNOWN)
        if code == 250:
            return Outcome(Result.SENT, code)
        return self._refused(code, answer, final=code >= 500, at_dot=True)

    def _refused(self, code: int, answer: bytes, *, final: bool, at_dot: bool = False) -> Outcome:
        """A refusal of the sender or the session is ours to mend: only the mail's own is final."""
        try:
            self._connection().rset()
        except BROKEN:
            self._hang_up()
        if code == 421:
            self._hang_up()
        gone = final and bool(NO_SUCH_ADDRESS.match(answer))
        return Outcome(Result.BOUNCED if final else Result.LATER, code, gone, at_dot)

    def _connection(self) -> smtplib.SMTP:
        if self._smtp is None:
            self._smtp = connect()
        return self._smtp

    def _hang_up(self) -> None:
        if self._smtp:
            self._smtp.close()
        self._smtp, self._used = None, False


def hand_over(message: EmailMessage, before_dot: Callable[[], None]) -> Outcome:
    """Any backend but SMTP: it took the mail, or it raised and did not."""
    before_dot()
    try:
        get_connection().send_messages([message])
    except (OSError, smtplib.SMTPException):
        return Outcome(Result.LATER, refused_at_dot=True)
    return Outcome(Result.SENT)


def connect() -> smtplib.SMTP:
    where = (settings.EMAIL_HOST, settings.EMAIL_PORT)
    options = {"local_hostname": DNS_NAME.get_fqdn(), "timeout": settings.EMAIL_TIMEOUT}
    context = ssl.create_default_context()
    if settings.EMAIL_USE_SSL:
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(*where, context=context, **options)
    else:
        smtp = smtplib.SMTP(*where, **options)
    if settings.EMAIL_USE_TLS:
        smtp.starttls(context=context)
    smtp.ehlo_or_helo_if_needed()
    if settings.EMAIL_HOST_USER:
        smtp.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)
    return smtp
