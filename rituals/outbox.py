"""Sending what is due: claimed under a lease, sent outside any transaction, finished under a fence.

Whether somebody still wants the mail is asked at the claim, not at the plan: membership, pause,
stop and unsubscribe all count up to the last moment. `attempt` and the lease's owner fence every
later write, so that a worker frozen past its lease changes nothing when it wakes.
"""

import logging
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from operator import attrgetter
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.db import connection, transaction

from couples import memberships
from couples.clock import app_now
from couples.models import Couple
from rituals import emails
from rituals.delivery import Courier, LeaseLost, Outcome, Result
from rituals.models import Reminder, Ritual, RitualPart
from rituals.models.reminders import WAITING, State
from rituals.statements import AT_THE_DOT, CLAIM, FINISH, GIVE_BACK, SETTLE
from rituals.steady import clock_is_steady

log = logging.getLogger(__name__)
Values = dict[str, Any]

LEASE = timedelta(seconds=90)
DIES_AFTER = timedelta(hours=6)
BACK_OFF = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60))
UNKNOWN_RESTS = timedelta(minutes=10)
BATCH = 20
# A sweep ends before the next but one begins, whatever is still waiting.
BUDGET = 45.0


@dataclass(frozen=True)
class Claimed:
    id: uuid.UUID
    author_id: uuid.UUID
    attempt: int
    ritual_id: uuid.UUID
    local_date: date
    starts_at: datetime
    due_at: datetime


def send_due() -> Counter[str]:
    """Send what is due. Returns how many reminders reached which state."""
    done: Counter[str] = Counter()
    if not clock_is_steady():
        return done
    me, until = uuid.uuid4(), time.monotonic() + BUDGET
    done.update(settle())
    with Courier() as courier:
        while time.monotonic() < until and (batch := claim(me)):
            done.update(send_in_time(courier, me, batch))
    return done


def send_in_time(courier: Courier, me: uuid.UUID, batch: list[Claimed]) -> Iterator[str]:
    """Send a claimed batch; give back what half the lease was too short for."""
    half = time.monotonic() + LEASE.total_seconds() / 2
    for number, one in enumerate(batch):
        if time.monotonic() > half:
            give_back(me, batch[number:])
            return
        if state := send(courier, me, one):
            yield state


def settle() -> Counter[str]:
    """What will not be sent any more: too late, no longer wanted, or sent twice already."""
    with connection.cursor() as cursor:
        values: Values = {"dies": DIES_AFTER}
        cursor.execute(SETTLE, values)
        states = Counter(state for (state,) in cursor.fetchall())
    if expired := states[State.EXPIRED]:
        log.error("%s reminders could not be sent within %s", expired, DIES_AFTER)
    return states


def claim(me: uuid.UUID) -> list[Claimed]:
    """Take some of what is due, for as long as the lease; committed before anything is sent."""
    with transaction.atomic(), connection.cursor() as cursor:
        values: Values = {"me": me, "lease": LEASE, "batch": BATCH, "dies": DIES_AFTER}
        cursor.execute(CLAIM, values)
        return sorted((Claimed(*row) for row in cursor.fetchall()), key=attrgetter("due_at"))


def send(courier: Courier, me: uuid.UUID, one: Claimed) -> str | None:
    """Deliver one claimed reminder. Returns its new state; None if the lease was lost."""

    def before_dot() -> None:
        with connection.cursor() as cursor:
            cursor.execute(AT_THE_DOT, [one.id, one.attempt, me])
            if cursor.rowcount != 1:
                raise LeaseLost

    try:
        outcome = courier.deliver(letter(one), before_dot)
    except LeaseLost:
        log.warning("a lease ran out before its mail was sent")
        return None
    except Exception:
        # One letter that cannot be written must not keep the others from going out.
        log.exception("a reminder could not be made")
        outcome = Outcome(Result.LATER)
    return finish(me, one, outcome)


def letter(one: Claimed) -> EmailMultiAlternatives:
    member = memberships.by_id(one.author_id)
    part = RitualPart.objects.across_couples().get(ritual_id=one.ritual_id, author_id=one.author_id)
    assert member
    return emails.reminder(member, part, one.id, one.local_date, one.starts_at)


def give_back(me: uuid.UUID, batch: list[Claimed]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(GIVE_BACK, [[one.id for one in batch], me])


def finish(me: uuid.UUID, one: Claimed, outcome: Outcome) -> str | None:
    state, rests = next_state(one.attempt, outcome.result)
    values: Values = {
        "id": one.id,
        "attempt": one.attempt,
        "me": me,
        "state": state,
        "rests": rests,
    }
    values |= {"code": outcome.code, "refused": int(outcome.refused_at_dot)}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(FINISH, values)
        row = cursor.fetchone()
        if row and outcome.no_such_address:
            RitualPart.objects.across_couples().filter(
                ritual_id=one.ritual_id, author_id=one.author_id
            ).update(bounced=True)
    return row[0] if row else None


def next_state(attempt: int, result: Result) -> tuple[State, timedelta | None]:
    """The state after an attempt, and how long to rest before the next one."""
    match result:
        case Result.SENT:
            return State.SENT, None
        case Result.BOUNCED:
            return State.BOUNCED, None
        case Result.UNKNOWN:
            return State.UNKNOWN, UNKNOWN_RESTS
        case Result.LATER:
            return State.CLAIMABLE, BACK_OFF[min(attempt, len(BACK_OFF)) - 1]


def silence(couple: Couple) -> None:
    """Nothing of an ended couple goes out; a mail already being handed over may still arrive."""
    now = app_now()
    Ritual.objects.across_couples().filter(couple_id=couple.pk).update(
        stopped_at=now, next_on=None, next_due_at=None
    )
    Reminder.objects.across_couples().filter(
        couple_id=couple.pk, state__in=(*WAITING, State.UNKNOWN)
    ).update(state=State.SUPPRESSED, cancelled_at=now)
