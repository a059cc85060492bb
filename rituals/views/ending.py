"""The end of a circle: what was noted, and whether it is kept between the two."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from couples import vault
from couples.middleware import PrivateRequest
from couples.tenancy import get_or_404
from prompts.library import library
from rituals.actions import circle as actions
from rituals.models import CircleSession

NOTED = ("feeling", "need", "heard", "summary", "thanks", "small_step")


@require_safe
def end(request: PrivateRequest, pk: UUID) -> HttpResponse:
    row = get_or_404(request.member, CircleSession, pk=pk, ended_at__isnull=False)
    words = library(request.user.language)
    step = next(step for step in words.circle.steps if step.key == "close")
    noted = vault.words(request.member, row)
    if feeling := words.feeling.get(noted.get("feeling", "")):
        noted["feeling"] = feeling.word
    context = {
        "row": row,
        "noted_words": [(key, noted[key]) for key in NOTED if noted.get(key)],
        "step": step,
    }
    return render(request, "rituals/end.html", context)


@require_POST
def keep(request: PrivateRequest, pk: UUID) -> HttpResponse:
    row = get_or_404(request.member, CircleSession, pk=pk, ended_at__isnull=False)
    actions.keep(member=request.member, row=row)
    return redirect("circle_end", row.id)
