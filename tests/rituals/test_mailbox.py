"""The mailbox of a local run: only here, newest first, and nothing in it may act."""

import pytest
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse

from couples import mailbox
from couples.mailbox import FileMailbox

TEXT = "See http://localhost/x/ & <more>"


@pytest.fixture
def box(settings, tmp_path):
    settings.MAILBOX_DIR = tmp_path / "mailbox"
    settings.DEBUG = True

    def put(subject: str) -> str:
        message = EmailMultiAlternatives(subject, TEXT, to=["a@b.org"])
        message.attach_alternative("<html><head></head><p>page</p></html>", "text/html")
        message.attach("reminder.ics", "BEGIN:VCALENDAR", "text/calendar")
        FileMailbox().send_messages([message])
        return mailbox.newest()[0].name

    return put


@pytest.mark.parametrize("many", [0, 1, 3])
def test_newest_first_however_many(client, box, many):
    for number in range(many):
        box(f"Mail {number}")
    page = client.get(reverse("mailbox")).content.decode()
    found = [page.find(f"Mail {number}") for number in reversed(range(many))]
    assert found == sorted(found)
    assert -1 not in found
    assert ("No mail yet" in page) == (many == 0)


def test_a_mail_is_shown_with_its_links_files_and_headers(client, box):
    page = client.get(reverse("mailbox_message", args=[box("Hello")])).content.decode()
    for part in (
        '<a href="http://localhost/x/"',
        "&lt;more&gt;",
        "BEGIN:VCALENDAR",
        "Message-ID",
        'sandbox="allow-top-navigation-by-user-activation"',
    ):
        assert part in page


def test_the_page_of_a_mail_may_be_framed_here_and_do_nothing(client, box):
    answer = client.get(reverse("mailbox_html", args=[box("Hello")]))
    policy = answer["Content-Security-Policy"]
    assert "script-src" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'self'" in policy
    assert answer["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.parametrize("away", [{"REMOTE_ADDR": "192.0.2.7"}, {"HTTP_X_FORWARDED_FOR": "::1"}])
def test_from_elsewhere_or_without_debug_there_is_no_mailbox(client, box, settings, away):
    pages = [reverse("mailbox"), reverse("mailbox_message", args=[box("Hello")])]
    assert {client.get(page, **away).status_code for page in pages} == {404}
    settings.DEBUG = False
    assert {client.get(page).status_code for page in pages} == {404}


def test_a_mail_that_is_not_there_is_404(client, box):
    assert client.get(reverse("mailbox_message", args=["nothing"])).status_code == 404


def test_mails_are_files_of_their_owner_only(box, settings):
    box("Hello")
    (file,) = settings.MAILBOX_DIR.iterdir()
    assert (file.suffix, file.stat().st_mode & 0o777) == (".eml", 0o600)
    assert settings.MAILBOX_DIR.stat().st_mode & 0o777 == 0o700
