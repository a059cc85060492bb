"""What one member's menu remembers of today, and what a page holds before anything is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from couples import vault
from couples.models import Member
from prompts.models import Draft, MenuMemory

BEGINNING = frozenset({"prompt", "kind", "topic", "depth", "kept"})


@dataclass(frozen=True)
class Memory:
    """`draw` counts "another" on `day`; `away` is the day on which no menu is wished for."""

    day: str = ""
    draw: int = 0
    away: str = ""
    hushed: tuple[str, ...] = ()


def memory(member: Member) -> Memory:
    row = MenuMemory.objects.of(member).first()
    return read(member, row) if row else Memory()


def read(member: Member, row: MenuMemory) -> Memory:
    words = vault.words(member, row)
    return Memory(words["day"], words["draw"], words["away"], tuple(words["hushed"]))


def untouched(words: Mapping[str, Any]) -> bool:
    """Nothing was written yet; an opening alone is not yet somebody's words."""
    return not any(value for key, value in words.items() if key not in BEGINNING)


def on_the_page(member: Member, draft: Draft) -> dict[str, Any]:
    """One's own words, under the question they answer while that is there."""
    words, exchange = vault.words(member, draft), draft.exchange
    if exchange and not exchange.gone and not words.get("prompt"):
        words["prompt"] = vault.words(member, exchange).get("prompt", "")
    return words


def without_question(words: Mapping[str, Any]) -> dict[str, Any]:
    """Of an answer: a question the other one wrote is theirs, and not kept under one's own key."""
    prompt = words.get("prompt") or {}
    return dict(words) if prompt.get("key") else {**words, "prompt": ""}
