"""The mails of a local run, to look at. Only under DEBUG, only from this machine."""

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp, csp_update
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from couples import mailbox as files
from couples.access import local_only

# A mail brings its own style, and nothing else.
FRAMED = {"default-src": [NONE], "style-src": [UNSAFE_INLINE], "frame-ancestors": [SELF]}


@local_only
@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    return render(request, "dev/mailbox.html", {"mails": files.newest()})


@local_only
@require_safe
@csp_update({"frame-src": [SELF]})  # type: ignore[arg-type]
def mailbox_message(request: HttpRequest, name: str) -> HttpResponse:
    return render(request, "dev/mail.html", {"mail": _found(name)})


@local_only
@require_safe
@xframe_options_sameorigin
@csp(FRAMED)  # type: ignore[arg-type]
def mailbox_html(request: HttpRequest, name: str) -> HttpResponse:
    """The page of a mail, as a mail program would show it: in a frame that may do nothing."""
    page = _found(name).page.replace("<head>", '<head><base target="_top">', 1)
    return HttpResponse(mark_safe(page))  # noqa: S308 - our own mail, framed and sandboxed


def _found(name: str) -> files.Mail:
    mail = files.find(name)
    if mail is None:
        raise Http404
    return mail
