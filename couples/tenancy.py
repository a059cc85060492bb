"""The walls between couples.

Every table that belongs to a couple derives from `CoupleOwned`. Its `objects` is a closed door:
rows are reached as somebody (`.of(member)`), or not at all. Three further entrances exist for the
few places that need them; a test names every file that may use them.
"""

import uuid
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

from django.db import models
from django.db.models import Q, QuerySet
from django.http import Http404

if TYPE_CHECKING:
    from couples.models import Member

M = TypeVar("M", bound="CoupleOwned")


class ClosedDoor(Exception):
    """Rows of couples were asked for without saying for whom."""


class Door(models.Manager[M]):
    def get_queryset(self) -> QuerySet[M]:
        raise ClosedDoor(f"{self.model.__name__}.objects needs .of(member)")

    def of(self, member: "Member") -> QuerySet[M]:
        """What this member may see: of their couple, and by `visible_to` of the model."""
        rows = super().get_queryset().filter(couple_id=member.couple_id)
        return rows.filter(self.model.visible_to(member))

    def both_of(self, member: "Member") -> QuerySet[M]:
        """Rows of both members, private ones too: for choices that must fit both, never to show."""
        return super().get_queryset().filter(couple_id=member.couple_id)

    def across_couples(self) -> QuerySet[M]:
        """All rows: for sweeps and commands that act for nobody in particular."""
        return super().get_queryset()


class CoupleOwned(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    couple = models.ForeignKey(
        "couples.Couple", models.CASCADE, related_name="+", db_constraint=False
    )

    objects: ClassVar[Door[Self]] = Door()
    unguarded: ClassVar[models.Manager[Self]] = models.Manager()

    class Meta:
        abstract = True
        default_manager_name = "unguarded"
        constraints = [
            models.UniqueConstraint(fields=["couple", "id"], name="%(app_label)s_%(class)s_home")
        ]

    @classmethod
    def visible_to(cls, member: "Member") -> Q:
        return Q()


class Written(CoupleOwned):
    """A row one member wrote. Who has left sees only their own."""

    author = models.ForeignKey(
        "couples.Member", models.CASCADE, related_name="+", db_constraint=False
    )
    sealed = models.BinaryField()

    class Meta(CoupleOwned.Meta):
        abstract = True

    @classmethod
    def visible_to(cls, member: "Member") -> Q:
        return Q(author_id=member.id) if member.left_at else Q()


class Private(Written):
    """A row that only its author ever sees."""

    class Meta(CoupleOwned.Meta):
        abstract = True

    @classmethod
    def visible_to(cls, member: "Member") -> Q:
        return Q(author_id=member.id)


def get_or_404(member: "Member", model: type[M], **lookup: Any) -> M:
    """The one row this member may see; anything else is 404, whether it exists or not."""
    try:
        return model.objects.of(member).get(**lookup)
    except (model.DoesNotExist, ValueError, TypeError):
        raise Http404 from None
