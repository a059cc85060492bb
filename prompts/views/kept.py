"""One's own words from a closed space: read them, keep them, or let them go."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from couples import leaving, memberships
from couples.middleware import PrivateRequest
from couples.models import Member
from prompts.queries.kept import spaces


@require_safe
def kept(request: PrivateRequest) -> HttpResponse:
    return render(request, "prompts/kept.html", {"spaces": spaces(request.user), "nav": "us"})


def _seat(request: PrivateRequest, pk: UUID) -> Member:
    for seat in memberships.departed(request.user):
        if seat.pk == pk:
            return seat
    raise Http404


@require_POST
def keep_words(request: PrivateRequest, pk: UUID) -> HttpResponse:
    leaving.keep_words(seat=_seat(request, pk), keep="keep" in request.POST)
    return redirect("kept")


@require_POST
def shred_words(request: PrivateRequest, pk: UUID) -> HttpResponse:
    """At once and for good; only with the box ticked that says so."""
    seat = _seat(request, pk)
    if "sure" in request.POST:
        leaving.shred(seat=seat)
    return redirect("kept")
