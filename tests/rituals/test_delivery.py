"""How far a mail got, for each thing a server may do to it (reliability 6.3, drill D3)."""

import pytest
from django.core.mail import EmailMessage

from rituals.delivery import SMTP, Courier, LeaseLost, Outcome, Result
from tests.drills.sink import DROP, running

LATER, BOUNCED, UNKNOWN = Result.LATER, Result.BOUNCED, Result.UNKNOWN


@pytest.fixture
def mail() -> EmailMessage:
    body = "a line\n.\n.. two dots\nthe end"
    headers = {"Message-ID": "<one@test>"}
    return EmailMessage("A reminder", body, "Notes <n@test>", ["ana@test"], headers=headers)


@pytest.fixture
def smtp(settings):
    def use(sink) -> None:
        settings.EMAIL_BACKEND, settings.EMAIL_TIMEOUT = SMTP, 0.3
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port

    return use


def deliver(mail: EmailMessage) -> tuple[Outcome, int]:
    dots: list[int] = []
    with Courier() as courier:
        return courier.deliver(mail, lambda: dots.append(1)), len(dots)


@pytest.mark.parametrize(
    ("faults", "outcome", "dots", "kept"),
    [
        ({}, Outcome(Result.SENT, 250), 1, 1),
        ({"connect": DROP}, Outcome(LATER), 0, 0),
        ({"connect": "421 busy"}, Outcome(LATER), 0, 0),
        ({"mail": "450 wait"}, Outcome(LATER, 450), 0, 0),
        ({"mail": "550 not from you"}, Outcome(LATER, 550), 0, 0),
        ({"mail": DROP}, Outcome(LATER), 0, 0),
        ({"rcpt": "450 4.2.0 greylisted"}, Outcome(LATER, 450), 0, 0),
        ({"rcpt": "452 4.2.2 full"}, Outcome(LATER, 452), 0, 0),
        ({"rcpt": "550 5.1.1 nobody here"}, Outcome(BOUNCED, 550, no_such_address=True), 0, 0),
        ({"rcpt": "550 5.7.1 no"}, Outcome(BOUNCED, 550), 0, 0),
        ({"rcpt": DROP}, Outcome(LATER), 0, 0),
        ({"data": "451 later"}, Outcome(LATER, 451), 0, 0),
        ({"data": DROP}, Outcome(LATER), 0, 0),
        ({"body": DROP}, Outcome(UNKNOWN), 1, 0),
        ({"dot": "451 later"}, Outcome(LATER, 451, refused_at_dot=True), 1, 0),
        ({"dot": "552 too big"}, Outcome(BOUNCED, 552, refused_at_dot=True), 1, 0),
        ({"dot": DROP, "dot_kept": "yes"}, Outcome(UNKNOWN), 1, 1),
    ],
)
def test_each_way_a_server_can_answer(mail, smtp, faults, outcome, dots, kept):
    with running(**faults) as sink:
        smtp(sink)
        found = deliver(mail)
    if faults == {"body": DROP}:  # the dot may or may not have left: never "sent", never "bounced"
        assert found[0].result in (LATER, UNKNOWN)
    else:
        assert found == (outcome, dots)
    assert len(sink.accepted) == kept


def test_a_server_that_is_not_there_is_tried_again_later(mail, smtp):
    with running() as sink:
        smtp(sink)
    assert deliver(mail) == (Outcome(LATER), 0)


def test_what_arrives_is_what_was_written_dots_and_all(mail, smtp):
    with running() as sink:
        smtp(sink)
        deliver(mail)
    lines = sink.accepted[0].get_payload(decode=True).decode().split()
    assert " ".join(lines) == "a line . .. two dots the end"


def test_a_lost_lease_leaves_the_mail_unsent(mail, smtp):
    def lost() -> None:
        raise LeaseLost

    with running() as sink:
        smtp(sink)
        with pytest.raises(LeaseLost), Courier() as courier:
            courier.deliver(mail, lost)
        assert deliver(mail)[0].result is Result.SENT
    assert len(sink.accepted) == 1


def test_one_connection_carries_many_mails_and_a_stale_one_is_replaced(mail, smtp):
    with running() as sink, Courier() as courier:
        smtp(sink)
        for _ in range(3):
            assert courier.deliver(mail, lambda: None).result is Result.SENT
        assert sink.sessions == 1
        sink.hang_up()
        assert courier.deliver(mail, lambda: None).result is Result.SENT
    assert (len(sink.accepted), sink.sessions) == (4, 2)


def test_any_other_backend_took_the_mail_or_raised(mail, settings, mailoutbox):
    assert deliver(mail)[0] == Outcome(Result.SENT)
    assert len(mailoutbox) == 1
    settings.EMAIL_BACKEND = "tests.rituals.test_delivery.Broken"
    assert deliver(mail)[0] == Outcome(LATER, refused_at_dot=True)


class Broken:
    def __init__(self, **_: object) -> None: ...

    def send_messages(self, _: object) -> int:
        raise OSError("no room on the disk")
