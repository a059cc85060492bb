from django.contrib import messages
from django.http import HttpRequest
from django.template.loader import render_to_string

from couples.middleware import PrivateRequest


def say(request: HttpRequest, code: str) -> None:
    """One quiet line on the next page; its words stand in `prompts/said.txt`."""
    messages.info(request, render_to_string("prompts/said.txt", {"said": code}).strip())


def wants_fragment(request: PrivateRequest) -> bool:
    """Only the changed part is wanted: by htmx, and not as a whole page."""
    htmx = request.htmx
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request
