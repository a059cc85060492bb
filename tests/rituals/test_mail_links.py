"""Links in mails: looking changes nothing, one POST acts, and all die with the seat (S12, S19)."""

import re
from contextlib import suppress
from datetime import UTC, datetime, time, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from couples import leaving
from couples.errors import TooMany
from couples.models import User
from rituals import tokens
from rituals.actions import address, plan
from rituals.models import Ritual
from tests.cast import person, seat, signed_in
from tests.rituals.stage import circle, clock_to, part, reminders, sweep, to_due

pytestmark = [pytest.mark.django_db, pytest.mark.safety("S19")]
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def ben(ana: User, ben: User) -> User:
    circle(ana, ben)
    return ben


@pytest.fixture
def links(ana, ben, mailoutbox) -> dict[str, str]:
    """The addresses in the mail Ana got, by their last word; `stop` is the header's."""
    to_due(ana)
    sweep()
    (mail,) = [one for one in mailoutbox if one.to == ["ana@example.org"]]
    found = {url.rstrip("/").rsplit("/", 1)[-1]: url for url in re.findall(r"http\S+", mail.body)}
    found["stop"] = mail.extra_headers["List-Unsubscribe"].strip("<>")
    return {name: url.removeprefix("http://localhost:8000") for name, url in found.items()}


@pytest.fixture
def anyone() -> Client:
    """Somebody's mail program: no cookie, and every CSRF check on."""
    return Client(enforce_csrf_checks=True)


def test_looking_shows_a_button_and_changes_nothing(ana, links, anyone):
    for name in ("stop", "skip", "snooze", "fewer"):
        before = (part(ana).mail_on, part(ana).every, [row.state for row in reminders(ana)])
        answer = anyone.get(links[name])
        assert answer.status_code == 200
        assert b"<button" in answer.content
        assert not answer.cookies
        assert (part(ana).mail_on, part(ana).every, [r.state for r in reminders(ana)]) == before


@pytest.mark.parametrize("form", ["encoded", "multipart"])
def test_one_click_stops_the_mail_twice_over_without_cookie_or_redirect(
    ana, ben, links, anyone, form
):
    body = {"data": ONE_CLICK}
    if form == "encoded":
        body = {
            "data": "List-Unsubscribe=One-Click",
            "content_type": "application/x-www-form-urlencoded",
        }
    for _ in range(2):
        answer = anyone.post(links["stop"], **body)
        assert (answer.status_code, answer.cookies) == (200, {})
        assert not part(ana).mail_on
    assert part(ben).mail_on


def test_skip_snooze_and_fewer_do_what_they_say(ana, links, anyone):
    assert anyone.post(links["snooze"]).status_code == 200
    assert [row.kind for row in reminders(ana)] == ["remind", "snoozed"]
    assert anyone.post(links["skip"]).status_code == 200
    assert [row.state for row in reminders(ana)] == ["sent", "skipped"]
    anyone.post(links["fewer"])
    assert part(ana).every == 2


def test_an_old_link_says_kindly_that_this_one_is_over(ana, links, anyone):
    clock_to(datetime(2027, 2, 1, tzinfo=UTC))
    answer = anyone.post(links["skip"])
    assert answer.status_code == 200
    assert b"That one is over" in answer.content


@pytest.mark.safety("S12")
def test_every_link_dies_when_the_seat_is_left(ana, ben, links, anyone):
    leaving.leave(member=seat(ben))
    unknown = anyone.get("/r/unknown/").content
    for name in ("stop", "skip", "snooze", "fewer"):
        for answer in (anyone.get(links[name]), anyone.post(links[name])):
            assert answer.status_code == 404
            assert answer.content == unknown


def test_the_open_link_leads_through_sign_in_to_the_circle(ana, links, anyone):
    assert links["circle"] == "/rituals/circle/"
    answer = anyone.get(links["circle"])
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/code/?next=/rituals/circle/")


@pytest.mark.safety("S34")
def test_a_token_that_was_changed_opens_nothing(ana, ben, anyone):
    ritual = Ritual.objects.of(seat(ana)).get()
    token = tokens.for_mail(seat(ana), ritual.id, datetime(2027, 1, 10, tzinfo=UTC).date())
    assert anyone.get(f"/r/{token}/").status_code == 200
    for wrong in (token[:-1], token[1:], token.swapcase(), f"{token}x", "x", f"{token}.", "é"):
        assert anyone.post(f"/r/{wrong}/").status_code == 404
    assert part(ana).mail_on


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(links, anyone, method):
    assert getattr(anyone, method)(links["stop"]).status_code == 405


def test_an_address_is_confirmed_by_its_own_link_within_three_days(ana, ben, anyone, mailoutbox):
    from rituals.actions import address

    address.ask(member=seat(ana), address="elsewhere@example.org")
    link = re.search(r"http://localhost:8000(\S+)", mailoutbox[-1].body)[1]
    assert anyone.get(link).status_code == 200
    assert not part(ana).own_address
    assert anyone.post(link).status_code == 200
    assert part(ana).own_address
    assert anyone.post(link).status_code == 200
    address.ask(member=seat(ana), address="third@example.org")
    address.use_account(member=seat(ana))
    assert anyone.post(link).status_code == 404


@pytest.mark.safety("S28")
def test_planning_anew_gives_no_new_addresses(mailoutbox):
    eve = person("Eve")
    for number in range(5):
        plan.plan(member=seat(eve), weekday=6, local_time=time(19, 30), tz="Europe/Berlin")
        with suppress(TooMany):
            address.ask(member=seat(eve), address=f"a{number}@example.org")
        plan.withdraw(member=seat(eve))
    assert len(mailoutbox) == 3


def test_no_more_than_three_addresses_are_asked_a_day(ana, ben, mailoutbox):
    for number in range(3):
        address.ask(member=seat(ana), address=f"a{number}@example.org")
    with pytest.raises(TooMany):
        address.ask(member=seat(ana), address="a4@example.org")
    assert len(mailoutbox) == 3
    typed = {"email": "a4@example.org"}
    refused = signed_in(ana).post(reverse("ritual_address"), typed)
    assert refused.status_code == 429
    assert 'value="a4@example.org"' in refused.content.decode()
    clock_to(datetime(2027, 1, 6, 12, tzinfo=UTC) + timedelta(days=1))
    address.ask(member=seat(ana), address="a5@example.org")
    assert len(mailoutbox) == 4
