"""A couple to look around with on a local run, made through the same actions as anybody's."""

import tomllib
from datetime import datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db import transaction

from couples import agreement, cards, invitations, memberships
from couples.clock import app_now, remember_now
from couples.comfort import Edges
from couples.models import Member, User
from prompts.actions import answering, drafts, sharing
from prompts.exchange import Verdict
from prompts.models import Disclosure
from rituals.actions import plan
from rituals.models import Ritual

STORY = Path(__file__).parent / "en.toml"
Told = dict[str, Any]


@transaction.atomic
def make() -> None:
    """Raises IntegrityError if these two are here already."""
    story = tomllib.loads(STORY.read_text())
    people = [_person(words, story["zone"]) for words in story["person"]]
    _pair(*people)
    now = app_now()
    try:
        remember_now(now - timedelta(days=21))
        for user, words in zip(people, story["person"], strict=True):
            _prepare(user, words)
        _agree(people)
        for told in story["exchange"]:
            _exchange({user.name: user for user in people}, told, now)
    finally:
        remember_now(None)
    _circle(people, story["circle"], story["zone"])


def _person(words: Told, zone: str) -> User:
    user = User.objects.create_user(words["email"], name=words["name"], timezone=zone)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    memberships.open_solo(user)
    return user


def _seat(user: User) -> Member:
    member = memberships.standing(user).member
    assert member
    return member


def _pair(inviter: User, invited: User) -> None:
    invitation = invitations.invite(member=_seat(inviter))
    link = invitations.link(member=_seat(inviter), invitation=invitation)
    invitations.accept(member=_seat(invited), token=link.rstrip("/").rsplit("/", 1)[-1])
    invitations.confirm(member=_seat(inviter), invitation_id=invitation.pk)


def _prepare(user: User, words: Told) -> None:
    gently = dict.fromkeys(words["gently"], "gently")
    cards.change(member=_seat(user), wish=Edges(words["depth"], gently))  # type: ignore[arg-type]
    lines = {"wished": words["wished"], "stems": [], "lines": words["lines"]}
    agreement.write(member=_seat(user), lines=lines)


def _agree(people: list[User]) -> None:
    for user in people:
        agreement.say_yes(member=_seat(user), number=len(people))


def _exchange(people: dict[str, User], told: Told, now: datetime) -> None:
    at = partial(_at, now, now - timedelta(days=told["days"]))
    joined = None
    for number, words in enumerate(told["disclosure"]):
        remember_now(at(18, number))
        author = people[words["by"]]
        draft = drafts.begin(member=_seat(author), words=_words(told, words), exchange=joined)
        together = bool(told.get("together"))
        exchange = sharing.send(member=_seat(author), draft=draft, together=together)
        joined = exchange if together else None
    for words in told["disclosure"]:
        author, other = people[words["by"]], _other(people, words["by"])
        for number, parts in enumerate(words.get("reply", ())):
            remember_now(at(20, number))
            _reply(author, other, _disclosure_of(author, exchange.pk), parts)


def _disclosure_of(author: User, exchange: UUID) -> Disclosure:
    member = _seat(author)
    return Disclosure.objects.of(member).get(exchange_id=exchange, author=member)


def _reply(author: User, other: User, disclosure: Disclosure, parts: Told) -> None:
    member = _seat(other)
    theirs = Disclosure.objects.of(member).get(pk=disclosure.pk)
    answering.open_disclosure(member=member, disclosure=theirs)
    words = {key: text for key, text in parts.items() if key not in ("verdict", "note")}
    draft = drafts.begin(member=member, words=words, answers=theirs)
    reply = answering.reply(member=member, draft=draft)
    if "verdict" in parts:
        note = {"note": parts["note"]} if "note" in parts else {}
        verdict = Verdict(parts["verdict"])
        sharing.land(member=_seat(author), reply=reply, verdict=verdict, words=note)


def _words(told: Told, words: Told) -> Told:
    said = {key: value for key, value in words.items() if key not in ("by", "reply")}
    prompt = {"key": "", "text": told["prompt"]}
    return {"prompt": prompt, "topic": told["topic"], "depth": told["depth"], **said}


def _other(people: dict[str, User], name: str) -> User:
    return next(user for user in people.values() if user.name != name)


def _at(now: datetime, day: datetime, hour: int, quarters: int) -> datetime:
    """An evening hour of that day, or earlier if that evening has not come yet."""
    return min(now, day.replace(hour=hour, minute=0)) + timedelta(minutes=15 * quarters)


def _circle(people: list[User], circle: Told, zone: str) -> None:
    member = _seat(people[0])
    at = time.fromisoformat(circle["time"])
    plan.plan(member=member, weekday=circle["weekday"], local_time=at, tz=zone)
    ritual = Ritual.objects.of(member).get()
    plan.agree(member=_seat(people[1]), to=ritual.pk)
