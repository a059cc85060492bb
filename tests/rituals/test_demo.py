import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from couples.models import User
from prompts.models import Exchange
from tests.cast import seat, signed_in

pytestmark = pytest.mark.django_db


def test_the_demo_couple_can_look_around(settings):
    settings.DEBUG = True
    call_command("demo")
    ana, ben = User.objects.order_by("email")
    exchanges = Exchange.objects.of(seat(ana))
    for user in (ana, ben):
        client = signed_in(user)
        for name in ("today", "feed", "rituals", "us", "settings"):
            assert client.get(reverse(name)).status_code == 200
        for exchange in exchanges:
            assert client.get(reverse("exchange", args=[exchange.id])).status_code == 200
    with pytest.raises(CommandError):
        call_command("demo")


def test_there_is_no_demo_couple_in_production(settings):
    settings.DEBUG = False
    with pytest.raises(CommandError):
        call_command("demo")
