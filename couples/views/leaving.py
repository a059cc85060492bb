"""Leaving, and the page that says that a shared space is closed. Neither tells anyone why."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from couples import leaving, memberships
from couples.middleware import PrivateRequest

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
def leave(request: PrivateRequest) -> HttpResponse:
    if request.method == "POST":
        leaving.leave(member=request.member)
        return redirect("closed")
    return render(request, "couples/leave.html")


@get_or_post
def closed(request: PrivateRequest) -> HttpResponse:
    """The same page for both: who left is not said."""
    if request.method == "POST":
        leaving.acknowledge(user=request.user)
        return redirect("today")
    if not memberships.departed(request.user):
        return redirect("today")
    return render(request, "couples/closed.html")
