"""A couple with a circle, and a clock that can be moved."""

from datetime import UTC, datetime, time, timedelta

from django.db import connection

from couples.clock import app_now
from couples.memberships import take_seat
from couples.models import ClockShift, Couple, Member, User
from rituals import due, outbox
from rituals.actions import plan
from rituals.models import Reminder, Ritual, RitualPart
from tests.cast import seat

SUNDAY = 6
WEDNESDAY = datetime(2027, 1, 6, 12, tzinfo=UTC)


def somebody(name: str, timezone: str = "Europe/Berlin") -> User:
    email = f"{name.lower()}@example.org"
    return User.objects.create_user(email, name=name, timezone=timezone)


def together(one: User, other: User) -> None:
    """Seat two in one couple, without the way through an invitation."""
    couple = Couple.objects.create(state="active")
    for number, user in enumerate((one, other), start=1):
        take_seat(couple, number, user)


def move_clock(by: timedelta) -> datetime:
    shift = ClockShift.objects.first() or ClockShift(shift=timedelta())
    shift.shift += by
    shift.save()
    return app_now()


def clock_to(moment: datetime) -> datetime:
    return move_clock(moment - app_now())


def circle(
    planner: User, other: User | None = None, at: time = time(19, 30), tz: str = "Europe/Berlin"
) -> Ritual:
    """A weekly circle on Sundays, agreed if there is another."""
    member = seat(planner)
    plan.plan(member=member, weekday=SUNDAY, local_time=at, tz=tz)
    if other:
        plan.agree(member=seat(other), to=Ritual.objects.of(member).get().id)
    return Ritual.objects.of(member).get()


def part(user: User) -> RitualPart:
    return RitualPart.objects.of(seat(user)).get()


def reminders(user: User) -> list[Reminder]:
    rows = Reminder.objects.of(seat(user)).select_related("occurrence")
    return list(rows.order_by("occurrence__local_date", "kind"))


def sweep() -> dict[str, int]:
    due.plan_due()
    return dict(outbox.send_due())


def to_due(user: User) -> None:
    """Plan, then move the clock to the moment the next reminder of this person is due."""
    due.plan_due()
    waiting = [one for one in reminders(user) if one.state in ("planned", "claimable")]
    if not waiting:
        ritual = Ritual.objects.of(seat(user)).get()
        assert ritual.next_due_at
        clock_to(ritual.next_due_at - timedelta(hours=47))
        return to_due(user)
    clock_to(max(min(one.due_at for one in waiting), app_now()))
    return None


def run(sql: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values))


def present(member: Member) -> Member:
    """The same seat, as a request that comes now would see it."""
    assert member.user
    return seat(member.user)
