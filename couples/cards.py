"""Keeping the comfort card. Only its owner reads it; menus are drawn from both without showing."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from couples import vault
from couples.clock import app_now
from couples.comfort import Card, Edges, from_words, to_words
from couples.models import ComfortCard, Member


def card(member: Member) -> Card:
    row = ComfortCard.objects.of(member).first()
    return from_words(vault.words(member, row)) if row else Card()


def edges_of_both(member: Member, dawn: datetime) -> dict[UUID, Edges]:
    """Of each who has a card, the edges that a choice must fit.

    One's own as they are now, the other's as they were at `dawn`: at the moment somebody changes an
    edge, nothing on the other's pages may move.
    """
    now = app_now()
    return {
        row.author_id: from_words(vault.words(member, row)).at(
            now if row.author_id == member.id else dawn
        )
        for row in ComfortCard.objects.both_of(member)
    }


@transaction.atomic
def change(*, member: Member, wish: Edges) -> Card:
    """Tightening holds at once, loosening after a day, the first card's too. Nobody is told."""
    row = ComfortCard.objects.of(member).select_for_update().first()
    before = from_words(vault.words(member, row)) if row else Card()
    after = before.changed(wish, app_now())
    _save(member, row or ComfortCard(couple_id=member.couple_id, author=member), after)
    return after


def carry(alone: Member, seated: Member) -> None:
    """At pairing: the card prepared alone becomes the card in the new couple."""
    row = ComfortCard.objects.of(alone).first()
    if row:
        fresh = ComfortCard(couple_id=seated.couple_id, author=seated)
        _save(seated, fresh, replace(from_words(vault.words(alone, row)), before=()))


def _save(member: Member, row: ComfortCard, card: Card) -> None:
    vault.seal(member, row, to_words(card))
    row.save()
