"""What the links in mails lead to. Looking shows a button; only a POST acts (RFC 8058).

No cookie, no sign-in: the token is the right to quieten one's own reminders, and to nothing else.
"""

from collections.abc import Callable
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from couples.access import for_anyone
from couples.errors import NotHere
from couples.models import Member
from rituals import tokens
from rituals.actions import address as addresses
from rituals.actions import mine as actions
from rituals.tokens import DeadLink

SNOOZE_MINUTES = 60

CHOICES: dict[str, Callable[[Member, date], None]] = {
    "stop": lambda member, _: actions.stop_mail(member=member),
    "fewer": lambda member, _: actions.fewer(member=member),
    "skip": lambda member, day: actions.skip(member=member, day=day),
    "snooze": lambda member, day: actions.snooze(member=member, day=day, minutes=SNOOZE_MINUTES),
}


@for_anyone
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def choice(request: HttpRequest, token: str, name: str = "stop") -> HttpResponse:
    try:
        link = tokens.read_mail(token)
    except DeadLink:
        raise Http404 from None
    over = False
    if request.method == "POST":
        try:
            CHOICES[name](link.member, link.local_date)
        except NotHere:
            over = True
    context = {"name": name, "done": request.method == "POST", "over": over}
    return render(request, "rituals/mail_choice.html", context)


@for_anyone
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def address(request: HttpRequest, token: str) -> HttpResponse:
    try:
        member, _, fingerprint = tokens.read_address(token)
        if request.method == "POST":
            addresses.confirm(member=member, fingerprint=fingerprint)
    except (DeadLink, NotHere):
        raise Http404 from None
    context = {"name": "address", "done": request.method == "POST"}
    return render(request, "rituals/mail_choice.html", context)
