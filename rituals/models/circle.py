from datetime import datetime

from django.db import models
from django.db.models import Q

from couples.tenancy import Private
from rituals import session
from rituals.models.plan import Ritual


class CircleSession(Private):
    """A circle as run on one member's device, with the notes of that member alone (sealed)."""

    ritual = models.ForeignKey(Ritual, models.CASCADE, related_name="+", db_constraint=False)
    step = models.CharField(max_length=16, default=session.Step.READY.value)
    since = models.DateTimeField()
    first = models.SmallIntegerField()
    rounds = models.SmallIntegerField(default=1)
    early = models.BooleanField(default=False)
    begun_on = models.DateField()
    ended_at = models.DateTimeField(null=True)
    # The exchange that shows the kept words between the two, once its author kept them.
    exchange_id = models.UUIDField(null=True)

    class Meta(Private.Meta):
        constraints = [
            *Private.Meta.constraints,
            models.UniqueConstraint(
                fields=["couple", "ritual", "author"],
                condition=Q(ended_at=None),
                name="one_open_circle_each",
            ),
            models.CheckConstraint(
                condition=Q(step__in=[step.value for step in session.Step]),
                name="circle_step_known",
            ),
            models.CheckConstraint(condition=Q(first__in=(1, 2)), name="circle_first_is_a_seat"),
        ]

    @property
    def state(self) -> session.State:
        return session.State(
            session.Step(self.step), self.since, self.first, self.rounds, self.early
        )

    def take(self, state: session.State, now: datetime) -> None:
        """Stand where the machine says; a closed circle is ended from then on."""
        self.step, self.since = state.step.value, state.since
        self.rounds, self.early = state.rounds, state.early
        if state.step is session.Step.CLOSED and self.ended_at is None:
            self.ended_at = now
