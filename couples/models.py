import uuid
from functools import cached_property
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Cast, Lower, Random

from couples.tenancy import CoupleOwned, Private, Written


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """An account. Name and zone stand in clear, as the address does; see docs/safety.md."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=40)
    timezone = models.CharField(max_length=64, default="UTC")
    language = models.CharField(max_length=8, default="en")
    is_active = models.BooleanField(default=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_an_address")]

    def __str__(self) -> str:
        return str(self.id)


class Couple(models.Model):
    """`solo` until somebody joins, then `active`, at last `ended`; it never goes back."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    state = models.CharField(max_length=6, default="active")
    # The order of exchanges and live events. Never shown: it counts what was undone, too.
    seq = models.BigIntegerField(default=0)
    # The whole content of a live event; begins anywhere. See couples.live.
    mark = models.BigIntegerField(db_default=Cast(Random() * 2**62, models.BigIntegerField()))
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=("solo", "active", "ended")), name="couple_state_known"
            )
        ]

    def __str__(self) -> str:
        return str(self.id)


class Member(CoupleOwned):
    """A seat of a couple. What somebody wrote hangs on the seat, not on the account."""

    seat = models.SmallIntegerField()
    user = models.ForeignKey(User, models.SET_NULL, null=True, related_name="memberships")
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    # Goes up when the seat is left; tokens and streams carry it and die with it.
    epoch = models.IntegerField(default=1)
    closed_seen_at = models.DateTimeField(null=True)
    keep_words = models.BooleanField(default=False)

    class Meta(CoupleOwned.Meta):
        constraints = [
            *CoupleOwned.Meta.constraints,
            models.UniqueConstraint(fields=["couple", "seat"], name="one_member_a_seat"),
            models.UniqueConstraint(
                fields=["user"], condition=Q(left_at=None), name="one_active_couple_a_person"
            ),
            models.CheckConstraint(condition=Q(seat__in=(1, 2)), name="two_seats"),
        ]

    # Set by couples.memberships when the seats of a couple are loaded together.
    other: "Member | None" = None

    @property
    def partner(self) -> "Member | None":
        """The other member, while both are here."""
        return None if self.left_at else self.other

    @cached_property
    def name(self) -> str:
        return self.user.name if self.user else ""


class SeatKey(models.Model):
    """The data key of one seat, wrapped by the key ring. Without it the seat's words are gone."""

    member = models.OneToOneField(Member, models.CASCADE, primary_key=True, related_name="seat_key")
    ring_key = models.CharField(max_length=16)
    wrapped = models.BinaryField()

    def __str__(self) -> str:
        return str(self.pk)


class Invitation(Written):
    """A single-use link, stored only as a hash; `sealed` keeps the link for its author's eyes,
    and, until they were written to, the addresses it is to be mailed to.
    """

    token_hash = models.BinaryField(max_length=32, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(User, models.CASCADE, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    inviter = models.ForeignKey(User, models.CASCADE, related_name="+")
    mail_waits = models.BooleanField(default=False)

    class Meta(Written.Meta):
        constraints = [
            *Written.Meta.constraints,
            models.UniqueConstraint(
                fields=["inviter"],
                condition=Q(revoked_at=None, confirmed_at=None),
                name="one_open_invitation",
            ),
            models.CheckConstraint(
                condition=Q(accepted_by=None) | ~Q(accepted_by=F("inviter")),
                name="nobody_accepts_their_own",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="accepted_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | Q(accepted_at__isnull=False, revoked_at=None),
                name="confirmed_only_if_accepted",
            ),
        ]
        indexes = [
            models.Index(
                fields=["created_at"], name="invitation_to_mail", condition=Q(mail_waits=True)
            )
        ]


class InvitedAddress(models.Model):
    """A keyed hash of an address that was sent an invitation, or asked for none ever."""

    digest = models.BinaryField(max_length=32, primary_key=True)
    sent = models.SmallIntegerField(default=0)
    since = models.DateTimeField()
    never = models.BooleanField(default=False)

    def __str__(self) -> str:
        return "an address"


class AgreementVersion(Written):
    """One member's lines of "how we answer each other", as they stand from this number on."""

    number = models.IntegerField()
    since = models.DateTimeField()

    class Meta(Written.Meta):
        constraints = [
            *Written.Meta.constraints,
            models.UniqueConstraint(fields=["couple", "number"], name="agreement_one_a_number"),
        ]


class AgreementTap(CoupleOwned):
    """One member's yes to a version. A version is in force while it has two."""

    version = models.ForeignKey(
        AgreementVersion, models.CASCADE, related_name="+", db_constraint=False
    )
    author = models.ForeignKey(Member, models.CASCADE, related_name="+", db_constraint=False)

    class Meta(CoupleOwned.Meta):
        constraints = [
            *CoupleOwned.Meta.constraints,
            models.UniqueConstraint(
                fields=["couple", "version", "author"], name="agreement_one_yes_each"
            ),
        ]


class ComfortCard(Private):
    """Topics and depth one member is up for; what is sealed is `couples.comfort.Card`."""

    class Meta(Private.Meta):
        constraints = [
            *Private.Meta.constraints,
            models.UniqueConstraint(fields=["couple", "author"], name="one_comfort_card"),
        ]


class Spent(models.Model):
    """A count of `couples.limits`, under a keyed hash of what is counted for whom, and when."""

    key = models.CharField(max_length=64, primary_key=True)
    times = models.PositiveSmallIntegerField()
    until = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.key


class ClockShift(models.Model):
    """How far tests and drills have moved the clock; empty anywhere else."""

    shift = models.DurationField()

    def __str__(self) -> str:
        return str(self.shift)
