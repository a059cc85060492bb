"""How two answer each other: own lines, the other's to read, a yes to give or take back."""

from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from couples import agreement
from couples.errors import TooMany
from couples.forms import status_of, too_many
from couples.middleware import PrivateRequest
from prompts.forms.agreement import AgreementForm, readable
from prompts.library import Library, library
from prompts.views.saying import say


@require_http_methods(["GET", "HEAD", "POST"])
def own_lines(request: PrivateRequest) -> HttpResponse:
    member, words = request.member, library(request.user.language)
    if not member.partner:
        return redirect("us")
    stands = agreement.standing(member)
    newest = stands.proposed or stands.in_force
    mine = newest.of(member) if newest else {}
    form = AgreementForm(request.POST or None, words=words, held=mine)
    if form.is_valid():
        try:
            if not agreement.write(member=member, lines=form.lines()):
                say(request, "unchanged")
            return redirect("agreement")
        except TooMany:
            too_many(form)
    context = {
        "nav": "us",
        "form": form,
        "in_force": stands.in_force,
        "newest": newest,
        "mine": readable(mine, words),
        "theirs": readable(newest.of(member.partner) if newest else {}, words),
        "my_yes": bool(newest and member.id in newest.said_yes),
        "their_yes": bool(newest and member.partner.id in newest.said_yes),
        "history": _history(request, words),
    }
    return render(request, "prompts/agreement.html", context, status=status_of(form))


@require_POST
def say_yes(request: PrivateRequest) -> HttpResponse:
    number = request.POST.get("number", "")
    if number.isascii() and number.isdigit():
        try:
            agreement.say_yes(member=request.member, number=int(number[:9]))
        except TooMany:
            say(request, "yes_tomorrow")
    return redirect("agreement")


@require_POST
def withdraw(request: PrivateRequest) -> HttpResponse:
    agreement.withdraw(member=request.member)
    return redirect("agreement")


def _history(request: PrivateRequest, words: Library) -> list[agreement.Change]:
    changes = agreement.history(request.member)
    return [replace(change, lines=readable(change.lines, words)) for change in changes]
