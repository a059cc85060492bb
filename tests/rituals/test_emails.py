"""What leaves by mail: when, a neutral word, and at most one's own line (S19)."""

from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from uuid import UUID

import pytest
from icalendar import Calendar

from couples.models import User
from rituals import emails
from rituals.actions import mine
from tests.cast import seat
from tests.rituals.stage import circle, part, sweep, to_due

pytestmark = [pytest.mark.django_db, pytest.mark.safety("S19")]
STARTS = datetime(2027, 1, 10, 18, 30, tzinfo=UTC)


@pytest.fixture
def ben(ana: User, ben: User) -> User:
    ben.timezone = "America/New_York"
    ben.save()
    circle(ana, ben)
    return ben


def mail(user: User):
    row = part(user)
    return emails.reminder(seat(user), row, UUID(int=7), date(2027, 1, 10), STARTS)


def raw(message) -> str:
    parsed = message_from_bytes(message.message().as_bytes(), policy=policy.default)
    bodies = [part.get_content() for part in parsed.walk() if not part.is_multipart()]
    return "\n".join([str(parsed.items()), *map(str, bodies)])


def test_nobody_is_named_and_nothing_is_told(ana, ben):
    mine.change(member=seat(ana), wording="tea first, phones away")
    for message in emails.samples(seat(ana), part(ana)):
        said = raw(message).replace("ana@example.org", "")
        for word in (
            "Ana",
            "Ben",
            "partner",
            "couple",
            "feeling",
            "emotion",
            "Leeway",
            "tea first",
        ):
            assert word not in said


def test_one_s_own_line_goes_only_to_oneself_and_only_when_switched_on(ana, ben):
    mine.change(member=seat(ana), wording="tea first, phones away", own_words=True)
    assert "tea first, phones away" in raw(mail(ana))
    assert "tea first" not in raw(mail(ben))


def test_markup_in_one_s_own_line_stays_text(ana, ben):
    mine.change(member=seat(ana), wording="<b>now</b> & here", own_words=True)
    text, page = mail(ana).body, mail(ana).alternatives[0][0]
    assert "<b>now</b> & here" in text
    assert "<b>now</b>" not in page
    assert "&lt;b&gt;now" in page


@pytest.mark.parametrize(
    ("chosen", "subject"),
    [
        ("reminder", "A reminder you asked for"),
        ("calendar", "A note from your calendar"),
        ("note", "A note to yourself"),
    ],
)
def test_the_subject_is_neutral_and_chosen_by_its_reader(ana, ben, chosen, subject):
    mine.change(member=seat(ana), wording="", subject=chosen)
    message = mail(ana)
    assert (message.subject, message.from_email[:13]) == (subject, "Notes for two")
    assert subject in raw(message)


def test_each_reads_the_hour_on_their_own_clock(ana, ben):
    assert "Sunday, 19:30" in mail(ana).body
    assert "Sunday, 13:30" in mail(ben).body


def test_headers_say_how_to_stop_it_and_that_no_person_sent_it(ana, ben):
    headers = mail(ana).message()
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers["List-Unsubscribe"].startswith("<http://localhost:8000/r/")
    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["Message-ID"] == mail(ana).message()["Message-ID"]


def test_text_and_page_with_a_night_theme_and_nothing_from_elsewhere(ana, ben):
    page = mail(ana).alternatives[0][0]
    assert "prefers-color-scheme: dark" in page
    assert 'style="' in page
    for outside in ("<img", "<script", "<link", "url(", "https://"):
        assert outside not in page


def test_the_calendar_file_knows_its_zone_and_says_nothing(ana, ben):
    ((name, ics, kind),) = mail(ben).attachments
    assert (name, kind) == ("reminder.ics", "text/calendar; charset=utf-8; method=PUBLISH")
    calendar = Calendar.from_ical(ics)
    (event,) = calendar.walk("VEVENT")
    assert event.decoded("dtstart").astimezone(UTC) == STARTS
    assert str(event["summary"]) == "A reminder you asked for"
    assert [str(zone["tzid"]) for zone in calendar.walk("VTIMEZONE")] == ["America/New_York"]
    assert "Ana" not in ics
    assert "Ben" not in ics


@pytest.mark.safety("S1")
def test_what_is_sent_to_one_is_the_same_whatever_the_other_chose(ana, ben, mailoutbox):
    before = raw(mail(ana))
    mine.stop(member=seat(ben))
    assert raw(mail(ana)) == before or differs_only_in_stamp(raw(mail(ana)), before)


def differs_only_in_stamp(one: str, other: str) -> bool:
    lines = zip(one.splitlines(), other.splitlines(), strict=True)
    changed = [a for a, b in lines if a != b]
    return all("DTSTAMP" in line or "boundary" in line or "Date" in line for line in changed)


def test_a_custom_address_is_used_once_it_has_answered(ana, ben, mailoutbox):
    from rituals.actions import address

    address.ask(member=seat(ana), address="elsewhere@example.org")
    assert [message.to for message in mailoutbox] == [["elsewhere@example.org"]]
    assert mail(ana).to == ["ana@example.org"]
    from rituals.tokens import fingerprint

    address.confirm(member=seat(ana), fingerprint=fingerprint("elsewhere@example.org"))
    assert mail(ana).to == ["elsewhere@example.org"]
    to_due(ana)
    sweep()
    assert {message.to[0] for message in mailoutbox[1:]} == {
        "elsewhere@example.org",
        "ben@example.org",
    }
