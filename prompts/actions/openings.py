"""What a person does with the menu. All of it is theirs alone: nothing here moves a shared page."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from couples import vault
from couples.clock import app_now
from couples.errors import NotHere, Refused, TooMany
from couples.models import Member
from prompts.actions import drafts, sharing
from prompts.models import Disclosure, Draft, Exchange, MenuMemory
from prompts.remembered import Memory, read, untouched

Words = Mapping[str, Any]
UNTOUCHED_DAYS = timedelta(days=7)
A_DAY = 2


def another(*, member: Member, day: date) -> None:
    """Other openings, for the couple's day `day`."""
    today = day.isoformat()

    def drawn(held: Memory) -> Memory:
        return replace(held, day=today, draw=held.draw + 1 if held.day == today else 1)

    _remember(member, drawn)


def not_today(*, member: Member, day: date, back: bool = False) -> None:
    """No menu on the person's own day `day`; or the menu back after all."""
    _remember(member, lambda held: replace(held, away="" if back else day.isoformat()))


def hush(*, member: Member, step: str) -> None:
    """Do not suggest this step again."""
    _remember(member, lambda held: replace(held, hushed=(*({*held.hushed} - {step}), step)))


@transaction.atomic
def _remember(member: Member, change: Callable[[Memory], Memory]) -> None:
    Member.objects.of(member).select_for_update().get(pk=member.pk)
    row = MenuMemory.objects.of(member).first()
    row = row or MenuMemory(couple_id=member.couple_id, author=member)
    held = read(member, row) if row.sealed else Memory()
    vault.seal(member, row, asdict(change(held)))
    row.save()


def begin(*, member: Member, words: Words) -> Draft:
    """A page to write on. The same opening, still untouched, is the same page."""
    _clear_untouched(member)
    for row in _openings_begun(member).filter(exchange=None).order_by("-saved", "id")[:20]:
        held = vault.words(member, row)
        if untouched(held) and _same(held, words):
            return row
    return drafts.begin(member=member, words=words)


def join(*, member: Member, exchange: Exchange) -> Draft:
    """A page for one's own answer in a together exchange the partner began. Raises NotHere."""
    theirs = exchange.kind == "together" and exchange.author_id != member.id
    answered = Disclosure.objects.of(member).filter(exchange=exchange, author=member).exists()
    if not theirs or answered or member.partner is None:
        raise NotHere
    begun = _openings_begun(member).filter(exchange=exchange).order_by("-saved", "id").first()
    if begun:
        return begun
    words = {
        "prompt": vault.words(member, exchange).get("prompt", ""),
        "kind": "together",
        "topic": exchange.topic,
        "depth": exchange.depth,
    }
    return drafts.begin(member=member, words=words, exchange=exchange)


class Answered(Refused):
    """One answer each: this together exchange has mine already."""

    code = "answered"


@transaction.atomic
def send(*, member: Member, draft: Draft, midnight: datetime) -> Exchange:
    """Share it. Two openings of one's own a day, since `midnight`, are plenty; answers are free.

    Raises TooMany, Answered, NotHere (nobody to share with yet).
    """
    sharing.lock(member)
    # One that was taken back meanwhile is not there to be answered.
    there = Exchange.objects.of(member).filter(pk__in=[draft.exchange_id]).first()
    if there:
        mine = Disclosure.objects.of(member).filter(author=member, exchange=there)
        if mine.exclude(pk=draft.pk).exists():
            raise Answered
    else:
        begun = Exchange.objects.of(member).filter(author=member, begun__gte=midnight)
        if begun.exclude(kind="circle").count() >= A_DAY:
            raise TooMany
    return sharing.send(member=member, draft=draft)


def keep_for_later(*, member: Member, draft: Draft) -> None:
    """Keep an opening on one's own first page though nothing was written yet."""
    words = vault.words(member, draft)
    drafts.save(member=member, draft=draft, revision=draft.revision, words={**words, "kept": True})


def _same(held: Words, words: Words) -> bool:
    return all(held.get(key, "") == words.get(key, "") for key in ("prompt", "kind"))


def _openings_begun(member: Member) -> QuerySet[Draft]:
    return Draft.objects.of(member).filter(purpose=Draft.Purpose.DISCLOSURE)


def _clear_untouched(member: Member) -> None:
    """Pages that were opened a week ago and never written on."""
    for row in _openings_begun(member).filter(saved__lt=app_now() - UNTOUCHED_DAYS):
        words = vault.words(member, row)
        if untouched(words) and not words.get("kept"):
            drafts.discard(member=member, draft=row)
