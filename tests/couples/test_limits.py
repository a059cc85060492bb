"""Counting how often: exact, for a while, and without a trace of who and when."""

from datetime import timedelta

import pytest
from django.db import connection

from couples.clock import app_now
from couples.errors import TooMany
from couples.limits import DAY, HOUR, Limit, forget
from couples.management.commands.advance_clock import move
from couples.models import Spent
from tests.couples.test_races import at_once

TWICE = Limit("sneezes", 2, HOUR)


def early_in_an_hour():
    move(timedelta(minutes=62 - app_now().minute))


@pytest.mark.django_db
def test_each_has_their_own_count_till_the_next_hour():
    early_in_an_hour()
    TWICE.spend("ana")
    TWICE.spend("ana")
    with pytest.raises(TooMany):
        TWICE.spend("ana")
    TWICE.spend("ben")
    Limit("coughs", 2, HOUR).spend("ana")
    move(HOUR)
    TWICE.spend("ana")


@pytest.mark.django_db
def test_what_was_given_back_can_be_spent_again():
    early_in_an_hour()
    for _ in range(5):
        TWICE.spend("ana")
        TWICE.give_back("ana")


@pytest.mark.django_db
@pytest.mark.safety("S26")
def test_a_copy_of_the_table_says_neither_who_nor_when():
    TWICE.spend("ana@example.org")
    with connection.cursor() as cursor:
        cursor.execute("select key, times, until from couples_spent")
        (row,) = cursor.fetchall()
        cursor.execute("select clock_timestamp()")
        (now,) = cursor.fetchone()
    assert "ana" not in row[0]
    assert abs(row[2] - (now.replace(minute=0, second=0) + HOUR)) < timedelta(seconds=5)


@pytest.mark.django_db
def test_what_is_over_is_forgotten():
    TWICE.spend("ana")
    Limit("sneezes", 2).spend("ana")
    move(HOUR)
    forget()
    assert Spent.objects.count() <= 1
    move(DAY)
    forget()
    assert not Spent.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_impatient_get_no_more():
    early_in_an_hour()
    assert sorted(at_once(*[lambda: TWICE.spend("ana")] * 8)) == ["done"] * 2 + ["too_many"] * 6
    move(HOUR)
