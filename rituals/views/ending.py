"""The end of a circle: what was noted, and whether it is kept between the two."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from couples import vault
from couples.errors import NotHere
from couples.middleware import PrivateRequest
from couples.tenancy import get_or_404
from prompts.library import library
from rituals import queries
from rituals.actions import circle as actions
from rituals.models import CircleSession


@require_safe
def end(request: PrivateRequest, pk: UUID) -> HttpResponse:
    row = get_or_404(request.member, CircleSession, pk=pk, ended_at__isnull=False)
    steps = library(request.user.language).circle.steps
    context = {
        "row": row,
        "noted": queries.noted(request.member, row),
        "heard": vault.words(request.member, row).get("heard", ""),
        "step": next(step for step in steps if step.key == "close"),
    }
    return render(request, "rituals/end.html", context)


@require_POST
def keep(request: PrivateRequest, pk: UUID) -> HttpResponse:
    row = get_or_404(request.member, CircleSession, pk=pk, ended_at__isnull=False)
    notes = dict(queries.noted(request.member, row))
    notes["step"] = notes.pop("small_step", "")
    try:
        actions.keep(member=request.member, row=row, notes=notes)
    except NotHere:
        raise Http404 from None
    return redirect("circle_end", row.id)
