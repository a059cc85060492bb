"""What becomes of rituals when a couple begins, ends, or a member's words go for good."""

from couples import vault
from couples.clock import app_now
from couples.models import Member
from rituals import due
from rituals.models import CircleSession, Reminder, Ritual, RitualMove, RitualPart
from rituals.recurrence import next_occurrence


def carry_over(alone: Member, seated: Member) -> None:
    """The circle somebody planned alone becomes their suggestion; their own part comes along.

    If the other has brought a circle too, the second becomes a suggestion to move the first.
    """
    old = Ritual.objects.of(alone).first()
    if old is None:
        return
    ritual = Ritual.objects.of(seated).first()
    if ritual is None:
        ritual = _planned_anew(old, seated)
    elif ritual.schedule != old.schedule:
        _suggested(old, ritual, seated)
    part = RitualPart.objects.of(alone).filter(ritual=old).first()
    if part:
        _resealed(part, alone, seated, ritual)


def _planned_anew(old: Ritual, seated: Member) -> Ritual:
    ritual = Ritual(
        couple_id=seated.couple_id,
        planned_by=seated,
        weekday=old.weekday,
        local_time=old.local_time,
        tz=old.tz,
        anchor=old.anchor,
    )
    step = next_occurrence(ritual.rule, app_now())
    ritual.next_on, ritual.next_due_at = step.local_date, step.at_utc
    ritual.save(force_insert=True)
    return ritual


def _suggested(old: Ritual, ritual: Ritual, seated: Member) -> None:
    RitualMove(
        couple_id=seated.couple_id,
        ritual=ritual,
        proposed_by=seated,
        weekday=old.weekday,
        local_time=old.local_time,
        tz=old.tz,
    ).save(force_insert=True)


def _resealed(part: RitualPart, alone: Member, seated: Member, ritual: Ritual) -> None:
    words = vault.words(alone, part)
    moved = RitualPart(couple_id=seated.couple_id, author=seated, ritual=ritual)
    for name in ("mail_on", "own_words", "own_address", "lead_minutes", "subject", "every"):
        setattr(moved, name, getattr(part, name))
    moved.paused_until, moved.stopped_at = part.paused_until, part.stopped_at
    vault.seal(seated, moved, words)
    moved.save(force_insert=True)
    due.replan_part(moved, ritual, app_now())


def forget(member: Member) -> None:
    """Of a seat that was left: what it wrote, and what it was mailed."""
    for model in (CircleSession, RitualPart, Reminder):
        model.objects.of(member).delete()
    RitualMove.objects.of(member).filter(proposed_by_id=member.pk).delete()
