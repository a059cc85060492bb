"""Writing a disclosure: one form, kept as one types; read once more; sent, or kept for later."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from couples import vault
from couples.access import get_or_post
from couples.errors import NotHere, TooMany
from couples.middleware import PrivateRequest
from couples.tenancy import get_or_404
from prompts.actions import coaching, drafts, openings, sharing
from prompts.exchange import State
from prompts.forms.disclosure import MOST_FEELINGS, DisclosureForm, as_fields, problems
from prompts.library import library
from prompts.models import Disclosure, Draft
from prompts.queries.menu import own_midnight
from prompts.queries.review import remarks
from prompts.remembered import on_the_page
from prompts.sentences import letter
from prompts.views.saying import say


class Sent(Exception):
    """What was a draft is a disclosure by now."""

    def __init__(self, disclosure: Disclosure) -> None:
        self.disclosure = disclosure


def _draft(request: PrivateRequest, pk: UUID) -> Draft:
    """One's own draft of a disclosure. Raises Sent if it was sent, from here or another window."""
    mine = Draft.objects.of(request.member).filter(purpose=Draft.Purpose.DISCLOSURE)
    draft = mine.filter(pk=pk).first()
    if draft is None:
        raise Sent(get_or_404(request.member, Disclosure, pk=pk, author=request.member))
    return draft


def _form(request: PrivateRequest, held: Mapping[str, Any], data: Any = None) -> DisclosureForm:
    return DisclosureForm(data, library=library(request.user.language), held=held)


def _keep(request: PrivateRequest, pk: UUID) -> tuple[Draft, DisclosureForm]:
    """Keep what was typed; if another window went on meanwhile, in a draft of its own."""
    member = request.member
    try:
        draft = _draft(request, pk)
    except Sent as sent:
        words = vault.words(member, sent.disclosure)
        form = _form(request, {**words, "kind": ""}, request.POST)
        return drafts.begin(member=member, words=form.words()), form
    form = _form(request, on_the_page(member, draft), request.POST)
    number = request.POST.get("revision", "")
    known = number.isascii() and number.isdecimal() and len(number) < 10
    revision = int(number) if known else draft.revision
    kept = drafts.save(member=member, draft=draft, revision=revision, words=form.words())
    return kept, form


@get_or_post
def write(request: PrivateRequest, pk: UUID) -> HttpResponse:
    if request.method != "POST":
        try:
            draft = _draft(request, pk)
        except Sent as sent:
            return redirect("exchange", sent.disclosure.exchange_id)
        return _page(request, draft, _form(request, on_the_page(request.member, draft)))
    kept, form = _keep(request, pk)
    if "later" in request.POST:
        say(request, "kept" if kept.pk == pk else "both_kept")
        return redirect("today")
    if kept.pk != pk:
        say(request, "both_kept")
    elif not form.is_valid():
        return _page(request, kept, form, status=422)
    return redirect("review", kept.pk)


def _page(
    request: PrivateRequest, draft: Draft, form: DisclosureForm, *, status: int = 200
) -> HttpResponse:
    words = library(request.user.language)
    prompt = words.prompt((form.held.get("prompt") or {}).get("key", ""))
    context = {
        **_around(request),
        "draft": draft,
        "form": form,
        "opening": prompt,
        "prompt": (form.held.get("prompt") or {}).get("text", ""),
    }
    return render(request, "prompts/write.html", context, status=status)


def _around(request: PrivateRequest) -> dict[str, Any]:
    words = library(request.user.language)
    return {
        "nav": "today",
        "draft": None,
        "own": None,
        "opening": None,
        "senses": words.body.sensations,
        "wishes": words.wishes,
        "depths": words.depths,
        "settle": words.cards["settle"],
    }


@require_POST
def save(request: PrivateRequest, pk: UUID) -> HttpResponse:
    """Autosave. 409: another window went on meanwhile; this one's words are in another draft."""
    kept, _ = _keep(request, pk)
    answer = {
        "revision": kept.revision,
        "draft": str(kept.pk),
        "address": reverse("write", args=[kept.pk]),
        "save": reverse("save", args=[kept.pk]),
    }
    return JsonResponse(answer, status=200 if kept.pk == pk else 409)


@require_safe
def review(request: PrivateRequest, pk: UUID) -> HttpResponse:
    try:
        return _read_through(request, _draft(request, pk))
    except Sent as sent:
        return redirect("exchange", sent.disclosure.exchange_id)


def _read_through(
    request: PrivateRequest, draft: Draft, *, refused: str = "", status: int = 200
) -> HttpResponse:
    """The letter as the other one would read it."""
    member, shelf = request.member, library(request.user.language)
    words, wish = on_the_page(member, draft), coaching.choice(member)
    context = {
        "nav": "today",
        "draft": draft,
        "words": words,
        "letter": letter(words, shelf),
        "remarks": remarks(words, shelf, off=wish.off, hidden=wish.hidden),
        "lacking": any(problems(words)),
        "refused": refused,
        "settle": shelf.cards["settle"],
    }
    return render(request, "prompts/write_review.html", context, status=status)


@require_POST
def under(request: PrivateRequest, pk: UUID) -> HttpResponse:
    """Add a feeling that lies under a word about the other."""
    try:
        draft = _draft(request, pk)
    except Sent as sent:
        return redirect("exchange", sent.disclosure.exchange_id)
    words = on_the_page(request.member, draft)
    key, held = request.POST.get("feeling", ""), words.get("feelings", [])
    if key in library(request.user.language).feeling and len(held) < MOST_FEELINGS:
        words["feelings"] = [*(one for one in held if one != key), key]
        drafts.save(member=request.member, draft=draft, revision=draft.revision, words=words)
    return redirect("review", pk)


@get_or_post
def send(request: PrivateRequest, pk: UUID) -> HttpResponse:
    try:
        draft = _draft(request, pk)
    except Sent as sent:
        return redirect("exchange", sent.disclosure.exchange_id)
    if request.method != "POST":
        return redirect("review", pk)
    if "hush" in request.POST:
        coaching.hush(member=request.member, category=request.POST["hush"])
        return redirect("review", pk)
    words = on_the_page(request.member, draft)
    if any(problems(words)):
        return _page(request, draft, _form(request, words, as_fields(words)), status=422)
    try:
        midnight = own_midnight(request.member)
        exchange = openings.send(member=request.member, draft=draft, midnight=midnight)
    except TooMany:
        return _read_through(request, draft, refused="two_a_day", status=422)
    except openings.Answered:
        return _read_through(request, draft, refused="answered", status=422)
    except NotHere:
        return _read_through(request, draft, refused="not_paired", status=422)
    return redirect("exchange", exchange.pk)


@require_POST
def discard(request: PrivateRequest, pk: UUID) -> HttpResponse:
    try:
        draft = _draft(request, pk)
    except Sent as sent:
        return redirect("exchange", sent.disclosure.exchange_id)
    drafts.discard(member=request.member, draft=draft)
    say(request, "discarded")
    return redirect("today")


@get_or_post
def rewrite(request: PrivateRequest, exchange: UUID, pk: UUID) -> HttpResponse:
    """Change one's own words after they were sent."""
    own = get_or_404(request.member, Disclosure, pk=pk, exchange_id=exchange, author=request.member)
    if own.state == State.WITHDRAWN:
        raise Http404
    typed = request.POST if request.method == "POST" else None
    form = _form(request, vault.words(request.member, own), typed)
    if form.is_bound and form.is_valid():
        try:
            sharing.rewrite(member=request.member, disclosure=own, words=form.words())
        except NotHere:
            raise Http404 from None
        return redirect("exchange", exchange)
    context = {**_around(request), "own": own, "form": form, "nav": "feed"}
    return render(request, "prompts/write.html", context, status=422 if form.is_bound else 200)
