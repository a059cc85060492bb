"""A plan nobody has said yes to is its planner's: what the other does with it must not show."""

import pytest
from django.urls import reverse

from rituals.models import CircleSession, Ritual, RitualPart
from tests.cast import pair, person, seat, signed_in
from tests.rituals.test_views import SUNDAY_EVENING, ritual, text

pytestmark = pytest.mark.django_db


def leads_to_the_circle(answer) -> bool:
    return f'href="{reverse("circle")}"' in text(answer)


@pytest.mark.safety("S1")
def test_what_the_other_does_with_a_plan_they_never_agreed_to_does_not_show(ana, ben):
    signed_in(ana).post(reverse("ritual_plan"), SUNDAY_EVENING)
    his = signed_in(ben)
    assert his.post(reverse("circle_begin")).status_code == 404
    assert his.get(reverse("circle")).url == reverse("rituals")
    assert not leads_to_the_circle(his.get(reverse("rituals")))
    signed_in(ana).post(reverse("ritual_withdraw"))
    assert not Ritual.objects.of(seat(ana)).exists()


@pytest.mark.safety("S35")
def test_taking_a_plan_back_keeps_ones_own_notes_and_the_others_choices(ana, ben):
    signed_in(ana).post(reverse("ritual_plan"), SUNDAY_EVENING)
    signed_in(ana).post(reverse("circle_begin"))
    signed_in(ana).post(reverse("ritual_withdraw"))
    assert CircleSession.objects.of(seat(ana)).exists()
    assert RitualPart.objects.of(seat(ana)).get().stopped_at


def test_a_plan_of_ones_own_waits_for_a_yes_where_the_other_planned_first():
    eve, gus = person("Eve"), person("Gus")
    for user in (eve, gus):
        signed_in(user).post(reverse("ritual_plan"), SUNDAY_EVENING)
    pair(eve, gus)
    his = signed_in(gus)
    assert not leads_to_the_circle(his.get(reverse("rituals")))
    his.post(reverse("ritual_agree"), {"to": ritual(gus).id})
    assert leads_to_the_circle(his.get(reverse("rituals")))
    assert his.post(reverse("circle_begin")).status_code == 302
