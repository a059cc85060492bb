"""For local runs only: one-click sign-in of the demo couple, and the page of every part."""

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import login
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from couples.access import local_only
from couples.models import User

SALT = "dev sign-in"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def sign_in_address(user: User) -> str:
    """Signed with the server's key: whoever can read the terminal may use it, nobody else."""
    token = signing.Signer(salt=SALT).sign(str(user.pk))
    return settings.PUBLIC_URL + reverse("dev_sign_in", args=[token])


@require_safe
@local_only
def dev_sign_in(request: HttpRequest, token: str) -> HttpResponse:
    try:
        user = User.objects.get(pk=signing.Signer(salt=SALT).unsign(token))
    except (signing.BadSignature, User.DoesNotExist, ValueError):
        raise Http404 from None
    login(request, user, backend=BACKEND)
    UserSession.objects.create_from_request(request)
    return redirect("today")


@require_safe
@local_only
def ui(request: HttpRequest) -> HttpResponse:
    return render(request, "dev/ui.html")
