"""The circle itself, in one room, on one device: one step a page, timed by the server."""

from math import ceil
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from couples import vault
from couples.access import posted
from couples.clock import app_now
from couples.errors import NotHere
from couples.middleware import PrivateRequest
from prompts.library import library
from rituals import queries, session
from rituals.actions import circle as actions
from rituals.forms import StepForm
from rituals.models import CircleSession
from rituals.session import Step

# The words of a step in the library's circle.
LIBRARY_STEP = {
    Step.READY: "ready",
    Step.WARM_UP: "warm_up",
    Step.FIRST_SPEAKS: "tell",
    Step.SECOND_SPEAKS: "tell",
    Step.FIRST_HEARD: "reflect",
    Step.SECOND_HEARD: "reflect",
    Step.QUIET: "swap",
    Step.SUMMARY: "summary",
    Step.THANKS: "thanks",
    Step.SMALL_STEP: "small_step",
    Step.CLOSED: "close",
}
PAGES = {
    **dict.fromkeys(session.SPEAKING, "speaks"),
    **dict.fromkeys(session.HEARING, "heard"),
}


@require_safe
def circle(request: PrivateRequest) -> HttpResponse:
    plan = queries.the_circle(request.member)
    if plan is None or not plan.may_begin:
        return redirect("rituals")
    row = actions.open_circle(request.member)
    if row is None:
        return _ready(request, plan)
    return _step(request, row)


@require_POST
def begin(request: PrivateRequest) -> HttpResponse:
    try:
        actions.start(member=request.member)
    except NotHere:
        raise Http404 from None
    return redirect("circle")


@posted("circle")
def go(request: PrivateRequest) -> HttpResponse:
    row = actions.open_circle(request.member)
    if row is None:
        return redirect("circle")
    form = StepForm(request.POST)
    if not form.is_valid():
        return _step(request, row, form, status=422)
    row = actions.go(
        member=request.member,
        step=form.cleaned_data["step"],
        move=form.cleaned_data["move"],
        words=form.words(),
    )
    return redirect("circle_end", row.id) if row.ended_at else redirect("circle")


def _ready(request: PrivateRequest, plan: queries.Circle) -> HttpResponse:
    words = library(request.user.language).circle
    step = next(step for step in words.steps if step.key == "ready")
    context = {"circle": plan, "step": step, "lines": words.lines_for("ready")}
    return render(request, "rituals/ready.html", context)


def _step(
    request: PrivateRequest, row: CircleSession, form: StepForm | None = None, status: int = 200
) -> HttpResponse:
    now = app_now()
    state = session.at(row.state, now)
    page = PAGES.get(state.step, state.step.value)
    context = {
        **_said(request, row, state),
        **_timed(state, now),
        "page": f"rituals/steps/{page}.html",
        "moves": {move.name.lower() for move in session.moves(state)},
        "left_behind": session.was_left(state, now),
        "form": form,
        "kept": form.data if form else vault.words(request.member, row),
    }
    part = "rituals/circle.html#step" if request.htmx else "rituals/circle.html"
    return render(request, part, context, status=status)


def _said(request: PrivateRequest, row: CircleSession, state: session.State) -> dict[str, Any]:
    """Whose turn it is, and the library's words for it."""
    words = library(request.user.language)
    key = LIBRARY_STEP[state.step]
    lines = [line.text for line in words.circle.lines_for(key)]
    said = {
        "state": state,
        "mine": session.speaker(state) == request.member.seat,
        "partner": request.member.partner,
        "step": next(step for step in words.circle.steps if step.key == key),
        "lines": lines,
        "feelings": words.feelings if state.step in session.SPEAKING else (),
    }
    if state.step is Step.WARM_UP:
        said |= _warm_up(request, row, lines)
    return said


def _warm_up(request: PrivateRequest, row: CircleSession, lines: list[str]) -> dict[str, Any]:
    """A light line and the number of the one after it; who does not speak first may pick."""
    asked = request.GET.get("line", "0")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 4 else 0
    return {
        "line": lines[(row.id.int + number) % len(lines)],
        "another": number + 1,
        "picks_mine": row.first != request.member.seat,
        "last_step": queries.last_small_step(request.member),
    }


def _timed(state: session.State, now: Any) -> dict[str, Any]:
    """Numbers for the ring: whole seconds, and the clock as the server reads it."""
    ends, span = session.deadline(state), session.length(state)
    if ends is None or span is None:
        return {"ring": None}
    left = ceil(session.left(state, now).total_seconds())
    return {
        "ring": {
            "deadline": ends.timestamp(),
            "now": now.timestamp(),
            "left": left,
            "total": int(span.total_seconds()),
            "clock": f"{left // 60}:{left % 60:02d}",
        },
        "over": session.is_over(state, now),
    }
