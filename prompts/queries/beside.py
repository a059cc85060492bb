"""What other apps put beside the menu, for its member alone.

It comes with the menu's memory, in one query, whatever there is of either.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.db.models import Subquery

from couples.models import Member
from prompts.models import MenuMemory
from prompts.remembered import Memory, read


class Beside(NamedTuple):
    ask: Callable[[Member], Subquery]
    """One JSON value of the member's own."""
    tell: Callable[[Member, Any], Any]
    """What the page is given of it."""


beside: dict[str, Beside] = {}


def memory_and_beside(member: Member) -> tuple[Memory, dict[str, Any]]:
    held = MenuMemory.objects.of(member)
    asked = {name: one.ask(member) for name, one in beside.items()}
    found: dict[str, Any] = dict(
        Member.objects.of(member)
        .filter(pk=member.pk)
        .values(
            memory_id=Subquery(held.values("id")[:1]),
            memory_sealed=Subquery(held.values("sealed")[:1]),
            **asked,
        )
        .get()
    )
    memory = Memory()
    if found["memory_id"]:
        row = MenuMemory(id=found["memory_id"], author_id=member.pk, couple_id=member.couple_id)
        row.sealed = found["memory_sealed"]
        memory = read(member, row)
    return memory, {name: one.tell(member, found[name]) for name, one in beside.items()}
