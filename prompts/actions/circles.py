"""A circle kept in the feed: each keeps their own notes, and they open when both have."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from couples.models import Member
from prompts.actions.drafts import begin
from prompts.actions.sharing import send
from prompts.models import Disclosure, Exchange

NOTES = ("feeling", "need", "summary", "thanks", "step")


@transaction.atomic
def keep_circle(
    member: Member, exchange_id: UUID | None, words: Mapping[str, str], *, row_id: UUID
) -> UUID:
    """Keep one's own notes of a circle; `exchange_id` joins the partner's. Returns its exchange.

    `row_id`, the circle's own, makes keeping twice keep once. Empty notes say "I keep it too".
    """
    kept = Disclosure.objects.of(member).filter(pk=row_id, author=member).first()
    if kept:
        return kept.exchange_id
    notes = {key: words[key] for key in NOTES if words.get(key)}
    sealed = {"kind": "circle", "topic": "us", "depth": 2, "circle": notes}
    joined = None
    if exchange_id:
        joined = Exchange.objects.of(member).filter(pk=exchange_id, kind="circle").first()
    draft = begin(member=member, words=sealed, exchange=joined, draft_id=row_id)
    return send(member=member, draft=draft).pk
