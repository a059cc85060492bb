"""Closed by default: who comes in, as whom, and what a browser may keep of it."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from couples import memberships
from couples.clock import remember_now
from couples.errors import NotHere
from couples.models import Member, User

Next = Callable[[HttpRequest], HttpResponse]


class PrivateRequest(HttpRequest):
    """A request past the walls: signed in, with a seat."""

    user: User
    member: Member
    htmx: Any


class PrivatePages:
    """No page made for one person is kept by a browser or a proxy, or opened by the other's htmx.

    A redirect answered to htmx becomes `HX-Redirect`, so that no whole page lands in a card.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if not response.headers.get("Cache-Control"):
            response.headers["Cache-Control"] = "no-store, private"
        patch_vary_headers(response, ["Cookie", "HX-Request"])
        if response.status_code in (301, 302) and request.headers.get("HX-Request"):
            moved = HttpResponse(status=204, headers=dict(response.headers))
            moved.headers["HX-Redirect"] = str(response.headers["Location"])
            del moved.headers["Location"]
            moved.cookies = response.cookies
            return moved
        return response


class Membership:
    """Sets `request.member`; sends those whose space was closed to the page that says so."""

    OPEN_WHEN_CLOSED = frozenset(
        {
            *("closed", "exit", "safety", "live", "account_logout"),
            *("kept", "keep_words", "shred_words"),
        }
    )

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.member = None  # type: ignore[attr-defined]
        try:
            return self.get_response(request)
        finally:
            remember_now(None)
            timezone.deactivate()

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if not request.user.is_authenticated or _needs_nobody(view):
            return None
        standing = memberships.standing(request.user)
        remember_now(standing.now)
        request.member = standing.member  # type: ignore[attr-defined]
        timezone.activate(request.user.timezone)
        match = request.resolver_match
        if standing.closed and match and match.url_name not in self.OPEN_WHEN_CLOSED:
            return redirect("closed")
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """What came too late, because the couple has just ended: the next page says so."""
        return redirect("today") if isinstance(exception, NotHere) else None


def _needs_nobody(view: Callable[..., Any]) -> bool:
    """Views that are the same for everyone, marked by `couples.access.for_anyone`."""
    return getattr(view, "for_anyone", False)
