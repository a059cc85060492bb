"""Who may call a view. Everything not marked here asks for a signed-in person (LoginRequired)."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
FORWARDED = ("X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Forwarded", "Via")
View = TypeVar("View", bound=Callable[..., Any])


def for_anyone(view: View) -> View:
    """Reachable signed out, and without asking who is signed in."""
    view.for_anyone = True  # type: ignore[attr-defined]
    return login_not_required(view)


def signed_in_or_not(view: View) -> View:
    """Reachable signed out; `request.member` is set for those who are signed in."""
    return login_not_required(view)


def posted(back: str) -> Callable[[View], View]:
    """For POST. A GET goes to the page named `back`, which holds the form.

    A form with something to mend is shown under the address it was posted to; whoever opens that
    address anew, or follows the link to what is new there, must not stand before nothing.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            return view(request, *args, **kwargs) if request.method == "POST" else redirect(back)

        return get_or_post(guarded)  # type: ignore[return-value]

    return guard


def without_cookie(view: View) -> View:
    """In place of the CSRF cookie, for pages that must not leave one: a POST must come from here.

    The browser says so itself (`Origin`, or `Referer` where it sends none); a POST that says
    neither is refused.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.method == "POST" and not _from_here(request):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return csrf_exempt(guarded)  # type: ignore[return-value]


def _from_here(request: HttpRequest) -> bool:
    try:
        said = urlsplit(request.headers.get("Origin") or request.headers.get("Referer") or "")
    except ValueError:
        return False
    here = f"{request.scheme}://{request.get_host()}"
    return f"{said.scheme}://{said.netloc}" in (here, settings.PUBLIC_URL)


def local_only(view: View) -> View:
    """404 unless DEBUG, the caller is on this machine, and nothing stands in between."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        here = request.META.get("REMOTE_ADDR") in ("127.0.0.1", "::1", "", None)
        forwarded = settings.SECURE or any(name in request.headers for name in FORWARDED)
        if not (settings.DEBUG and here and not forwarded):
            raise Http404
        return view(request, *args, **kwargs)

    return for_anyone(guarded)  # type: ignore[return-value]
