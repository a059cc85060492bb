"""Refusals of actions. Each carries a code that `components/errors.html` turns into a sentence."""


class Refused(Exception):
    code = "refused"


class AlreadyPaired(Refused):
    code = "already_paired"


class NotOpen(Refused):
    """An invitation is unknown, used, revoked or too old; nobody is told which."""

    code = "invitation_closed"


class OwnInvitation(Refused):
    code = "own_invitation"


class TooMany(Refused):
    code = "too_many"


class NotHere(Refused):
    """The couple is not in the state this asks for (no longer, or not yet)."""

    code = "not_now"


class MailFailed(Refused):
    """The mail server did not take it; nothing is lost, and it can be tried again."""

    code = "mail_failed"
