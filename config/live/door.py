"""Who may open a stream. Whoever may not is told nothing but "not here"."""

from typing import NamedTuple
from urllib.parse import parse_qs

from asgiref.typing import HTTPScope
from django.conf import settings
from django.http import parse_cookie
from django.http.request import split_domain_port, validate_host

from couples import tickets
from couples.tickets import Ticket


class Caller(NamedTuple):
    ticket: Ticket
    session: str


def caller(scope: HTTPScope) -> Caller | None:
    """A page of ours with a good ticket and a session; the database has the last word."""
    headers = _headers(scope)
    if not _from_our_own_page(headers, scope["scheme"]):
        return None
    token = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
    session = parse_cookie(headers.get(b"cookie", "")).get(settings.SESSION_COOKIE_NAME, "")
    ticket = tickets.read(token) if session.isascii() and session.isalnum() else None
    return ticket and Caller(ticket, session)


def _headers(scope: HTTPScope) -> dict[bytes, str]:
    return {name.lower(): value.decode("latin-1") for name, value in scope["headers"]}


def _from_our_own_page(headers: dict[bytes, str], scheme: str) -> bool:
    host = headers.get(b"host", "")
    domain, _ = split_domain_port(host)
    ours = (settings.PUBLIC_URL, f"{scheme}://{host}")
    return (
        bool(domain)
        and validate_host(domain, settings.ALLOWED_HOSTS)
        and headers.get(b"origin", ours[0]) in ours
        and headers.get(b"sec-fetch-site", "same-origin") == "same-origin"
    )
