""" "How we answer each other": each writes their own lines, and it holds while both have said yes.

A change makes a new version with its author's yes. Until the other says yes too, the version
before stays in force. Either withdraws their yes alone. Nothing in Leeway waits for it.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db import transaction
from django.db.models import OuterRef

from couples import vault
from couples.clock import coarse_now
from couples.errors import NotHere
from couples.limits import Limit
from couples.live import came_or_went
from couples.models import AgreementTap, AgreementVersion, Couple, Member

Lines = dict[str, Any]
# A day, of one person: each calls the other.
CHANGES = Limit("agreement", 10)


@dataclass(frozen=True)
class Agreement:
    """The lines of each, as of one version."""

    number: int
    lines: dict[UUID, Lines]
    said_yes: frozenset[UUID]
    in_force: bool

    def of(self, member: Member | None) -> Lines:
        return self.lines.get(member.id, {}) if member else {}


@dataclass(frozen=True)
class Standing:
    """What holds, and the newer version that is not agreed yet, if there is one."""

    in_force: Agreement | None
    proposed: Agreement | None


def standing(member: Member) -> Standing:
    """One query: the versions with their words, and who said yes to each."""
    yes = AgreementTap.objects.of(member).filter(version_id=OuterRef("pk"))
    versions = AgreementVersion.objects.of(member).annotate(
        yes=ArraySubquery(yes.values("author_id"))
    )
    lines: dict[UUID, Lines] = {}
    in_force = proposed = None
    for version in versions.order_by("number"):
        lines = {**lines, version.author_id: vault.words(member, version)}
        said = frozenset(version.yes)
        held = Agreement(version.number, lines, said, in_force=len(said) == 2)
        in_force, proposed = (held, None) if held.in_force else (in_force, held)
    return Standing(in_force, proposed)


@dataclass(frozen=True)
class Change:
    """One version: whose lines changed, to what, and about when."""

    number: int
    mine: bool
    since: datetime
    lines: Lines


def history(member: Member) -> list[Change]:
    """All versions, newest first."""
    return [
        Change(row.number, row.author_id == member.id, row.since, vault.words(member, row))
        for row in AgreementVersion.objects.of(member).order_by("-number")
    ]


@transaction.atomic
def write(*, member: Member, lines: Lines) -> bool:
    """Propose one's own lines anew, with one's own yes; False if they say the same as before.

    Raises NotHere, TooMany.
    """
    lines = {name: said for name, said in lines.items() if said}
    _lock(member)
    mine = AgreementVersion.objects.of(member).filter(author=member).order_by("-number").first()
    if lines == (vault.words(member, mine) if mine else {}):
        return False
    CHANGES.spend(member.user_id)
    last = AgreementVersion.objects.of(member).order_by("-number").first()
    version = AgreementVersion(
        couple_id=member.couple_id,
        author=member,
        number=last.number + 1 if last else 1,
        since=coarse_now(),
    )
    vault.seal(member, version, lines)
    version.save(force_insert=True)
    _tap(member, version, version.pk)
    return True


@transaction.atomic
def say_yes(*, member: Member, number: int) -> None:
    """Agree to a version that one has read. An older number than the newest changes nothing.

    Raises NotHere, and TooMany, or saying it and taking it back could be used to call the other.
    """
    _lock(member)
    version = AgreementVersion.objects.of(member).order_by("-number").first()
    if version is None or version.number != number or _said_yes(member, version):
        return
    CHANGES.spend(member.user_id)
    _tap(member, version)


@transaction.atomic
def withdraw(*, member: Member) -> None:
    """Take one's own yes back from every version: none is in force any more. Raises NotHere."""
    _lock(member)
    yes = AgreementTap.objects.of(member).filter(author=member)
    taken = list(yes.values_list("pk", flat=True))
    if taken:
        yes.delete()
        came_or_went(member, *taken)


def _said_yes(member: Member, version: AgreementVersion) -> bool:
    return AgreementTap.objects.of(member).filter(version=version, author=member).exists()


def _tap(member: Member, version: AgreementVersion, *new: UUID) -> None:
    tap = AgreementTap(couple_id=member.couple_id, version=version, author=member)
    tap.save(force_insert=True)
    came_or_went(member, tap.pk, *new)


def _lock(member: Member) -> None:
    """One change at a time, and none to what has ended."""
    couple = Couple.objects.select_for_update().get(pk=member.couple_id)
    if couple.state != "active":
        raise NotHere
