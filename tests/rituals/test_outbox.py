import uuid
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from couples import leaving, vault
from couples.clock import app_now
from couples.models import User
from rituals import due, outbox
from rituals.actions import mine
from rituals.delivery import Outcome, Result
from rituals.models import Reminder
from rituals.steady import Guard
from tests.cast import person, seat
from tests.rituals.stage import circle, clock_to, move_clock, part, reminders, run, sweep, to_due

pytestmark = pytest.mark.django_db
LEASE_OVER = outbox.LEASE + timedelta(seconds=1)


@pytest.fixture
def ben(ana: User, ben: User) -> User:
    circle(ana, ben)
    return ben


def state(user: User) -> str:
    (row,) = reminders(user)
    return row.state


@pytest.mark.practice("A28")
def test_each_gets_one_mail_when_it_is_due_and_none_after(ana, ben, mailoutbox):
    to_due(ana)
    move_clock(timedelta(minutes=-1))
    assert sweep() == {}
    move_clock(timedelta(minutes=2))
    assert sweep() == {"sent": 2}
    assert sorted(mail.to[0] for mail in mailoutbox) == ["ana@example.org", "ben@example.org"]
    assert sweep() == sweep() == {}
    assert len(mailoutbox) == 2
    assert state(ana) == "sent"


def pause(user: User) -> None:
    mine.pause(member=seat(user), weeks=1)


def stop(user: User) -> None:
    mine.stop(member=seat(user))


def unsubscribe(user: User) -> None:
    mine.stop_mail(member=seat(user))


def leave(user: User) -> None:
    leaving.leave(member=seat(user))


def planned(user: User) -> None:
    clock_to(reminders_due(user) - timedelta(hours=1))


def is_due(user: User) -> None:
    clock_to(reminders_due(user))


def to_be_tried_again(user: User) -> None:
    clock_to(reminders_due(user))
    run("update rituals_reminder set state = 'claimable', attempt = 1")


def with_a_dead_worker(user: User) -> None:
    clock_to(reminders_due(user))
    outbox.claim(uuid.uuid4())
    move_clock(LEASE_OVER)


def reminders_due(user: User) -> datetime:
    to_due(user)
    return reminders(user)[0].due_at


@pytest.mark.safety("S9")
@pytest.mark.safety("S12")
@pytest.mark.parametrize("point", [planned, is_due, to_be_tried_again, with_a_dead_worker])
@pytest.mark.parametrize("act", [pause, stop, unsubscribe, leave])
def test_what_somebody_no_longer_wants_is_not_sent_wherever_it_stood(
    ana, ben, mailoutbox, point, act
):
    point(ana)
    act(ana)
    move_clock(timedelta(hours=2))
    sweep()
    to_ana = [mail for mail in mailoutbox if mail.to == ["ana@example.org"]]
    assert to_ana == []
    assert len(mailoutbox) == (0 if act is leave else 1)
    rows = Reminder.objects.across_couples().filter(author__user=ana)
    assert [row.state for row in rows] == ["suppressed"]


@pytest.mark.safety("S9")
def test_leaving_sends_nobody_a_mail(ana, ben, mailoutbox):
    to_due(ana)
    leave(ana)
    sweep()
    assert mailoutbox == []


def test_a_dead_worker_costs_a_lease_and_the_mail_goes_out_once(ana, ben, mailoutbox):
    to_due(ana)
    assert len(outbox.claim(uuid.uuid4())) == 2
    assert sweep() == {}
    move_clock(LEASE_OVER)
    assert sweep() == {"sent": 2}
    assert len(mailoutbox) == 2


def test_a_worker_that_wakes_too_late_changes_nothing(ana, ben, mailoutbox):
    to_due(ana)
    zombie = uuid.uuid4()
    claimed = outbox.claim(zombie)
    move_clock(LEASE_OVER)
    sweep()
    for one in claimed:
        assert outbox.finish(zombie, one, Outcome(Result.BOUNCED, 550)) is None
        with outbox.Courier() as courier:
            assert outbox.send(courier, zombie, one) is None
    assert (state(ana), len(mailoutbox)) == ("sent", 2)


@pytest.mark.parametrize(
    ("attempt", "minutes"), [(1, 1), (2, 5), (3, 15), (4, 60), (5, 60), (6, 60)]
)
def test_what_could_not_be_sent_rests_longer_each_time(attempt, minutes):
    assert outbox.next_state(attempt, Result.LATER) == ("claimable", timedelta(minutes=minutes))


def test_back_off_then_out(ana, ben, settings, mailoutbox):
    to_due(ana)
    works, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "tests.rituals.test_delivery.Broken"
    assert sweep() == {"claimable": 2}
    settings.EMAIL_BACKEND = works
    assert sweep() == {}
    move_clock(timedelta(seconds=61))
    assert sweep() == {"sent": 2}
    assert reminders(ana)[0].copies == 1


def test_a_server_gone_for_three_hours_sends_all_of_it_after_in_order(
    ana, ben, settings, mailoutbox
):
    mine.change(member=seat(ben), wording="", lead_minutes=60)
    to_due(ben)
    works, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "tests.rituals.test_delivery.Broken"
    for _ in range(18):
        sweep()
        move_clock(timedelta(minutes=10))
    settings.EMAIL_BACKEND = works
    move_clock(timedelta(hours=1))
    assert sweep() == {"sent": 2}
    assert [mail.to[0] for mail in mailoutbox] == ["ben@example.org", "ana@example.org"]


def test_what_is_six_hours_late_dies_and_the_operator_is_told(ana, ben, mailoutbox, caplog):
    to_due(ana)
    move_clock(timedelta(hours=6, seconds=1))
    assert sweep() == {"expired": 2}
    assert mailoutbox == []
    assert "2 reminders could not be sent" in caplog.text


def claim_one(user: User) -> tuple[uuid.UUID, outbox.Claimed]:
    me = uuid.uuid4()
    claimed = {one.author_id: one for one in outbox.claim(me)}
    return me, claimed[seat(user).id]


def reach_the_dot(me: uuid.UUID, one: outbox.Claimed) -> None:
    run(
        "update rituals_reminder set copies = copies + 1 where id = %s and lease_owner = %s",
        one.id,
        me,
    )


def test_a_mail_of_unknown_fate_is_sent_once_more_and_then_left(ana, ben, mailoutbox):
    to_due(ana)
    me, one = claim_one(ana)
    reach_the_dot(me, one)
    assert outbox.finish(me, one, Outcome(Result.UNKNOWN)) == "unknown"
    move_clock(timedelta(minutes=9))
    me, _ = uuid.uuid4(), outbox.claim(uuid.uuid4())
    assert state(ana) == "unknown"
    move_clock(timedelta(minutes=2))
    me, one = claim_one(ana)
    reach_the_dot(me, one)
    assert outbox.finish(me, one, Outcome(Result.UNKNOWN)) == "sent_unconfirmed"
    move_clock(timedelta(hours=1))
    sweep()
    assert state(ana) == "sent_unconfirmed"


def test_two_workers_killed_after_the_dot_never_make_a_third_copy(ana, ben, mailoutbox):
    to_due(ana)
    for _ in range(2):
        reach_the_dot(*claim_one(ana))
        move_clock(LEASE_OVER)
    sweep()
    assert state(ana) == "sent_unconfirmed"
    assert [mail.to[0] for mail in mailoutbox] == ["ben@example.org"]


def test_an_address_that_does_not_exist_is_mailed_no_more_until_it_is_changed(ana, ben):
    to_due(ana)
    me, one = claim_one(ana)
    gone = Outcome(Result.BOUNCED, 550, no_such_address=True)
    assert outbox.finish(me, one, gone) == "bounced"
    assert part(ana).bounced
    assert not part(ben).bounced
    clock_to(app_now() + timedelta(days=7))
    due.plan_due()
    assert len(reminders(ana)) == 1


def test_a_mail_that_cannot_be_made_keeps_no_other_from_going_out(ana, ben, mailoutbox, caplog):
    mine.change(member=seat(ana), wording="tea", own_words=True)
    to_due(ana)
    run("update rituals_ritualpart set sealed = '\\x00' where author_id = %s", seat(ana).id)
    assert sweep() == {"claimable": 1, "sent": 1}
    assert [mail.to[0] for mail in mailoutbox] == ["ben@example.org"]
    assert "tea" not in caplog.text


@pytest.mark.safety("S26")
def test_own_words_stand_sealed_in_the_database(ana, ben):
    mine.change(member=seat(ana), wording="after dinner, tea first", own_words=True)
    row = part(ana)
    assert b"dinner" not in bytes(row.sealed)
    assert vault.words(seat(ana), row)["wording"] == "after dinner, tea first"


def test_a_clock_that_jumps_stops_the_mail_for_a_while():
    guard, noon = Guard(), datetime(2027, 1, 6, 12, tzinfo=UTC)
    assert guard.is_steady(noon, 0.0)
    assert guard.is_steady(noon + timedelta(seconds=30), 30.0)
    assert not guard.is_steady(noon + timedelta(hours=2), 60.0)
    assert not guard.is_steady(noon + timedelta(hours=2, minutes=9), 600.0)
    assert guard.is_steady(noon + timedelta(hours=2, minutes=11), 720.0)
    assert not guard.is_steady(noon, 750.0)


def test_a_sweep_with_nothing_to_do_costs_five_statements(ana, ben, django_assert_num_queries):
    with django_assert_num_queries(9):  # of which four open and close transactions
        sweep()


@pytest.mark.django_db(transaction=True)
def test_workers_at_once_share_what_is_due_and_send_each_once(mailoutbox):
    clock_to(datetime(2027, 1, 6, 12, tzinfo=UTC))
    people = [person(f"P{number}") for number in range(30)]
    for one in people:
        circle(one)
    to_due(people[0])
    start, sent = Barrier(4), []

    def work() -> None:
        start.wait()
        sent.append(outbox.send_due()["sent"])
        connection.close()

    threads = [Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(sent) == 30
    assert len({mail.to[0] for mail in mailoutbox}) == len(mailoutbox) == 30
