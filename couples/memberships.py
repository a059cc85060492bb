"""Who a signed-in person is, here and now: one query for both seats, their keys and the time."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from couples.clock import AppNow, app_now
from couples.models import Couple, Member, SeatKey, User
from couples.rotation import hold_while_wrapping
from couples.vault import new_seat_key, opened_keys


class Standing(NamedTuple):
    member: Member | None
    closed: Member | None
    """A seat whose couple was ended by the other, and who was not told so yet."""
    now: datetime


def _seats(which: QuerySet[Member]) -> QuerySet[Member]:
    key = SeatKey.objects.filter(member_id=OuterRef("pk"))
    return (
        Member.objects.across_couples()
        .filter(couple_id__in=which.values("couple_id"))
        .select_related("couple", "user")
        .annotate(
            now=AppNow(),
            ring_key=Subquery(key.values("ring_key")),
            wrapped=Subquery(key.values("wrapped")),
        )
        .order_by(F("left_at").desc(nulls_first=True), "seat")
    )


def _together(seats: list[Member], mine: Member) -> Member:
    """Introduce the seats of one couple to each other; keys as far as `mine` may hold them."""
    for seat in seats:
        if seat.couple_id == mine.couple_id and seat.id != mine.id:
            mine.other, seat.other = seat, mine
    present = [mine] if mine.left_at or mine.other is None else [mine, mine.other]
    wrapped = {
        seat.id: (seat.ring_key, bytes(seat.wrapped))  # type: ignore[attr-defined]
        for seat in present
        if seat.wrapped  # type: ignore[attr-defined]
    }
    mine._keys = keys = opened_keys(wrapped)  # type: ignore[attr-defined]
    if mine.other and not mine.left_at:
        mine.other._keys = keys  # type: ignore[attr-defined]
    return mine


def standing(user: User) -> Standing:
    """The person's current seat (a new solo one if they have none) and what they must be told."""
    found = _standing(user)
    if found.member is None and found.closed is None:
        open_solo(user)
        found = _standing(user)
    return found


def _standing(user: User) -> Standing:
    current = Q(left_at=None) | Q(closed_seen_at=None)
    seats = list(_seats(Member.objects.across_couples().filter(current, user=user)))
    own = [seat for seat in seats if seat.user_id == user.id]
    here = next((seat for seat in own if seat.left_at is None), None)
    closed = next((seat for seat in own if seat.left_at and not seat.closed_seen_at), None)
    for seat in own:
        seat.user = user
    return Standing(
        here and _together(seats, here),
        closed,
        seats[0].now if seats else app_now(),  # type: ignore[attr-defined]
    )


def departed(user: User) -> list[Member]:
    """The seats this person has left, newest first, each with its own key only."""
    which = Member.objects.across_couples().filter(user=user, left_at__isnull=False)
    own = [seat for seat in _seats(which) if seat.user_id == user.id]
    return [_together([], seat) for seat in own]


def by_id(member_id: UUID | str) -> Member | None:
    """A seat with its couple, for work without a request (a mail, a stream)."""
    which = Member.objects.across_couples().filter(pk=member_id)
    seats = list(_seats(which))
    mine = next((seat for seat in seats if str(seat.id) == str(member_id)), None)
    return mine and _together(seats, mine)


@transaction.atomic
def take_seat(couple: Couple, seat: int, user: User) -> Member:
    hold_while_wrapping()
    member = Member(couple=couple, seat=seat, user=user, joined_at=app_now())
    member.save(force_insert=True)
    ring_key, wrapped = new_seat_key()
    SeatKey.objects.create(member=member, ring_key=ring_key, wrapped=wrapped)
    return member


def open_solo(user: User) -> None:
    """A couple of one, where a person prepares alone. Does nothing if they have a seat."""
    try:
        with transaction.atomic():
            take_seat(Couple.objects.create(state="solo"), 1, user)
    except IntegrityError:
        if not Member.objects.across_couples().filter(user=user, left_at=None).exists():
            raise
