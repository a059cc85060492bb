"""Who a signed-in person is, here and now: one query for both seats, their keys and the time."""

from collections.abc import Iterator
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import Model

from couples.clock import app_now
from couples.models import Couple, Member, SeatKey, User
from couples.rotation import hold_while_wrapping
from couples.vault import new_seat_key, opened_keys

M = TypeVar("M", bound=Model)


class Seat(NamedTuple):
    member: Member
    key: tuple[str, bytes]
    """As wrapped, and by which key of the ring."""
    now: datetime


class Standing(NamedTuple):
    member: Member | None
    closed: Member | None
    """A seat whose couple was ended by the other, and who was not told so yet."""
    now: datetime


def _columns(model: type[Model], alias: str) -> str:
    return ", ".join(f'{alias}."{field.column}"' for field in model._meta.concrete_fields)


@cache
def _statement(mine: str) -> str:
    """Both seats of every couple in which `mine` finds one. Written out: it runs on every page."""
    return f"""
        select key.ring_key, key.wrapped, app_now(),
               {_columns(Member, "seat")}, {_columns(Couple, "couple")}, {_columns(User, "person")}
        from couples_member seat
        join couples_couple couple on couple.id = seat.couple_id
        left join couples_user person on person.id = seat.user_id
        left join couples_seatkey key on key.member_id = seat.id
        where seat.couple_id in (select mine.couple_id from couples_member mine where {mine})
        order by seat.left_at desc nulls first, seat.seat
    """  # noqa: S608


def _seats(mine: str, value: UUID | str) -> list[Seat]:
    with connection.cursor() as cursor:
        cursor.execute(_statement(mine), [value])
        return [_seat(row) for row in cursor.fetchall()]


def _seat(row: tuple[Any, ...]) -> Seat:
    values = iter(row[3:])
    member, couple, user = _read(Member, values), _read(Couple, values), _read(User, values)
    member.couple, member.user = couple, user if user.pk else None
    return Seat(member, row[:2], row[2])


def _read(model: type[M], values: Iterator[Any]) -> M:
    names = [field.attname for field in model._meta.concrete_fields]
    return model.from_db(connection.alias, names, [next(values) for _ in names])


def _together(seats: list[Seat], mine: Member) -> Member:
    """Introduce the seats of one couple to each other; keys as far as `mine` may hold them."""
    for seat in seats:
        if seat.member.couple_id == mine.couple_id and seat.member.id != mine.id:
            mine.other, seat.member.other = seat.member, mine
    present = {mine.id} if mine.left_at or mine.other is None else {mine.id, mine.other.id}
    wrapped = {each.id: key for each, key, _ in seats if each.id in present and key[1]}
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
    current = "mine.user_id = %s and (mine.left_at is null or mine.closed_seen_at is null)"
    seats = _seats(current, user.id)
    own = _own(seats, user)
    here = next((seat for seat in own if seat.left_at is None), None)
    closed = next((seat for seat in own if seat.left_at and not seat.closed_seen_at), None)
    return Standing(here and _together(seats, here), closed, seats[0].now if seats else app_now())


def _own(seats: list[Seat], user: User) -> list[Member]:
    own = [seat.member for seat in seats if seat.member.user_id == user.id]
    for member in own:
        member.user = user
    return own


def departed(user: User) -> list[Member]:
    """The seats this person has left, newest first, each with its own key only."""
    seats = _seats("mine.user_id = %s and mine.left_at is not null", user.id)
    return [_together([seat], seat.member) for seat in seats if seat.member.user_id == user.id]


def by_id(member_id: UUID | str) -> Member | None:
    """A seat with its couple, for work without a request (a mail, a stream)."""
    seats = _seats("mine.id = %s", member_id)
    mine = next((seat.member for seat in seats if str(seat.member.id) == str(member_id)), None)
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
