"""Drafts: begun from a prompt or beside a disclosure, saved as one types, never lost."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from couples import vault
from couples.clock import coarse_now
from couples.models import Member
from prompts.models import Disclosure, Draft, Exchange
from prompts.remembered import without_question

Words = Mapping[str, Any]


def begin(
    *,
    member: Member,
    words: Words,
    exchange: Exchange | None = None,
    answers: Disclosure | None = None,
    draft_id: UUID | None = None,
) -> Draft:
    """`words["prompt"]` says what it answers; `exchange` joins a together one that asks itself."""
    draft = Draft(
        couple_id=member.couple_id,
        author=member,
        purpose=Draft.Purpose.REPLY if answers else Draft.Purpose.DISCLOSURE,
        exchange=exchange,
        disclosure=answers,
        saved=coarse_now(),
    )
    if draft_id:
        draft.id = draft_id
    vault.seal(member, draft, _own(draft, words))
    draft.save(force_insert=True)
    return draft


@transaction.atomic
def save(*, member: Member, draft: Draft, revision: int, words: Words) -> Draft:
    """Keep the words. If another tab saved since `revision`, a second draft keeps them.

    Tell by the id of what comes back. The same words twice make no second draft.
    """
    current = Draft.objects.of(member).select_for_update().get(pk=draft.pk)
    if current.revision != revision:
        return _kept_beside(member, current, words)
    vault.seal(member, current, _own(current, words))
    current.revision += 1
    current.saved = coarse_now()
    current.save(update_fields=["sealed", "revision", "saved"])
    return current


def _kept_beside(member: Member, current: Draft, words: Words) -> Draft:
    words = _own(current, words)
    if vault.words(member, current) == words:
        return current
    copy = Draft(
        couple_id=member.couple_id,
        author=member,
        purpose=current.purpose,
        exchange_id=current.exchange_id,
        disclosure_id=current.disclosure_id,
        saved=coarse_now(),
    )
    vault.seal(member, copy, words)
    copy.save(force_insert=True)
    return copy


def _own(draft: Draft, words: Words) -> dict[str, Any]:
    return without_question(words) if draft.exchange_id else dict(words)


def discard(*, member: Member, draft: Draft) -> None:
    Draft.objects.of(member).filter(pk=draft.pk).delete()
