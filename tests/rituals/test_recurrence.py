from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rituals.recurrence import (
    DAY,
    Rule,
    describe,
    falls_on,
    following,
    localize,
    next_occurrence,
    occurrence_on,
    turn,
)
from tests.rituals.zones import Transition, transitions

pytestmark = pytest.mark.practice("A28")

ZONES = sorted(available_timezones() - {"localtime", "posixrules", "Factory"})
SUNDAY = 6


def weekly(tz: str, at: time = time(19, 30), weekday: int = SUNDAY, weeks: int = 1) -> Rule:
    return Rule((weekday,), at, tz, weeks, date(2026, 1, 1))


def moment(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type]


rules = st.builds(
    Rule,
    weekdays=st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days))),
    local_time=st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    tz=st.sampled_from(ZONES),
    interval_weeks=st.integers(1, 4),
    anchor=st.dates(date(2026, 1, 1), date(2028, 12, 31)),
)
instants = st.datetimes(datetime(2026, 1, 1), datetime(2030, 12, 31), timezones=st.just(UTC))


@given(rules, instants)
def test_the_next_one_is_later_fits_the_rule_and_nothing_fits_between(rule: Rule, after: datetime):
    found = next_occurrence(rule, after)
    assert found.at_utc > after
    assert falls_on(rule, found.local_date)
    day = max(rule.anchor, (after - 2 * DAY).date())
    while day < found.local_date:
        assert not falls_on(rule, day) or occurrence_on(rule, day).at_utc <= after
        day += DAY


@given(rules, instants)
def test_stepping_by_instant_or_by_date_gives_the_same_dates_once_each(rule: Rule, after: datetime):
    first = next_occurrence(rule, after)
    by_instant, by_date = [first], [first]
    for _ in range(8):
        by_instant.append(next_occurrence(rule, by_instant[-1].at_utc))
        by_date.append(following(rule, by_date[-1].local_date))
    assert by_instant == by_date
    assert all(a.local_date < b.local_date and a.at_utc < b.at_utc for a, b in pairwise(by_date))


@given(rules, instants)
def test_the_wall_clock_never_drifts_except_across_a_gap(rule: Rule, after: datetime):
    found = next_occurrence(rule, after)
    wall = found.at_utc.astimezone(ZoneInfo(rule.tz)).replace(tzinfo=None)
    meant = datetime.combine(found.local_date, rule.local_time)
    assert wall == meant or wall > meant  # a gap lands later on the clock, never earlier
    if wall != meant:
        back = meant.replace(tzinfo=ZoneInfo(rule.tz), fold=1).utcoffset()
        ahead = meant.replace(tzinfo=ZoneInfo(rule.tz), fold=0).utcoffset()
        assert ahead < back  # only a gap has its earlier reading at the smaller offset


def around(change: Transition) -> list[datetime]:
    """Wall-clock readings every 15 minutes across both clocks of one change."""
    first = (change.at_utc + min(change.before, change.after)).replace(tzinfo=None)
    return [first + timedelta(minutes=15 * step) for step in range(-8, 17)]


def test_every_transition_of_every_zone_gives_each_wall_time_one_instant():
    gaps = folds = 0
    for change in transitions():
        for naive in around(change):
            first, second = (
                naive.replace(tzinfo=ZoneInfo(change.tz), fold=fold).utcoffset() for fold in (0, 1)
            )
            instant = localize(naive, change.tz)
            back = instant.astimezone(ZoneInfo(change.tz)).replace(tzinfo=None)
            if first == second:
                assert back == naive
            elif first > second:
                folds += 1
                assert back == naive
                assert instant < change.at_utc
            else:
                gaps += 1
                assert back == naive + (second - first)
                assert instant >= change.at_utc
    assert len(transitions()) > 1000
    assert gaps > 2000
    assert folds > 2000


def test_a_weekly_ritual_on_the_day_of_any_transition_happens_once_that_week():
    for change in transitions():
        for naive in around(change)[::4]:
            rule = Rule((naive.weekday(),), naive.time(), change.tz, 1, date(2025, 12, 1))
            found = next_occurrence(rule, change.at_utc - timedelta(days=5))
            again = next_occurrence(rule, found.at_utc)
            assert again.local_date - found.local_date == timedelta(days=7)


@pytest.mark.parametrize(
    ("tz", "day", "at", "utc", "landed"),
    [
        ("Europe/London", date(2027, 3, 28), time(1, 30), (2027, 3, 28, 1, 30), "28 02:30"),
        ("Europe/Berlin", date(2027, 3, 28), time(2, 30), (2027, 3, 28, 1, 30), "28 03:30"),
        ("Europe/Berlin", date(2027, 10, 31), time(2, 30), (2027, 10, 31, 0, 30), "31 02:30"),
        ("Asia/Kathmandu", date(2026, 11, 29), time(19, 30), (2026, 11, 29, 13, 45), "29 19:30"),
        ("Australia/Sydney", date(2026, 10, 4), time(2, 30), (2026, 10, 3, 16, 30), "04 03:30"),
        ("Australia/Sydney", date(2027, 4, 4), time(2, 30), (2027, 4, 3, 15, 30), "04 02:30"),
        ("America/Santiago", date(2026, 9, 6), time(0, 15), (2026, 9, 6, 4, 15), "06 01:15"),
        ("Australia/Lord_Howe", date(2026, 10, 4), time(2, 15), (2026, 10, 3, 15, 45), "04 02:45"),
        ("Antarctica/Troll", date(2027, 3, 28), time(1, 30), (2027, 3, 28, 1, 30), "28 03:30"),
    ],
)
def test_gaps_folds_odd_offsets_and_the_southern_summer(tz, day, at, utc, landed):
    found = occurrence_on(weekly(tz, at, day.weekday()), day)
    assert found.at_utc == moment(*utc)
    assert found.at_utc.astimezone(ZoneInfo(tz)).strftime("%d %H:%M") == landed


def test_in_nuuk_a_gap_before_midnight_keeps_its_own_date_and_lands_on_the_next():
    rule = weekly("America/Nuuk", time(23, 30), weekday=5)
    found = next_occurrence(rule, moment(2027, 3, 27))
    landed = found.at_utc.astimezone(ZoneInfo("America/Nuuk"))
    assert found.local_date == date(2027, 3, 27)
    assert (landed.date(), landed.time()) == (date(2027, 3, 28), time(0, 30))
    assert next_occurrence(rule, found.at_utc).local_date == date(2027, 4, 3)


def test_a_pause_of_a_year_is_followed_by_one_occurrence():
    rule = weekly("Europe/Lisbon")
    before = next_occurrence(rule, moment(2026, 5, 1))
    after = next_occurrence(rule, before.at_utc + timedelta(days=365))
    assert timedelta(0) < after.at_utc - (before.at_utc + timedelta(days=365)) <= timedelta(days=7)


def test_a_zone_changed_between_plan_and_due_moves_the_instant_and_keeps_the_date():
    rule = weekly("Europe/Berlin")
    planned = next_occurrence(rule, moment(2026, 7, 1))
    moved = occurrence_on(replace(rule, tz="America/New_York"), planned.local_date)
    assert moved.local_date == planned.local_date
    assert moved.at_utc - planned.at_utc == timedelta(hours=6)


def test_the_29th_of_february_and_a_year_with_53_weeks_keep_the_rhythm():
    rule = weekly("Europe/Paris", weekday=1)
    assert next_occurrence(rule, moment(2028, 2, 28)).local_date == date(2028, 2, 29)
    fortnight = weekly("Europe/Paris", weeks=2)
    dates = [next_occurrence(fortnight, moment(2026, 12, 1))]
    for _ in range(4):
        dates.append(next_occurrence(fortnight, dates[-1].at_utc))
    assert {(b.local_date - a.local_date).days for a, b in pairwise(dates)} == {14}


def test_turns_count_intervals_from_the_week_of_the_anchor():
    rule = weekly("Europe/Paris", weeks=2)
    days = [next_occurrence(rule, moment(2026, 6, 1)).local_date]
    for _ in range(3):
        days.append(following(rule, days[-1]).local_date)
    turns = [turn(rule, day) for day in days]
    assert [b - a for a, b in pairwise(turns)] == [1, 1, 1]


def test_someone_in_another_zone_reads_their_own_day_and_hour():
    read = describe(weekly("Europe/London", time(23, 0)), "Asia/Kathmandu", moment(2026, 11, 22))
    assert (read.weekdays, read.local_time, read.zone) == ((0,), time(4, 45), "Asia/Kathmandu")
    west = describe(weekly("Europe/London", time(3, 0)), "America/New_York", moment(2026, 11, 22))
    assert (west.weekdays, west.local_time) == ((5,), time(22, 0))


def test_in_ones_own_zone_the_description_is_the_rule():
    read = describe(weekly("Europe/London", weeks=2), "Europe/London", moment(2026, 11, 22))
    assert (read.weekdays, read.local_time, read.weeks) == ((SUNDAY,), time(19, 30), 2)


@pytest.mark.parametrize(
    "wrong",
    [
        {"weekdays": ()},
        {"weekdays": (7,)},
        {"interval_weeks": 0},
        {"local_time": time(19, 30, tzinfo=UTC)},
    ],
)
def test_a_rule_that_means_nothing_is_refused(wrong):
    with pytest.raises(ValueError):
        replace(weekly("Europe/London"), **wrong)
