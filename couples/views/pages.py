"""Pages that are the same for everyone. They ask nothing, store nothing, and set no cookie."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from couples import helplines
from couples.access import for_anyone, signed_in_or_not


@require_safe
@signed_in_or_not
def home(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("today")
    return render(request, "couples/home.html")


@require_safe
@for_anyone
def how(request: HttpRequest) -> HttpResponse:
    return render(request, "couples/how.html")


@require_safe
@for_anyone
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "couples/privacy.html")


@require_safe
@for_anyone
def safety(request: HttpRequest) -> HttpResponse:
    return render(request, "couples/safety.html", {"countries": helplines.countries()})
