"""What a discloser does: send, change, take back, say whether a reply landed."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from couples import vault
from couples.clock import coarse_now
from couples.errors import NotHere
from couples.live import came_or_went, changed
from couples.models import Couple, Member
from prompts.exchange import Stage, State, Verdict
from prompts.models import Disclosure, Draft, Exchange, Landing, Reply, SetAside

Words = Mapping[str, Any]


def stage(disclosure: Disclosure) -> Stage:
    unread = disclosure.state == State.ENOUGH and not disclosure.was_opened
    return Stage(State(disclosure.state), disclosure.rounds, unread)


def lock(member: Member) -> Couple:
    """Serialises a couple's acts, and refuses those that come after its end. Raises NotHere."""
    couple = Couple.objects.select_for_update().get(pk=member.couple_id)
    if couple.state != "active":
        raise NotHere
    return couple


@transaction.atomic
def send(*, member: Member, draft: Draft, together: bool = False) -> Exchange:
    """Turn a draft into a disclosure. Sending the same draft again gives the same exchange."""
    lock(member)
    sent = Disclosure.objects.of(member).filter(pk=draft.pk).select_related("exchange").first()
    if sent:
        return sent.exchange
    draft = Draft.objects.of(member).select_for_update().get(pk=draft.pk)
    words = vault.words(member, draft)
    joined = _joined(member, draft)
    exchange = joined or _begun(member, draft, words, together)
    disclosure = Disclosure(
        id=draft.id,
        couple_id=member.couple_id,
        author=member,
        exchange=exchange,
        depth=words["depth"],
        offered=coarse_now(),
        shown=exchange.kind == "one",
    )
    vault.seal(member, disclosure, words)
    disclosure.save(force_insert=True)
    draft.delete()
    if exchange.kind != "one":
        _open_both(member, exchange)
    if joined:
        changed(member)
    return exchange


def _joined(member: Member, draft: Draft) -> Exchange | None:
    """The together exchange this draft answers, unless it is answered already."""
    if draft.exchange_id is None:
        return None
    mine = Disclosure.objects.of(member).filter(exchange_id=draft.exchange_id, author=member)
    if mine.exists():
        return None
    return Exchange.objects.of(member).filter(pk=draft.exchange_id).first()


def _begun(member: Member, draft: Draft, words: Words, together: bool) -> Exchange:
    exchange = Exchange(
        couple_id=member.couple_id,
        author=member,
        kind=words.get("kind") or ("together" if together else "one"),
        topic=words["topic"],
        depth=words["depth"],
        number=came_or_went(member, draft.pk).seq,
        begun=coarse_now(),
    )
    vault.seal(member, exchange, {"prompt": words.get("prompt", "")})
    exchange.save(force_insert=True)
    return exchange


def _open_both(member: Member, exchange: Exchange) -> None:
    """Both answers of a together exchange open in the same moment."""
    both = Disclosure.objects.both_of(member).filter(exchange_id=exchange.pk)
    if both.exclude(state=State.WITHDRAWN).count() == 2:
        both.filter(state=State.OFFERED).update(shown=True, was_opened=True, state=State.OPENED)


@transaction.atomic
def rewrite(*, member: Member, disclosure: Disclosure, words: Words) -> None:
    """Change one's own words. Whoever has read them sees that they were changed.

    No live event: it would tell the author, by coming or not, whether they had been read.
    """
    lock(member)
    own = _own(member, disclosure)
    if not stage(own).can_take_back:
        raise NotHere
    kept = vault.words(member, own)
    vault.seal(member, own, {**words, "prompt": kept.get("prompt", "")})
    own.edited = coarse_now() if own.was_opened else None
    own.depth = words["depth"]
    own.save(update_fields=["sealed", "edited", "depth"])


@transaction.atomic
def take_back(*, member: Member, disclosure: Disclosure) -> None:
    """The words are gone. Not opened yet: without a trace. Opened: a dated stub stays.

    The live event comes and the mark goes back either way, or the author could tell which it was.
    """
    lock(member)
    own = _own(member, disclosure)
    if not stage(own).can_take_back:
        return
    own.state, own.taken_back = State.WITHDRAWN, coarse_now()
    vault.seal(member, own, {})
    own.save(update_fields=["state", "taken_back", "sealed"])
    others = Disclosure.objects.both_of(member).filter(exchange_id=own.exchange_id)
    if not own.was_opened and not others.exclude(pk=own.pk).exists():
        Exchange.objects.of(member).filter(pk=own.exchange_id, author=member).update(gone=True)
    came_or_went(member, own.pk)


@transaction.atomic
def land(*, member: Member, reply: Reply, verdict: Verdict, words: Words) -> None:
    """The discloser's word on the newest reply. Saying it twice says it once."""
    lock(member)
    own = _own(member, Disclosure(pk=reply.disclosure_id))
    if not stage(own).can_land or reply.round != own.rounds or reply.kind != "full":
        return
    landing = Landing(
        couple_id=member.couple_id,
        author=member,
        reply=reply,
        verdict=verdict,
        given=coarse_now(),
    )
    vault.seal(member, landing, words)
    landing.save(force_insert=True)
    _move(own, stage(own).landed(verdict))
    changed(member)


@transaction.atomic
def enough(*, member: Member, disclosure: Disclosure) -> None:
    """Close it without a landing; nothing is counted."""
    lock(member)
    own = _own(member, disclosure)
    if stage(own).can_close:
        _move(own, State.ENOUGH)


@transaction.atomic
def welcome_ideas(*, member: Member, disclosure: Disclosure) -> None:
    lock(member)
    own = _own(member, disclosure)
    if own.ideas_welcome:
        return
    own.ideas_welcome = True
    own.save(update_fields=["ideas_welcome"])
    if own.rounds:
        changed(member)


def set_aside(*, member: Member, exchange: Exchange, aside: bool = True) -> None:
    """Off one's own first page, or back on it. The other never learns of it."""
    mine = SetAside.objects.of(member).filter(exchange=exchange)
    if aside:
        row = SetAside(couple_id=member.couple_id, author=member, exchange=exchange)
        SetAside.objects.of(member).bulk_create([row], ignore_conflicts=True)
    else:
        mine.delete()


def _own(member: Member, disclosure: Disclosure) -> Disclosure:
    """One's own row, locked. Anything else does not exist (Disclosure.DoesNotExist)."""
    rows = Disclosure.objects.of(member).filter(author=member)
    return rows.select_for_update().get(pk=disclosure.pk)


def _move(disclosure: Disclosure, state: State) -> None:
    disclosure.state = state
    disclosure.save(update_fields=["state"])
