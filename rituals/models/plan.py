from datetime import time
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from couples.tenancy import CoupleOwned
from rituals.recurrence import Rule

if TYPE_CHECKING:
    from couples.models import Member

WEEKDAY = Q(weekday__gte=0, weekday__lte=6)


class Schedule(CoupleOwned):
    """Intent: a weekday and a wall-clock time in an IANA zone."""

    weekday = models.SmallIntegerField()
    local_time = models.TimeField()
    tz = models.CharField(max_length=64)

    class Meta(CoupleOwned.Meta):
        abstract = True

    @property
    def schedule(self) -> tuple[int, time, str]:
        return self.weekday, self.local_time, self.tz


class Ritual(Schedule):
    """A recurring practice. It reminds whoever has a part in it; both share only its schedule.

    `next_on` is the first local date not yet planned, `next_due_at` a cache of its instant.
    """

    CIRCLE = "circle"

    kind = models.CharField(max_length=12, default=CIRCLE)
    interval_weeks = models.SmallIntegerField(default=1)
    anchor = models.DateField()
    planned_by = models.ForeignKey(
        "couples.Member", models.CASCADE, related_name="+", db_constraint=False
    )
    # A schedule both have said yes to; from then on moving it needs both again.
    agreed = models.BooleanField(default=False)
    stopped_at = models.DateTimeField(null=True)
    next_on = models.DateField(null=True)
    next_due_at = models.DateTimeField(null=True)

    class Meta(CoupleOwned.Meta):
        constraints = [
            *CoupleOwned.Meta.constraints,
            models.UniqueConstraint(fields=["couple", "kind"], name="ritual_one_of_a_kind"),
            models.CheckConstraint(condition=WEEKDAY, name="ritual_weekday"),
            models.CheckConstraint(
                condition=Q(interval_weeks__gte=1, interval_weeks__lte=4), name="ritual_interval"
            ),
            models.CheckConstraint(
                condition=Q(next_on=None, next_due_at=None)
                | Q(next_on__isnull=False, next_due_at__isnull=False, stopped_at=None),
                name="ritual_next_whole",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_due_at"],
                name="ritual_next_due",
                condition=Q(next_due_at__isnull=False),
            )
        ]

    def is_open_to(self, member: "Member") -> bool:
        """One's own plan, or one that both said yes to; the other's suggestion is only that."""
        return self.agreed or self.planned_by_id == member.id

    @property
    def rule(self) -> Rule:
        return Rule((self.weekday,), self.local_time, self.tz, self.interval_weeks, self.anchor)


class RitualMove(Schedule):
    """Another time one member suggests. It holds once the other agrees; a newer one replaces it."""

    ritual = models.ForeignKey(Ritual, models.CASCADE, related_name="+", db_constraint=False)
    proposed_by = models.ForeignKey(
        "couples.Member", models.CASCADE, related_name="+", db_constraint=False
    )

    class Meta(CoupleOwned.Meta):
        constraints = [
            *CoupleOwned.Meta.constraints,
            models.UniqueConstraint(fields=["couple", "ritual"], name="ritual_one_move"),
            models.CheckConstraint(condition=WEEKDAY, name="ritual_move_weekday"),
        ]


class Occurrence(CoupleOwned):
    """One date of a ritual. Its local date names it, so that replays and zones add none."""

    ritual = models.ForeignKey(Ritual, models.CASCADE, related_name="+", db_constraint=False)
    local_date = models.DateField()
    starts_at = models.DateTimeField()

    class Meta(CoupleOwned.Meta):
        constraints = [
            *CoupleOwned.Meta.constraints,
            models.UniqueConstraint(
                fields=["couple", "ritual", "local_date"], name="ritual_once_a_date"
            ),
        ]
