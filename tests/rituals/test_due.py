from datetime import UTC, date, datetime, time, timedelta
from threading import Barrier, Event, Thread
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction

from couples.clock import app_now
from couples.models import User
from rituals import due
from rituals.actions import mine, plan
from rituals.models import Occurrence, Reminder, Ritual
from tests.cast import person, seat
from tests.rituals.stage import (
    WEDNESDAY,
    circle,
    clock_to,
    move_clock,
    reminders,
    somebody,
    sweep,
    to_due,
)

pytestmark = [pytest.mark.django_db, pytest.mark.practice("A28")]
BERLIN = ZoneInfo("Europe/Berlin")
SPRING, AUTUMN = datetime(2027, 3, 14, tzinfo=UTC), datetime(2027, 10, 17, tzinfo=UTC)


def test_a_date_is_planned_two_days_ahead_for_each_at_their_own_lead(ana, ben):
    circle(ana, ben)
    assert due.plan_due() == 0
    clock_to(datetime(2027, 1, 8, 19, tzinfo=UTC))
    mine.change(member=seat(ben), wording="", lead_minutes=1440)
    assert due.plan_due() == 1
    (for_ana,), (for_ben,) = reminders(ana), reminders(ben)
    assert for_ana.occurrence.local_date == date(2027, 1, 10)
    assert for_ana.due_at.astimezone(BERLIN).time() == time(19, 0)
    assert for_ben.due_at.astimezone(BERLIN) == datetime(2027, 1, 9, 19, 30, tzinfo=BERLIN)


def test_planning_again_adds_nothing(ana, ben):
    circle(ana, ben)
    to_due(ana)
    before = list(Reminder.objects.of(seat(ana)).values_list("pk", flat=True))
    Ritual.objects.of(seat(ana)).update(
        next_on=reminders(ana)[0].occurrence.local_date, next_due_at=app_now()
    )
    assert due.plan_due() == 1  # the same date once more, as after a crash before the commit
    assert due.plan_due() == 0
    assert list(Reminder.objects.of(seat(ana)).values_list("pk", flat=True)) == before
    assert Occurrence.objects.of(seat(ana)).count() == 1


@pytest.mark.parametrize("start", [SPRING, AUTUMN])
def test_across_a_change_of_clocks_the_hour_stays(ana, ben, start, mailoutbox):
    clock_to(start)
    circle(ana, ben)
    for _ in range(4):
        to_due(ana)
        assert app_now().astimezone(BERLIN).replace(microsecond=0, second=0).time() == time(19, 0)
        assert sweep() == {"sent": 2}
        move_clock(timedelta(days=4))
    assert len(mailoutbox) == 8
    assert [row.occurrence.local_date.weekday() for row in reminders(ana)] == [6] * 4


def test_after_a_year_without_a_worker_there_is_one_reminder_not_52(ana, ben):
    circle(ana, ben)
    move_clock(timedelta(days=365))
    due.plan_due()
    assert len(reminders(ana)) <= 1
    to_due(ana)
    assert len(reminders(ana)) == 1


def test_whoever_has_not_said_yes_is_not_reminded(ana, ben):
    circle(ana)
    to_due(ana)
    assert (len(reminders(ana)), len(reminders(ben))) == (1, 0)
    plan.agree(member=seat(ben), to=Ritual.objects.of(seat(ana)).get().id)
    assert len(reminders(ben)) == 1


@pytest.mark.practice("A36")
def test_moving_the_hour_moves_what_was_planned_and_never_reminds_twice_of_a_date(
    ana, ben, mailoutbox
):
    circle(ana, ben)
    to_due(ana)
    sweep()
    move(ana, ben, time(21, 0))
    due.plan_due()
    assert sweep() == {}
    assert [row.state for row in reminders(ana)] == ["sent"]
    assert len(mailoutbox) == 2
    move_clock(timedelta(days=1))
    to_due(ana)
    assert app_now().astimezone(BERLIN).hour == 20
    assert sweep() == {"sent": 2}


def move(one: User, other: User, at: time, weekday: int = 6, tz: str = "Europe/Berlin") -> None:
    from rituals.models import RitualMove

    plan.plan(member=seat(one), weekday=weekday, local_time=at, tz=tz)
    plan.agree(member=seat(other), to=RitualMove.objects.of(seat(one)).get().id)


@pytest.mark.parametrize(("late", "sent"), [(10, 2), (20, 0)])
def test_moved_to_an_hour_that_just_passed_reminds_within_a_quarter_only(
    ana, ben, mailoutbox, late, sent
):
    clock_to(datetime(2027, 1, 10, 12, tzinfo=UTC))  # a Sunday, 13:00 in Berlin
    circle(ana, ben)
    mine.change(member=seat(ana), wording="", lead_minutes=0)
    mine.change(member=seat(ben), wording="", lead_minutes=0)
    due.plan_due()
    passed = (app_now().astimezone(BERLIN) - timedelta(minutes=late)).time()
    move(ana, ben, passed.replace(second=0, microsecond=0))
    assert sweep().get("sent", 0) == sent
    assert len(mailoutbox) == sent


def test_a_zone_changed_between_plan_and_due_keeps_one_reminder_a_date(ana, ben, mailoutbox):
    circle(ana, ben)
    to_due(ana)
    for tz in ("America/New_York", "Asia/Kathmandu", "Europe/Berlin"):
        move(ana, ben, time(19, 30), tz=tz)
        sweep()
    dates = [row.occurrence.local_date for row in reminders(ana)]
    assert len(dates) == len(set(dates))
    assert len(mailoutbox) == 2


def test_fewer_reminds_of_every_second_turn(ana, ben, mailoutbox):
    circle(ana, ben)
    mine.fewer(member=seat(ana))
    for _ in range(4):
        to_due(ben)
        sweep()
        move_clock(timedelta(days=2))
    assert (len(reminders(ana)), len(reminders(ben))) == (2, 4)


def test_a_pause_keeps_its_dates_silent_and_a_return_revives_what_is_ahead(ana, ben):
    circle(ana, ben)
    due.plan_due()
    clock_to(Ritual.objects.of(seat(ana)).get().next_due_at - timedelta(hours=40))
    due.plan_due()
    mine.pause(member=seat(ana), weeks=2)
    assert [row.state for row in reminders(ana)] == ["suppressed"]
    mine.go_on(member=seat(ana))
    assert [row.state for row in reminders(ana)] == ["planned"]


@pytest.mark.practice("A36")
def test_skipping_one_date_leaves_the_next_as_it_was(ana, ben, mailoutbox):
    circle(ana, ben)
    day = due.next_occurrence(Ritual.objects.of(seat(ana)).get().rule, app_now()).local_date
    mine.skip(member=seat(ana), day=day)  # before it was planned
    to_due(ben)
    assert sweep() == {"sent": 1}
    move_clock(timedelta(days=1))
    to_due(ana)
    assert sweep() == {"sent": 2}
    assert [row.state for row in reminders(ana)] == ["skipped", "sent"]


def test_a_skip_can_be_undone(ana, ben):
    circle(ana, ben)
    clock_to(Ritual.objects.of(seat(ana)).get().next_due_at - timedelta(hours=40))
    due.plan_due()
    (row,) = reminders(ana)
    mine.skip(member=seat(ana), day=row.occurrence.local_date)
    assert reminders(ana)[0].state == "skipped"
    mine.unskip(member=seat(ana), day=row.occurrence.local_date)
    assert reminders(ana)[0].state == "planned"


def test_snoozing_reminds_once_more_an_hour_on(ana, ben, mailoutbox):
    circle(ana, ben)
    to_due(ana)
    sweep()
    (row,) = reminders(ana)
    mine.snooze(member=seat(ana), day=row.occurrence.local_date, minutes=60)
    assert sweep() == {}
    move_clock(timedelta(minutes=61))
    assert sweep() == {"sent": 1}
    assert len(mailoutbox) == 3


def test_a_changed_lead_time_moves_what_is_planned_and_never_sends_late(ana, ben):
    circle(ana, ben)
    clock_to(Ritual.objects.of(seat(ana)).get().next_due_at - timedelta(hours=3))
    due.plan_due()
    first = reminders(ana)[0].due_at
    mine.change(member=seat(ana), wording="", lead_minutes=60)
    assert reminders(ana)[0].due_at == first - timedelta(minutes=30)
    mine.change(member=seat(ana), wording="", lead_minutes=1440)
    assert reminders(ana)[0].state == "suppressed"


@pytest.mark.parametrize("couples", [1, 3])
def test_planning_costs_the_same_however_many(couples, django_assert_num_queries):
    clock_to(WEDNESDAY)
    people = [person(f"P{number}") for number in range(couples)]
    for one in people:
        circle(one)
    clock_to(WEDNESDAY + timedelta(days=3))
    with django_assert_num_queries(13):  # of which six open and close transactions
        assert due.plan_due() == couples
    assert all(len(reminders(one)) == 1 for one in people)


@pytest.mark.django_db(transaction=True)
def test_two_planners_at_once_plan_each_date_once():
    clock_to(WEDNESDAY)
    people = [person(f"P{number}") for number in range(6)]
    for one in people:
        circle(one)
    clock_to(WEDNESDAY + timedelta(days=3))
    start, planned = Barrier(4), []

    def work() -> None:
        start.wait()
        planned.append(due.plan_due())
        connection.close()

    threads = [Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(planned) == 6
    assert all(len(reminders(one)) == 1 for one in people)


def in_a_thread(act) -> Thread:
    def run() -> None:
        act()
        connection.close()

    thread = Thread(target=run)
    thread.start()
    return thread


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("change", ["the hour", "my lead time"])
def test_a_change_waits_for_the_planner_and_leaves_nothing_of_the_old(change):
    clock_to(WEDNESDAY)
    ana = somebody("Ana")
    circle(ana)
    clock_to(WEDNESDAY + timedelta(days=3))
    planned, go_on = Event(), Event()

    def plan_slowly() -> None:
        with transaction.atomic():
            due.plan_batch()
            planned.set()
            go_on.wait(10)

    def change_it() -> None:
        if change == "the hour":
            plan.plan(member=seat(ana), weekday=6, local_time=time(21, 0), tz="Europe/Berlin")
        else:
            mine.change(member=seat(ana), wording="", lead_minutes=180)

    planning = in_a_thread(plan_slowly)
    planned.wait(10)
    changing = in_a_thread(change_it)
    changing.join(0.3)
    assert changing.is_alive()
    go_on.set()
    planning.join()
    changing.join()
    due.plan_due()
    hours = [one.due_at.astimezone(BERLIN).strftime("%H:%M") for one in reminders(ana)]
    assert hours == (["20:30"] if change == "the hour" else ["16:30"])


def test_a_mail_that_would_have_been_due_long_ago_is_not_planned(ana, ben, caplog):
    clock_to(datetime(2027, 1, 10, 17, tzinfo=UTC))  # an hour and a half before
    circle(ana, ben)
    mine.change(member=seat(ana), wording="", lead_minutes=1440)
    assert sweep() == {}
    assert reminders(ana) == []
    assert "could not be sent" not in caplog.text
