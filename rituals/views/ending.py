"""The end of a circle: what was noted, and whether it is kept between the two."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from couples import vault
from couples.access import get_or_post
from couples.errors import NotHere, TooMany
from couples.middleware import PrivateRequest
from couples.tenancy import get_or_404
from prompts.library import library
from rituals import queries
from rituals.actions import circle as actions
from rituals.models import CircleSession


@require_safe
def end(request: PrivateRequest, pk: UUID) -> HttpResponse:
    return _page(request, get_or_404(request.member, CircleSession, pk=pk, ended_at__isnull=False))


def _page(request: PrivateRequest, row: CircleSession, *, too_many: bool = False) -> HttpResponse:
    steps = library(request.user.language).circle.steps
    context = {
        "row": row,
        "noted": queries.noted(request.member, row),
        "heard": vault.words(request.member, row).get("heard", ""),
        "step": next(step for step in steps if step.key == "close"),
        "too_many": too_many,
    }
    return render(request, "rituals/end.html", context, status=429 if too_many else 200)


@get_or_post
def keep(request: PrivateRequest, pk: UUID) -> HttpResponse:
    row = get_or_404(request.member, CircleSession, pk=pk, ended_at__isnull=False)
    if request.method != "POST":
        return redirect("circle_end", row.id)
    notes = dict(queries.noted(request.member, row))
    notes["step"] = notes.pop("small_step", "")
    try:
        actions.keep(member=request.member, row=row, notes=notes)
    except NotHere:
        raise Http404 from None
    except TooMany:
        return _page(request, row, too_many=True)
    return redirect("circle_end", row.id)
