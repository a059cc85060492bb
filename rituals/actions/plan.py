"""When the circle is: planned by one, agreed by the other, moved only by both."""

from datetime import time
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet

from couples import live, vault
from couples.clock import app_now
from couples.errors import NotHere
from couples.limits import Limit
from couples.models import Couple, Member
from rituals import due
from rituals.models import CircleSession, Ritual, RitualMove, RitualPart
from rituals.recurrence import next_occurrence

Schedule = tuple[int, time, str]
# A day, of one person: each calls the other.
PLANS = Limit("circle plans", 10)


@transaction.atomic
def plan(*, member: Member, weekday: int, local_time: time, tz: str) -> None:
    """Plan the circle, change one's own plan while nobody agreed to it, or suggest to move it.

    Raises NotHere, TooMany.
    """
    _lock(member)
    PLANS.spend(member.user_id)
    ritual = _held(member)
    schedule = (weekday, local_time, tz)
    if ritual is None:
        ritual = _create(member, schedule)
        take_part(member, ritual)
        live.came_or_went(member, _seen(ritual))
    elif not ritual.agreed and ritual.planned_by_id == member.id:
        before = _seen(ritual)
        _set(ritual, schedule)
        live.came_or_went(member, before, _seen(ritual))
    else:
        live.came_or_went(member, *_suggest(member, ritual, schedule))


@transaction.atomic
def agree(*, member: Member, to: UUID) -> None:
    """Say yes to the partner's plan, or to the move they suggest. Raises NotHere if it is gone.

    From then on each has a part of their own: one asked for this time, the other said yes to it.
    """
    _lock(member)
    ritual = _held(member)
    if ritual is None:
        raise NotHere
    moves = RitualMove.objects.of(member)
    move = moves.filter(pk=to).exclude(proposed_by_id=member.id).first()
    if move:
        _set(ritual, move.schedule)
    elif to != ritual.pk or ritual.agreed or ritual.planned_by_id == member.id:
        raise NotHere
    Ritual.objects.of(member).filter(pk=ritual.pk).update(agreed=True)
    moves.delete()
    for one in filter(None, (member, member.partner)):
        take_part(one, ritual)
    live.changed(member)


@transaction.atomic
def withdraw(*, member: Member) -> None:
    """Take back one's own suggestion, or one's own plan that has no answer yet.

    A plan on which one's own notes or the other's choices hang already is not deleted with them:
    only one's own part in it ends.
    """
    _lock(member)
    gone = _taken(RitualMove.objects.of(member).filter(proposed_by_id=member.id))
    if not gone and not RitualMove.objects.of(member).exists():
        plans = Ritual.objects.of(member).filter(planned_by_id=member.id, agreed=False)
        if _in_use(member):
            RitualPart.objects.of(member).update(stopped_at=app_now())
            return
        gone = _taken(plans)
    if gone:
        live.came_or_went(member, *gone)


def _in_use(member: Member) -> bool:
    parts = RitualPart.objects.both_of(member).exclude(author=member)
    return parts.exists() or CircleSession.objects.of(member).exists()


def take_part(member: Member, ritual: Ritual) -> RitualPart:
    """The member's own part, begun with the defaults if there is none yet."""
    part = RitualPart.objects.of(member).filter(ritual=ritual).first()
    if part is None:
        part = RitualPart(couple_id=member.couple_id, author=member, ritual=ritual)
        vault.seal(member, part, {})
        part.save(force_insert=True)
        due.replan_part(part, ritual, app_now())
    return part


def _lock(member: Member) -> None:
    """Both partners plan in turn, not at once. Raises NotHere if the couple has ended."""
    couples = Couple.objects.select_for_update(no_key=True)
    if not couples.filter(pk=member.couple_id).exclude(state="ended").exists():
        raise NotHere


def _held(member: Member) -> Ritual | None:
    """The ritual, locked: the planner passes it by until this transaction ends."""
    return Ritual.objects.of(member).select_for_update(no_key=True).first()


def _create(member: Member, schedule: Schedule) -> Ritual:
    now = app_now()
    weekday, local_time, tz = schedule
    ritual = Ritual(
        couple_id=member.couple_id,
        planned_by=member,
        weekday=weekday,
        local_time=local_time,
        tz=tz,
        anchor=now.astimezone(ZoneInfo(tz)).date(),
    )
    step = next_occurrence(ritual.rule, now)
    ritual.next_on, ritual.next_due_at = step.local_date, step.at_utc
    ritual.save(force_insert=True)
    return ritual


def _set(ritual: Ritual, schedule: Schedule) -> None:
    ritual.weekday, ritual.local_time, ritual.tz = schedule
    due.replan(ritual, app_now())


def _seen(row: Ritual | RitualMove) -> str:
    """What both see of it, for `live.came_or_went`."""
    return f"{row.pk} {row.schedule}"


def _taken(rows: QuerySet[Ritual] | QuerySet[RitualMove]) -> list[str]:
    """Delete them; what was seen of each."""
    seen = [_seen(row) for row in rows]
    rows.delete()
    return seen


def _suggest(member: Member, ritual: Ritual, schedule: Schedule) -> list[str]:
    """What goes and what comes by it."""
    seen = _taken(RitualMove.objects.of(member))
    if schedule != ritual.schedule:
        weekday, local_time, tz = schedule
        move = RitualMove(
            couple_id=member.couple_id,
            ritual=ritual,
            proposed_by=member,
            weekday=weekday,
            local_time=local_time,
            tz=tz,
        )
        move.save(force_insert=True)
        seen.append(_seen(move))
    return seen
