"""What is one's own: name, zone, language, where one is signed in."""

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from couples import devices, memberships
from couples.forms import PersonForm
from couples.middleware import PrivateRequest

DAY = 24 * 60 * 60


@require_http_methods(["GET", "HEAD", "POST"])
def own_settings(request: PrivateRequest) -> HttpResponse:
    user = request.user
    fields = ("name", "timezone", "language")
    form = PersonForm(
        request.POST or None, initial={field: getattr(user, field) for field in fields}
    )
    if form.is_valid():
        for field in fields:
            setattr(user, field, form.cleaned_data[field])
        user.save(update_fields=fields)
        return redirect("saved")
    context = {
        "form": form,
        "before": memberships.departed(user),
        "own_device": not request.session.get_expire_at_browser_close(),
        "saved": getattr(request.resolver_match, "url_name", "") == "saved",
    }
    return render(request, "couples/settings.html", context, status=422 if form.is_bound else 200)


@require_POST
def this_device(request: PrivateRequest) -> HttpResponse:
    """Stay signed in here for a month, or only until the browser is closed."""
    own = request.POST.get("own") == "yes"
    request.session.set_expiry(settings.OWN_DEVICE_DAYS * DAY if own else None)
    response = redirect("settings")
    if not own:
        devices.forget(response)
    return response


@require_POST
def sign_out_everywhere(request: PrivateRequest) -> HttpResponse:
    """Ends every session; where there is no password, also those that no list knows of."""
    user = request.user
    if not user.has_usable_password():
        user.set_unusable_password()
        user.save(update_fields=["password"])
    for session in UserSession.objects.filter(user=user):
        session.end()
    logout(request)
    return redirect("home")
