"""Leaving: alone, at once, without a reason, and without a word to anyone.

Both lose sight of the shared space in the same moment; each keeps their own words. Thirty days on,
words nobody chose to keep are shredded by destroying the key of their seat.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import F

from couples import lifecycle
from couples.clock import app_now
from couples.live import check
from couples.models import (
    AgreementVersion,
    ComfortCard,
    Couple,
    Invitation,
    Member,
    SeatKey,
    User,
)

KEPT_DAYS = 30


@transaction.atomic
def leave(*, member: Member) -> None:
    """End the couple. Does nothing to a couple of one, or to one that has ended already."""
    couple = Couple.objects.select_for_update().get(pk=member.couple_id)
    if couple.state != "active":
        return
    now = app_now()
    couple.state, couple.ended_at = "ended", now
    couple.save(update_fields=["state", "ended_at"])
    seats = Member.objects.across_couples().filter(couple_id=couple.pk)
    seats.update(left_at=now, epoch=F("epoch") + 1)
    seats.filter(pk=member.pk).update(closed_seen_at=now)
    for close in lifecycle.on_closing:
        close(couple)
    check(couple.pk)


def acknowledge(*, user: User) -> None:
    """The other one has read that the space is closed."""
    Member.objects.across_couples().filter(
        user=user, left_at__isnull=False, closed_seen_at=None
    ).update(closed_seen_at=app_now())


def keep_words(*, seat: Member, keep: bool) -> None:
    Member.objects.across_couples().filter(pk=seat.pk, left_at__isnull=False).update(
        keep_words=keep
    )


@transaction.atomic
def shred(*, seat: Member) -> None:
    """Destroy the words of a seat that was left: its key, then its rows. Cannot be undone."""
    if not seat.left_at:
        return
    SeatKey.objects.filter(member_id=seat.pk).delete()
    for forget in lifecycle.on_shredding:
        forget(seat)
    Member.objects.across_couples().filter(pk=seat.pk).update(
        user=None, closed_seen_at=F("left_at")
    )
    if not SeatKey.objects.filter(member__couple_id=seat.couple_id).exists():
        Couple.objects.filter(pk=seat.couple_id).delete()


def forget_rows(seat: Member) -> None:
    for model in (ComfortCard, AgreementVersion, Invitation):
        model.objects.across_couples().filter(author_id=seat.pk).delete()


def shred_what_nobody_kept() -> int:
    """The sweep: seats left more than thirty days ago, whose words were not chosen to be kept."""
    before = app_now() - timedelta(days=KEPT_DAYS)
    due = Member.objects.across_couples().filter(
        left_at__lt=before, keep_words=False, seat_key__isnull=False
    )
    seats = list(due.select_related("couple", "user")[:500])
    for seat in seats:
        shred(seat=seat)
    return len(seats)
