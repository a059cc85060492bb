"""Reading an exchange, and the discloser's acts in it."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from couples import agreement
from couples.access import get_or_post
from couples.middleware import PrivateRequest
from couples.tenancy import get_or_404
from prompts.actions import answering, sharing
from prompts.exchange import Verdict
from prompts.forms.reply import NoteForm, ReplyForm
from prompts.library import Holding, Library, library
from prompts.models import Disclosure, Exchange, Reply
from prompts.queries.feed import feed as feed_page
from prompts.queries.thread import Piece, Told, pieces

STEMS = 3
# Said with one tap; the other ways to say "we are all right" are one tap further.
NEAR = ("with_you", "closer", "side", "need_time")


@require_safe
def feed(request: PrivateRequest) -> HttpResponse:
    before = _cursor(request)
    page = feed_page(request.member, before)
    whole = "prompts/feed.html"
    part = request.htmx and request.headers.get("HX-Target", "").endswith("earlier")
    context = {"page": page, "nav": "feed", "first": before is None}
    return render(request, f"{whole}#page" if part else whole, context)


def _cursor(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.GET["before"])
    except (KeyError, ValueError):
        return None


@require_safe
def exchange(request: PrivateRequest, pk: UUID) -> HttpResponse:
    piece = one_piece(request, pk)
    return show(request, piece)


def one_piece(request: PrivateRequest, pk: UUID) -> Piece:
    rows = Exchange.objects.of(request.member).filter(pk=pk)
    found = pieces(request.member, rows, drafts=True)
    if not found:
        raise Http404
    return found[0]


def show(
    request: PrivateRequest,
    piece: Piece,
    *,
    form: ReplyForm | None = None,
    status: int = 200,
    **more: object,
) -> HttpResponse:
    """The whole page; the reply form beside the partner's words while they may be answered."""
    context: dict[str, object] = {"piece": piece, "one": [piece], "nav": "feed", **more}
    told = piece.theirs
    if told and told.stage.can_reply:
        context |= answer_context(request, told, form)
    return render(request, "prompts/exchange.html", context, status=status)


def answer_context(
    request: PrivateRequest, told: Told, form: ReplyForm | None
) -> dict[str, object]:
    member, words = request.member, library(request.user.language)
    if form is None:
        form = ReplyForm(initial=told.draft, words=words, ideas=told.ideas_welcome)
    partner = member.partner
    held = agreement.standing(member).in_force
    lines = held.of(partner) if held else {}
    return {
        "form": form,
        "told": told,
        "wish": next((wish for wish in words.wishes if wish.key == told.words.get("wished")), None),
        "stems": _stems(words, told, lines.get("stems", [])),
        "parts": {part.key: part for part in words.reply.parts},
        "all_right": words.reply.all_right,
        "near": NEAR,
        "holding": _one_of_each_sort(words),
        "agreement_lines": lines.get("lines", []),
    }


def _one_of_each_sort(words: Library) -> list[Holding]:
    """One short word to wait, one to be there, one to meet: three are enough to choose from."""
    return list({held.sort: held for held in reversed(words.reply.holding)}.values())[::-1]


def _stems(words: Library, told: Told, agreed: list[str]) -> dict[str, list[str]]:
    """Ways to begin each part: those the discloser asked for in the agreement come first."""
    wish = told.words.get("wished") or "hear"
    situation = next(iter(told.words.get("marks", [])), "")
    found = {}
    for part in words.reply.parts:
        asked = [stem.text for stem in words.reply.stems if stem.part == part.key]
        first = [text for text in asked if text in agreed]
        rest = words.reply.stems_for(part.key, wish, situation)
        found[part.key] = list(dict.fromkeys([*first, *rest]))[:STEMS]
    return found


def _own(request: PrivateRequest, pk: UUID) -> Disclosure:
    return get_or_404(request.member, Disclosure, pk=pk, author=request.member)


@require_POST
def open_disclosure(request: PrivateRequest, pk: UUID) -> HttpResponse:
    theirs = get_or_404(request.member, Disclosure, pk=pk, author=request.member.partner)
    answering.open_disclosure(member=request.member, disclosure=theirs)
    return redirect("exchange", theirs.exchange_id)


@require_POST
def aside(request: PrivateRequest, pk: UUID) -> HttpResponse:
    row = get_or_404(request.member, Exchange, pk=pk)
    sharing.set_aside(member=request.member, exchange=row)
    return redirect("today")


@require_POST
def take_back(request: PrivateRequest, pk: UUID) -> HttpResponse:
    own = _own(request, pk)
    sharing.take_back(member=request.member, disclosure=own)
    return redirect("exchange", own.exchange_id)


@get_or_post
def land(request: PrivateRequest, pk: UUID) -> HttpResponse:
    """The discloser's word on a reply (`pk`), with what they add."""
    answer = get_or_404(request.member, Reply, pk=pk, discloser=request.member)
    own = _own(request, answer.disclosure_id)
    if request.method != "POST":
        return redirect("exchange", own.exchange_id)
    verdict, form = request.POST.get("verdict", ""), NoteForm(request.POST)
    if verdict not in list(Verdict) or not form.is_valid():
        piece = one_piece(request, own.exchange_id)
        return show(request, piece, status=422, note=form, wrong_choice=True)
    words = {"note": form.cleaned_data["note"]} if form.cleaned_data["note"] else {}
    sharing.land(member=request.member, reply=answer, verdict=Verdict(verdict), words=words)
    return redirect("exchange", own.exchange_id)


@require_POST
def enough(request: PrivateRequest, pk: UUID) -> HttpResponse:
    own = _own(request, pk)
    sharing.enough(member=request.member, disclosure=own)
    return redirect("exchange", own.exchange_id)


@require_POST
def welcome_ideas(request: PrivateRequest, pk: UUID) -> HttpResponse:
    own = _own(request, pk)
    sharing.welcome_ideas(member=request.member, disclosure=own)
    return redirect("exchange", own.exchange_id)
