"""What a person sees, with what differs at every look taken out."""

import re

from django.test import Client
from django.urls import reverse

FRESH = re.compile(
    r'(csrfmiddlewaretoken" value="|X-CSRFToken": "|data-live(?:-poll)?="|stream=)[^"]+'
)
HTMX = {"HTTP_HX_REQUEST": "true"}


def steady(html: str) -> str:
    return FRESH.sub(r"\1", html)


def look(client: Client, name: str, *args: object) -> str:
    response = client.get(reverse(name, args=args))
    assert response.status_code == 200, response.status_code
    return steady(response.content.decode())


def everything(client: Client) -> list[str]:
    return [look(client, name) for name in ("today", "feed", "us", "agreement", "comfort_card")]


def ways(html: str) -> list[str]:
    """The keys of the openings on a page, in their order."""
    return re.findall(r'class="way" href="/openings/([\w-]+)/"', html)
