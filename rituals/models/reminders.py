from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from couples.tenancy import CoupleOwned, Private
from rituals.models.plan import Occurrence, Ritual

if TYPE_CHECKING:
    from couples.models import Member

LEADS = (0, 15, 30, 60, 180, 1440)
SUBJECTS = ("reminder", "calendar", "note")
EVERY = (1, 2, 4)


class RitualPart(Private):
    """One member's own part of a ritual; the other never learns of it.

    Sealed: `wording` (mailed to its author alone, and only while `own_words` is on), `address`
    (confirmed; where the mail goes while `own_address` is on) and `asked` (not yet confirmed).
    """

    ritual = models.ForeignKey(Ritual, models.CASCADE, related_name="+", db_constraint=False)
    mail_on = models.BooleanField(default=True)
    own_words = models.BooleanField(default=False)
    own_address = models.BooleanField(default=False)
    lead_minutes = models.SmallIntegerField(default=30)
    subject = models.CharField(max_length=12, default=SUBJECTS[0])
    # "Fewer of these": only every second or fourth turn of the ritual is reminded of.
    every = models.SmallIntegerField(default=1)
    paused_until = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    # The address does not exist (SMTP 5.1.1): nothing more goes there until it is changed.
    bounced = models.BooleanField(default=False)

    class Meta(Private.Meta):
        constraints = [
            *Private.Meta.constraints,
            models.UniqueConstraint(fields=["couple", "ritual", "author"], name="one_part_each"),
            models.CheckConstraint(
                condition=Q(lead_minutes__gte=0, lead_minutes__lte=1440), name="ritual_part_lead"
            ),
            models.CheckConstraint(condition=Q(every__in=EVERY), name="ritual_part_every"),
            models.CheckConstraint(condition=Q(subject__in=SUBJECTS), name="ritual_part_subject"),
        ]

    @property
    def lead(self) -> timedelta:
        return timedelta(minutes=self.lead_minutes)

    @property
    def silent(self) -> bool:
        return not self.mail_on or self.bounced or self.stopped_at is not None

    def reminds_at(self, due: datetime) -> bool:
        """Whether a reminder due then would go out, as far as this part is concerned."""
        return not self.silent and (self.paused_until is None or self.paused_until <= due)


class State(models.TextChoices):
    """See docs/reminders.md. `skipped` is `suppressed` by its own person, for one date."""

    PLANNED = "planned"
    CLAIMABLE = "claimable"
    SENDING = "sending"
    SENT = "sent"
    UNKNOWN = "unknown"
    SENT_UNCONFIRMED = "sent_unconfirmed"
    BOUNCED = "bounced"
    SUPPRESSED = "suppressed"
    SKIPPED = "skipped"
    EXPIRED = "expired"


WAITING = (State.PLANNED, State.CLAIMABLE)
OPEN = (*WAITING, State.SENDING, State.UNKNOWN)


class Reminder(CoupleOwned):
    """One content-free message to one member about one date: at most one of a kind.

    `attempt` and `lease_owner` fence a finish; `copies` counts the mails that may have gone out.
    """

    REMIND, SNOOZED = "remind", "snoozed"

    author = models.ForeignKey(
        "couples.Member", models.CASCADE, related_name="+", db_constraint=False
    )
    occurrence = models.ForeignKey(
        Occurrence, models.CASCADE, related_name="+", db_constraint=False
    )
    kind = models.CharField(max_length=8, default=REMIND)
    due_at = models.DateTimeField()
    state = models.CharField(max_length=16, default=State.PLANNED)
    attempt = models.SmallIntegerField(default=0)
    copies = models.SmallIntegerField(default=0)
    lease_owner = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    next_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    reply_code = models.SmallIntegerField(null=True)

    class Meta(CoupleOwned.Meta):
        constraints = [
            *CoupleOwned.Meta.constraints,
            models.UniqueConstraint(
                fields=["couple", "occurrence", "author", "kind"], name="reminder_once"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=("remind", "snoozed")), name="reminder_kind"
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="reminder_state"),
            models.CheckConstraint(
                condition=Q(copies__gte=0, copies__lte=2), name="reminder_two_copies_at_most"
            ),
            models.CheckConstraint(
                condition=Q(state="sending", lease_owner__isnull=False, lease_until__isnull=False)
                | ~Q(state="sending") & Q(lease_owner=None, lease_until=None),
                name="reminder_lease_while_sending",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="reminder_open", condition=Q(state__in=OPEN))
        ]

    @classmethod
    def visible_to(cls, member: "Member") -> Q:
        return Q(author_id=member.id)
