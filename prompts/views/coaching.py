"""Which notices a person wants beside their words. Only they ever see this."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from couples.middleware import PrivateRequest
from prompts.actions import coaching
from prompts.coach import kind_names


@require_http_methods(["GET", "POST"])
def notices(request: PrivateRequest) -> HttpResponse:
    if request.method == "POST":
        shown = frozenset(request.POST.getlist("shown"))
        off = "on" not in request.POST
        coaching.choose(member=request.member, off=off, hidden=coaching.KINDS - shown)
        return redirect("us")
    names = kind_names(request.user.language)
    held = coaching.choice(request.member)
    kinds = [
        (key, names[key], key not in held.hidden) for key in sorted(coaching.KINDS) if key in names
    ]
    return render(request, "prompts/notices.html", {"kinds": kinds, "off": held.off, "nav": "us"})
