from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from couples import vault
from couples.clock import app_now
from couples.middleware import PrivateRequest
from couples.moments import moment
from couples.tenancy import get_or_404
from prompts.actions import openings
from prompts.actions.sharing import stage
from prompts.forms.opening import OpeningForm
from prompts.library import library
from prompts.models import Disclosure
from prompts.next_step import NOT_TO_HUSH, Step
from prompts.queries.menu import own_day
from prompts.queries.today import menu_only
from prompts.queries.today import today as first_page
from prompts.views.saying import wants_fragment

PAGE = "prompts/today.html"


@require_safe
def today(request: PrivateRequest) -> HttpResponse:
    return first(request)


def first(
    request: PrivateRequest, *, own: OpeningForm | None = None, status: int = 200
) -> HttpResponse:
    page = first_page(request.member)
    now = app_now()
    context: dict[str, Any] = {
        "nav": "today",
        "page": page,
        "menu": page.menu,
        "part": moment(now, now).part,
        "can_hush": page.step not in NOT_TO_HUSH,
        "own": own or OpeningForm(library=library(request.user.language), asked_for=page.asked),
    }
    return render(request, PAGE, context, status=status)


@require_POST
def another(request: PrivateRequest) -> HttpResponse:
    openings.another(member=request.member, day=own_day(request.member))
    if not wants_fragment(request):
        return redirect("today")
    return render(request, f"{PAGE}#menu", {"menu": menu_only(request.member)})


@require_POST
def not_today(request: PrivateRequest) -> HttpResponse:
    """The menu rests till tomorrow, for this person alone; "back" brings it back."""
    back = "back" in request.POST
    openings.not_today(member=request.member, day=own_day(request.member), back=back)
    if not wants_fragment(request):
        return redirect("today")
    menu = menu_only(request.member) if back else None
    return render(request, f"{PAGE}#menu", {"menu": menu})


@require_POST
def hush(request: PrivateRequest) -> HttpResponse:
    """Do not suggest this again: the agreement as it stands, or one's own edges."""
    kind, _, version = request.POST.get("step", "").partition(":")
    if kind in (Step.EDGES, Step.AGREE_FIRST) or (kind == Step.AGREEMENT and version.isdecimal()):
        openings.hush(member=request.member, step=f"{kind}:{version[:9]}".rstrip(":"))
    return redirect("today")


@require_safe
def arrive(request: PrivateRequest, pk: Any) -> HttpResponse:
    """Before something waist-deep or deeper is opened: a minute, and a promise to listen."""
    partner = request.member.partner
    theirs = get_or_404(request.member, Disclosure, pk=pk, author=partner)
    if not stage(theirs).can_open:
        return redirect("exchange", theirs.exchange_id)
    cards, words = library(request.user.language).cards, vault.words(request.member, theirs)
    context = {
        "theirs": theirs,
        "item": {key: words.get(key) for key in ("wished", "pace", "gift")},
        "settle": cards["settle"],
        "listening": cards["listening"],
        "nav": "today",
    }
    return render(request, "prompts/opening_arrive.html", context)
