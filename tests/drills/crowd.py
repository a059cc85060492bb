"""Many couples whose circle begins soon: their reminders are to be planned and are due at once."""

from datetime import timedelta

from couples.clock import app_now
from couples.models import Couple, Member, User
from rituals.models import Ritual, RitualPart


def everybody_has_a_circle(people: int) -> None:
    """Couples of two; each person asks to be reminded an hour before, which has just passed."""
    now = app_now()
    begins = (now + timedelta(minutes=55)).replace(second=0, microsecond=0)
    couples = [Couple() for _ in range(people // 2)]
    users = [User(email=f"p{number}@example.org", name="P") for number in range(people)]
    members = [
        Member(couple=couples[number // 2], seat=number % 2 + 1, user=user, joined_at=now)
        for number, user in enumerate(users)
    ]
    rituals = [
        Ritual(
            couple=couple,
            planned_by=members[2 * number],
            agreed=True,
            weekday=begins.weekday(),
            local_time=begins.time(),
            tz="UTC",
            anchor=begins.date(),
            next_on=begins.date(),
            next_due_at=begins,
        )
        for number, couple in enumerate(couples)
    ]
    parts = [
        RitualPart(
            couple_id=member.couple_id,
            author=member,
            ritual=rituals[number // 2],
            lead_minutes=60,
            sealed=b"",
        )
        for number, member in enumerate(members)
    ]
    Couple.objects.bulk_create(couples)
    User.objects.bulk_create(users)
    for rows in (members, rituals, parts):
        type(rows[0]).objects.across_couples().bulk_create(rows)
