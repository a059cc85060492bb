"""From an opening to a page to write on."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from couples.access import posted
from couples.errors import NotHere
from couples.middleware import PrivateRequest
from couples.tenancy import get_or_404
from prompts.actions import openings
from prompts.forms.opening import OpeningForm
from prompts.library import Prompt, library
from prompts.models import Exchange
from prompts.queries.menu import asked_for, edges_of_the_day, may_open
from prompts.queries.today import menu_only
from prompts.views.saying import say
from prompts.views.today import first

WAIST = 3


@require_safe
def opening(request: PrivateRequest, key: str) -> HttpResponse:
    """One opening, before deciding how, or whether at all."""
    words = library(request.user.language)
    prompt = _prompt(request, key)
    lightest = menu_only(request.member).openings[0].prompt
    context = {
        "nav": "today",
        "prompt": prompt,
        "topic": words.topic(prompt.topic),
        "lighter": lightest if lightest.depth < prompt.depth else None,
        "patience": words.cards["patience"] if prompt.depth >= WAIST else None,
    }
    return render(request, "prompts/opening.html", context)


def _prompt(request: PrivateRequest, key: str) -> Prompt:
    words = library(request.user.language)
    prompt = words.prompt(key)
    if prompt is None or not may_open(request.member, words, prompt):
        raise Http404
    return prompt


@posted("today")
def begin(request: PrivateRequest) -> HttpResponse:
    words, edges = library(request.user.language), edges_of_the_day(request.member)
    asked = asked_for(request.member, edges, words)
    form = OpeningForm(request.POST, library=words, asked_for=asked)
    if not form.is_valid():
        return first(request, own=form, status=422)
    if form.cleaned_data["prompt"]:
        _prompt(request, form.cleaned_data["prompt"])
    draft = openings.begin(member=request.member, words=form.words())
    if "later" in request.POST:
        openings.keep_for_later(member=request.member, draft=draft)
        say(request, "kept")
        return redirect("today")
    return redirect("write", draft.id)


@require_POST
def join_together(request: PrivateRequest, pk: UUID) -> HttpResponse:
    """Answer a together exchange that the partner began."""
    row = get_or_404(request.member, Exchange, pk=pk)
    try:
        draft = openings.join(member=request.member, exchange=row)
    except NotHere:
        return redirect("exchange", row.pk)
    return redirect("write", draft.id)
