"""Answering: the structured reply, its draft, the notice beside it, the short words meanwhile."""

from contextlib import suppress
from uuid import UUID

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from couples import vault
from couples.access import get_or_post
from couples.errors import NotHere, TooMany
from couples.forms import status_of, too_many
from couples.middleware import PrivateRequest
from couples.tenancy import get_or_404
from prompts.actions import answering, coaching, drafts
from prompts.actions.sharing import stage
from prompts.forms.reply import HoldingForm, NoteForm, ReplyForm
from prompts.library import library
from prompts.models import Disclosure, Draft, Reply
from prompts.views.exchange import one_piece, show


def _theirs(request: PrivateRequest, pk: UUID) -> Disclosure:
    """What the partner shared, once it is open: till then it can't be answered or asked about."""
    theirs = get_or_404(request.member, Disclosure, pk=pk, author=request.member.partner)
    if stage(theirs).can_open:
        raise Http404
    return theirs


def _form(
    request: PrivateRequest, theirs: Disclosure, kept: dict[str, object] | None = None
) -> ReplyForm:
    """What was posted; or what was kept of it, which nothing can be wrong with yet."""
    words, posted = library(request.user.language), None if kept else request.POST
    return ReplyForm(posted, initial=kept, words=words, ideas=theirs.ideas_welcome)


def _keep(request: PrivateRequest, theirs: Disclosure, form: ReplyForm) -> Draft:
    """The draft with these words; one row a disclosure unless two windows disagree."""
    mine = Draft.objects.of(request.member).filter(disclosure=theirs, purpose="reply")
    draft = mine.order_by("id").first()
    if draft is None:
        return drafts.begin(member=request.member, words=form.words(), answers=theirs)
    revision = request.POST.get("revision", "")
    number = int(revision) if revision.isdecimal() and len(revision) < 9 else draft.revision
    return drafts.save(member=request.member, draft=draft, revision=number, words=form.words())


@get_or_post
def reply(request: PrivateRequest, pk: UUID) -> HttpResponse:
    """Send, or keep for later. What was typed is kept in any case."""
    theirs = _theirs(request, pk)
    if request.method != "POST":
        return redirect("exchange", theirs.exchange_id)
    form = _form(request, theirs)
    if "hush" in request.POST:
        coaching.hush(member=request.member, category=request.POST["hush"])
    if "send" not in request.POST and "anyway" not in request.POST:
        draft = _keep(request, theirs, form)
        note = coaching.notice(request.member, theirs, form.words())
        piece = one_piece(request, theirs.exchange_id)
        kept = _form(request, theirs, {**form.words(), "revision": draft.revision})
        return show(request, piece, form=kept, notice=note, kept=True)
    if not form.is_valid():
        piece = one_piece(request, theirs.exchange_id)
        return show(request, piece, form=form, status=422)
    draft = _keep(request, theirs, form)
    try:
        answering.reply(member=request.member, draft=draft)
    except NotHere:
        if answering.said_already(member=request.member, to=theirs, words=form.words()):
            drafts.discard(member=request.member, draft=draft)
    return redirect("exchange", theirs.exchange_id)


@require_POST
def keep_reply(request: PrivateRequest, pk: UUID) -> HttpResponse:
    """Autosave. Answers with the revision to save from next time."""
    theirs = _theirs(request, pk)
    draft = _keep(request, theirs, _form(request, theirs))
    return JsonResponse({"revision": draft.revision})


@require_POST
def notice(request: PrivateRequest, pk: UUID) -> HttpResponse:
    """The coach's one remark on what is typed, as a fragment. Nothing of it is kept."""
    theirs = _theirs(request, pk)
    form = _form(request, theirs)
    found = coaching.notice(request.member, theirs, form.words())
    slots = [key for key in coaching.ORDER if key != "ideas" or theirs.ideas_welcome]
    return render(request, "prompts/notice.html", {"notice": found, "slots": slots})


@get_or_post
def hold(request: PrivateRequest, pk: UUID) -> HttpResponse:
    theirs = _theirs(request, pk)
    if request.method != "POST":
        return redirect("exchange", theirs.exchange_id)
    form = HoldingForm(request.POST, words=library(request.user.language))
    if not form.is_valid():
        piece = one_piece(request, theirs.exchange_id)
        return show(request, piece, status=422, wrong_choice=True)
    with suppress(NotHere):
        answering.hold(member=request.member, disclosure=theirs, words=form.words())
    return redirect("exchange", theirs.exchange_id)


@get_or_post
def ideas(request: PrivateRequest, pk: UUID) -> HttpResponse:
    theirs = _theirs(request, pk)
    if request.method != "POST":
        return redirect("exchange", theirs.exchange_id)
    form = NoteForm(request.POST)
    if not form.is_valid() or not form.cleaned_data["note"]:
        piece = one_piece(request, theirs.exchange_id)
        return show(request, piece, status=422, note=form)
    words = {"ideas": form.cleaned_data["note"]}
    with suppress(NotHere):
        answering.offer_ideas(member=request.member, disclosure=theirs, words=words)
    return redirect("exchange", theirs.exchange_id)


@get_or_post
def rewrite_reply(request: PrivateRequest, pk: UUID) -> HttpResponse:
    """Change one's own answer."""
    own = get_or_404(request.member, Reply, pk=pk, author=request.member, taken_back=None)
    if own.kind != "full":
        return redirect("exchange", _exchange_of(request, own))
    words = library(request.user.language)
    typed = request.POST if request.method == "POST" else None
    before = vault.words(request.member, own)
    form = ReplyForm(typed, initial=before, words=words, ideas="ideas" in before)
    if form.is_bound and form.is_valid():
        try:
            answering.rewrite(member=request.member, reply=own, words=form.words())
            return redirect("exchange", _exchange_of(request, own))
        except TooMany:
            too_many(form)
    context = {
        "form": form,
        "own": own,
        "nav": "feed",
        "parts": {part.key: part for part in words.reply.parts},
        "all_right": words.reply.all_right,
        "exchange_id": _exchange_of(request, own),
    }
    return render(request, "prompts/rewrite_reply.html", context, status=status_of(form))


@require_POST
def take_back_reply(request: PrivateRequest, pk: UUID) -> HttpResponse:
    own = get_or_404(request.member, Reply, pk=pk, author=request.member)
    if own.taken_back is None:
        answering.take_back(member=request.member, reply=own)
    return redirect("exchange", _exchange_of(request, own))


def _exchange_of(request: PrivateRequest, own: Reply) -> UUID:
    """By an unguarded key of a row that was fetched through the door; the walls keep it home."""
    row = Disclosure.objects.both_of(request.member).filter(pk=own.disclosure_id)
    return row.values_list("exchange_id", flat=True).get()
