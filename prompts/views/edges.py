from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from couples import cards
from couples.clock import app_now
from couples.middleware import PrivateRequest
from prompts.forms.edges import EdgesForm
from prompts.library import library


@require_http_methods(["GET", "HEAD", "POST"])
def edges(request: PrivateRequest) -> HttpResponse:
    """One's own comfort card. Nothing that the other could see moves when it is saved."""
    card, words = cards.card(request.member), library(request.user.language)
    form = EdgesForm(request.POST or None, words=words, held=card.wished())
    if form.is_valid():
        cards.change(member=request.member, wish=form.edges())
        return redirect("comfort_card_saved")
    pending = card.later_at if card.later_at and card.later_at > app_now() else None
    context = {
        "nav": "us",
        "form": form,
        "depths": {depth.level: depth.line for depth in words.depths},
        "pending": pending,
        "saved": getattr(request.resolver_match, "url_name", "") == "comfort_card_saved",
    }
    return render(request, "prompts/edges.html", context, status=422 if form.is_bound else 200)
