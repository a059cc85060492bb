"""The coach beside a reply: reads what is typed, in memory, and forgets it.

Neither the text nor what was found is stored, logged or told to anyone. The only thing kept is
which kinds of notices a person does not want, sealed, for them alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from couples import vault
from couples.models import Member
from prompts.coach import NUDGES, Words, read, wording
from prompts.models import CoachChoice, Disclosure

KINDS = frozenset({*NUDGES, "correcting"})
ORDER = ("with_you", "heard", "sense", "thanks", "all_right_own", "question", "ideas")


@dataclass(frozen=True)
class Remark:
    """At most one notice, beside the part it is about; and quietly which parts are well met."""

    part: str = ""
    category: str = ""
    quote: str = ""
    words: Words | None = None
    ticks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Choice:
    """What a person has switched off: everything, or some kinds."""

    off: bool = False
    hidden: frozenset[str] = frozenset()


def choice(member: Member) -> Choice:
    row = CoachChoice.objects.of(member).first()
    if row is None:
        return Choice()
    words = vault.words(member, row)
    return Choice(words["off"], frozenset(words["hidden"]))


@transaction.atomic
def choose(*, member: Member, off: bool, hidden: frozenset[str]) -> None:
    row = CoachChoice.objects.of(member).select_for_update().first()
    row = row or CoachChoice(couple_id=member.couple_id, author=member)
    vault.seal(member, row, {"off": off, "hidden": sorted(hidden & KINDS)})
    row.save()


def hush(*, member: Member, category: str) -> None:
    """ "Don't show this kind again"."""
    now = choice(member)
    if category in KINDS:
        choose(member=member, off=now.off, hidden=now.hidden | {category})


def notice(member: Member, answers: Disclosure, parts: Mapping[str, str]) -> Remark:
    """One remark on a reply as typed so far, read as a whole in the order of its parts."""
    wish = choice(member)
    typed = [key for key in ORDER if parts.get(key)]
    text = "\n".join(parts[key] for key in typed)
    if wish.off or not text:
        return Remark()
    language = member.user.language if member.user else "en"
    told = vault.words(member, answers)
    reading = read(
        text,
        told.get("text", ""),
        language=language,
        ideas_welcome=answers.ideas_welcome,
        hidden=wish.hidden,
    )
    found = reading.nudge
    if found is None:
        return Remark(ticks=reading.ticks)
    return Remark(
        part=_part_at(found.start, [(key, parts[key]) for key in typed]),
        category=found.category,
        quote=found.quote(text),
        words=wording(found, text, language),
        ticks=reading.ticks,
    )


def _part_at(place: int, typed: list[tuple[str, str]]) -> str:
    """The part that holds a place of the joined text."""
    end = 0
    for key, text in typed:
        end += len(text) + 1
        if place < end:
            return key
    return ""
