"""When the circle is: what both see, and change together."""

from contextlib import suppress
from datetime import time
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from couples.errors import NotHere, TooMany
from couples.forms import status_of, too_many
from couples.middleware import PrivateRequest
from rituals import queries
from rituals.actions import plan as actions
from rituals.forms import PlanForm

SUNDAY, EVENING = 6, time(19, 30)


@require_safe
def rituals(request: PrivateRequest) -> HttpResponse:
    context = {"circle": queries.the_circle(request.member), "nav": "rituals"}
    return render(request, "rituals/rituals.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: PrivateRequest) -> HttpResponse:
    circle = queries.the_circle(request.member)
    form = PlanForm(request.POST or None, initial=_as_planned(request, circle))
    if form.is_valid():
        try:
            actions.plan(member=request.member, **form.cleaned_data)
            return redirect("rituals")
        except TooMany:
            too_many(form)
    context = {"form": form, "circle": circle, "nav": "rituals"}
    return render(request, "rituals/plan.html", context, status=status_of(form))


@require_POST
def agree(request: PrivateRequest) -> HttpResponse:
    """Say yes to the plan or move that the page showed; to nothing else, if it has changed."""
    with suppress(NotHere, ValueError):
        actions.agree(member=request.member, to=UUID(request.POST.get("to", "")))
    return redirect("rituals")


@require_POST
def withdraw(request: PrivateRequest) -> HttpResponse:
    actions.withdraw(member=request.member)
    return redirect("rituals")


def _as_planned(request: PrivateRequest, circle: queries.Circle | None) -> dict[str, object]:
    zone = queries.zone_of(request.member)
    if circle is None:
        return {"weekday": SUNDAY, "local_time": EVENING, "tz": zone}
    when = circle.when
    return {"weekday": when.weekdays[0], "local_time": when.local_time, "tz": zone}
