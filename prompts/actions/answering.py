"""What the other one does: open, answer, hold, change and take back their own answer."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from couples import vault
from couples.clock import coarse_now
from couples.errors import NotHere
from couples.limits import Limit
from couples.live import changed
from couples.models import Member
from prompts.actions.sharing import lock, set_aside, stage
from prompts.exchange import State
from prompts.models import Disclosure, Draft, Exchange, Reply

Words = Mapping[str, Any]
# To one disclosure, so that its page cannot be used to press somebody.
MOST = {"full": 10, "holding": 5, "ideas": 3}
# Of answers, a day, by one person: each calls the other.
CHANGES = Limit("changed answers", 20)


@transaction.atomic
def open_disclosure(*, member: Member, disclosure: Disclosure) -> None:
    """Read what the partner shared. Its author never learns that it was opened, or when."""
    lock(member)
    theirs = _theirs(member, disclosure)
    if stage(theirs).can_open:
        theirs.state, theirs.was_opened = stage(theirs).opened(), True
        theirs.save(update_fields=["state", "was_opened"])
        set_aside(member=member, exchange=Exchange(pk=theirs.exchange_id), aside=False)


@transaction.atomic
def reply(*, member: Member, draft: Draft) -> Reply:
    """Send the answer in a draft. Sending it again gives the same reply. Raises NotHere."""
    lock(member)
    sent = Reply.objects.of(member).filter(pk=draft.pk).first()
    if sent:
        return sent
    draft = Draft.objects.of(member).select_for_update().get(pk=draft.pk)
    theirs = _theirs(member, Disclosure(pk=draft.disclosure_id))
    if not stage(theirs).can_reply or _too_many(member, theirs, "full"):
        raise NotHere
    theirs.rounds += 1
    theirs.state = stage(theirs).replied()
    theirs.save(update_fields=["rounds", "state"])
    answer = _answer(member, theirs, vault.words(member, draft), kind="full", row_id=draft.id)
    draft.delete()
    return answer


def said_already(*, member: Member, to: Disclosure, words: Words) -> bool:
    """Whether the newest answer is these very words: a form that was sent twice."""
    mine = Reply.objects.of(member).filter(disclosure_id=to.pk, author=member, kind="full")
    newest = mine.filter(taken_back=None).order_by("-round").first()
    return newest is not None and vault.words(member, newest) == dict(words)


@transaction.atomic
def hold(*, member: Member, disclosure: Disclosure, words: Words) -> Reply:
    """A short word meanwhile: "I'm here", "give me until…", "in person". Raises NotHere."""
    lock(member)
    theirs = _theirs(member, disclosure)
    if not stage(theirs).can_hold or _too_many(member, theirs, "holding"):
        raise NotHere
    return _answer(member, theirs, words, kind="holding")


@transaction.atomic
def offer_ideas(*, member: Member, disclosure: Disclosure, words: Words) -> Reply:
    """Only after the discloser has said that ideas are welcome. Raises NotHere."""
    lock(member)
    theirs = _theirs(member, disclosure)
    if not (theirs.ideas_welcome and theirs.rounds) or not stage(theirs).can_take_back:
        raise NotHere
    if _too_many(member, theirs, "ideas"):
        raise NotHere
    return _answer(member, theirs, words, kind="ideas")


@transaction.atomic
def rewrite(*, member: Member, reply: Reply, words: Words) -> None:
    """Change one's own answer; the other sees that it was changed. Raises NotHere, TooMany."""
    lock(member)
    own = Reply.objects.of(member).filter(author=member, taken_back=None).get(pk=reply.pk)
    if vault.words(member, own) == dict(words):
        return
    CHANGES.spend(member.user_id)
    vault.seal(member, own, words)
    own.edited = coarse_now()
    own.save(update_fields=["sealed", "edited"])
    changed(member)


@transaction.atomic
def take_back(*, member: Member, reply: Reply) -> None:
    """One's own answer is gone; "taken back by its author" stays in its place.

    If it was the newest and nothing was said to it yet, it can be answered anew.
    """
    lock(member)
    own = Reply.objects.of(member).filter(author=member, taken_back=None).get(pk=reply.pk)
    theirs = _theirs(member, Disclosure(pk=own.disclosure_id))
    if own.kind == "full" and own.round == theirs.rounds and stage(theirs).can_land:
        theirs.rounds -= 1
        theirs.state = State.MORE if theirs.rounds else State.OPENED
        theirs.save(update_fields=["rounds", "state"])
    own.taken_back = coarse_now()
    vault.seal(member, own, {})
    own.save(update_fields=["taken_back", "sealed"])
    changed(member)


def _too_many(member: Member, to: Disclosure, kind: str) -> bool:
    """Those taken back count, too: each leaves a stub."""
    said = Reply.objects.of(member).filter(disclosure_id=to.pk, author=member, kind=kind)
    return said.count() >= MOST[kind]


def _answer(
    member: Member, to: Disclosure, words: Words, *, kind: str, row_id: Any = None
) -> Reply:
    answer = Reply(
        couple_id=member.couple_id,
        author=member,
        disclosure=to,
        discloser_id=to.author_id,
        kind=kind,
        round=min(max(to.rounds, 1), 3),
        sent=coarse_now(),
    )
    if row_id:
        answer.id = row_id
    vault.seal(member, answer, words)
    answer.save(force_insert=True)
    changed(member)
    return answer


def _theirs(member: Member, disclosure: Disclosure) -> Disclosure:
    """The partner's row, locked. Anything else does not exist (Disclosure.DoesNotExist)."""
    rows = Disclosure.objects.of(member).exclude(author=member)
    return rows.select_for_update().get(pk=disclosure.pk)
