"""One's own part: the reminder and where it goes, a pause, a stop. The other never learns of it."""

from collections.abc import Callable
from datetime import date

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from couples.access import posted
from couples.clock import app_now
from couples.errors import NotHere, Refused, TooMany
from couples.forms import AddressForm
from couples.middleware import PrivateRequest
from couples.models import Member
from rituals import queries
from rituals.actions import address as addresses
from rituals.actions import mine as actions
from rituals.forms import MineForm
from rituals.models import RitualPart
from rituals.models.reminders import EVERY, LEADS, SUBJECTS

FIELDS = ("own_words", "mail_on", "lead_minutes", "subject", "every")
Act = Callable[[Member, date], None]
PAUSES = {"pause_two": 2, "pause_four": 4}
SNOOZE_MINUTES = 60


@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: PrivateRequest) -> HttpResponse:
    circle, part = _circle(request)
    form = MineForm(request.POST or None, initial=_as_kept(request.member, part))
    if form.is_valid():
        actions.change(member=request.member, **form.cleaned_data)
        return redirect("ritual_mine")
    return _page(request, circle, part, form=form, status=422 if form.is_bound else 200)


@posted("ritual_mine")
def address(request: PrivateRequest) -> HttpResponse:
    circle, part = _circle(request)
    if "account" in request.POST:
        addresses.use_account(member=request.member)
        return redirect("ritual_mine")
    form = AddressForm(request.POST)
    if not form.is_valid():
        return _page(request, circle, part, address_form=form, status=422)
    try:
        addresses.ask(member=request.member, address=form.cleaned_data["email"])
    except Refused as refused:
        form.add_error("email", ValidationError("", code=refused.code))
        status = 429 if isinstance(refused, TooMany) else 422
        return _page(request, circle, part, address_form=form, status=status)
    return redirect("ritual_mine")


@posted("ritual_mine")
def part_do(request: PrivateRequest) -> HttpResponse:
    """Pause, go on, stop, skip, snooze: one word each, effective at once."""
    circle, part = _circle(request)
    act = ACTS.get(request.POST.get("do", ""))
    day = _day(request)
    if act is None or day is None:
        return _page(request, circle, part, status=422)
    try:
        act(request.member, day)
    except NotHere:
        return _page(request, circle, part, status=422)
    return redirect("ritual_mine")


def _pause(weeks: int) -> Act:
    return lambda member, _: actions.pause(member=member, weeks=weeks)


ACTS: dict[str, Act] = {
    **{name: _pause(weeks) for name, weeks in PAUSES.items()},
    "stop": lambda member, _: actions.stop(member=member),
    "go_on": lambda member, _: actions.go_on(member=member),
    "skip": lambda member, day: actions.skip(member=member, day=day),
    "unskip": lambda member, day: actions.unskip(member=member, day=day),
    "snooze": lambda member, day: actions.snooze(member=member, day=day, minutes=SNOOZE_MINUTES),
}


def _day(request: PrivateRequest) -> date | None:
    """The date that was meant; any date stands in where none is needed."""
    try:
        return date.fromisoformat(request.POST.get("day", date.min.isoformat()))
    except ValueError:
        return None


def _circle(request: PrivateRequest) -> tuple[queries.Circle, RitualPart]:
    circle = queries.the_circle(request.member)
    if circle is None or circle.part is None:
        raise Http404
    return circle, circle.part


def _as_kept(member: Member, part: RitualPart) -> dict[str, object]:
    kept = {name: getattr(part, name) for name in FIELDS}
    return {**kept, "wording": queries.my_words(member, part).get("wording", "")}


def _page(
    request: PrivateRequest,
    circle: queries.Circle,
    part: RitualPart,
    *,
    form: MineForm | None = None,
    address_form: AddressForm | None = None,
    status: int = 200,
) -> HttpResponse:
    words = queries.my_words(request.member, part)
    context = {
        "circle": circle,
        "part": part,
        "form": form or MineForm(initial=_as_kept(request.member, part)),
        "address_form": address_form or AddressForm(),
        "leads": LEADS,
        "frequencies": EVERY,
        "subjects": SUBJECTS,
        "goes_to": words.get("address") if part.own_address else request.user.email,
        "asked": words.get("asked", ""),
        "paused": part.paused_until is not None and part.paused_until > app_now(),
        "nav": "rituals",
    }
    return render(request, "rituals/mine.html", context, status=status)
