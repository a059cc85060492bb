"""Who may call a view. Everything not marked here asks for a signed-in person (LoginRequired)."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest

View = TypeVar("View", bound=Callable[..., Any])


def for_anyone(view: View) -> View:
    """Reachable signed out, and without asking who is signed in."""
    view.for_anyone = True  # type: ignore[attr-defined]
    return login_not_required(view)


def signed_in_or_not(view: View) -> View:
    """Reachable signed out; `request.member` is set for those who are signed in."""
    return login_not_required(view)


def local_only(view: View) -> View:
    """404 unless DEBUG and the caller is on this machine."""

    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        here = request.META.get("REMOTE_ADDR") in ("127.0.0.1", "::1", "", None)
        forwarded = "HTTP_X_FORWARDED_FOR" in request.META
        if not (settings.DEBUG and here and not forwarded):
            raise Http404
        return view(request, *args, **kwargs)

    return for_anyone(guarded)  # type: ignore[return-value]
