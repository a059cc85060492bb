from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from couples.clock import app_now

pytestmark = pytest.mark.django_db


def test_the_clock_of_a_local_run_moves_and_comes_back(settings):
    settings.DEBUG = True
    began = app_now()
    call_command("advance_clock", "3d")
    call_command("advance_clock", "90m")
    assert app_now() - began >= timedelta(days=3, minutes=90)
    call_command("advance_clock", "0")
    assert app_now() - began < timedelta(minutes=5)


@pytest.mark.parametrize("by", ["", "3", "-3d", "three days", "99999d", "3w"])
def test_what_is_no_span_is_refused(by, settings):
    settings.DEBUG = True
    with pytest.raises(CommandError, match=r"Say how far|required"):
        call_command("advance_clock", by)


def test_a_real_server_never_moves_its_clock(settings):
    settings.DEBUG = False
    with pytest.raises(CommandError, match="local run"):
        call_command("advance_clock", "3d")
