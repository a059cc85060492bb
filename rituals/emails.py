"""The mails of a ritual. Each is three files and one function; words stand in the templates only.

Nothing of the couple goes out: no names, no feelings, no content. The one exception is a sentence
that its reader wrote for themselves and switched on.
"""

from datetime import UTC, date, datetime
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives as Message
from django.urls import reverse

from couples import vault
from couples.clock import app_now
from couples.compose import compose
from couples.models import Member
from rituals import calendar, tokens
from rituals.models import RitualPart

ICS = "text/calendar; charset=utf-8; method=PUBLISH"


def reminder(
    member: Member, part: RitualPart, reminder_id: UUID, day: date, starts_at: datetime
) -> Message:
    assert member.user
    words = vault.words(member, part) if part.own_words or part.own_address else {}
    token = tokens.for_mail(member, part.ritual_id, day)
    links = reminder_links(token)
    context = {
        "starts": starts_at,
        "wording": words.get("wording", "") if part.own_words else "",
        "subject": part.subject,
        "links": links,
    }
    to = words["address"] if part.own_address else member.user.email
    message = compose("reminder", to, context, member.user)
    message.extra_headers |= {
        "Message-ID": f"<reminder.{reminder_id}@{settings.HOST}>",
        "Resend-Idempotency-Key": f"reminder/{reminder_id}",
        "List-Unsubscribe": f"<{links['stop']}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    ics = calendar.event(
        reminder_id, starts_at, member.user.timezone, str(message.subject), app_now()
    )
    message.attach("reminder.ics", ics.decode(), ICS)
    return message


def reminder_links(token: str) -> dict[str, str]:
    links = {name: reverse("mail_choice", args=[token, name]) for name in ("skip", "fewer")}
    links |= {"snooze": reverse("mail_choice", args=[token, "snooze"])}
    links |= {"stop": reverse("mail_stop", args=[token]), "open": reverse("circle")}
    return {name: f"{settings.PUBLIC_URL}{path}" for name, path in links.items()}


def confirm_address(member: Member, part: RitualPart, address: str) -> Message:
    assert member.user
    token = tokens.for_address(member, part, address)
    link = f"{settings.PUBLIC_URL}{reverse('mail_address', args=[token])}"
    return compose("address", address, {"link": link}, member.user)


def samples(member: Member, part: RitualPart) -> list[Message]:
    """One of each kind, for previews and tests."""
    starts = datetime(2026, 11, 29, 18, 30, tzinfo=UTC)
    return [
        reminder(member, part, UUID(int=1), starts.date(), starts),
        confirm_address(member, part, "somewhere@example.org"),
    ]
