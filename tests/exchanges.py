"""Exchanges for tests, made through the actions a person's clicks call."""

from typing import Any

from couples.models import Member, User
from prompts.actions import answering, drafts, sharing
from prompts.exchange import Verdict
from prompts.models import Disclosure, Exchange, Reply
from tests.cast import seat

TEXT = "My review was moved again. I sat in the car for ten minutes."
ANSWER = {
    "heard": "They moved it again and you sat in the car, deflated.",
    "thanks": "Thank you for telling me about the car.",
    "all_right": "with_you",
}


def disclosure_words(**more: Any) -> dict[str, Any]:
    return {
        "prompt": {"key": "", "text": "What sat with you today?"},
        "topic": "work",
        "depth": 2,
        "text": TEXT,
        "feelings": [],
        "body": [{"region": "chest", "sensation": ""}],
        "wished": "hear",
        **more,
    }


def share(author: User, *, together: bool = False, **more: Any) -> Exchange:
    member = seat(author)
    draft = drafts.begin(member=member, words=disclosure_words(**more))
    return sharing.send(member=member, draft=draft, together=together)


def join(member: Member, exchange: Exchange, **more: Any) -> Exchange:
    draft = drafts.begin(member=member, words=disclosure_words(**more), exchange=exchange)
    return sharing.send(member=member, draft=draft)


def disclosure_of(author: User, exchange: Exchange) -> Disclosure:
    member = seat(author)
    return Disclosure.objects.of(member).get(exchange=exchange, author=member)


def answer(replier: User, disclosure: Disclosure, **more: Any) -> Reply:
    member = seat(replier)
    theirs = Disclosure.objects.of(member).get(pk=disclosure.pk)
    answering.open_disclosure(member=member, disclosure=theirs)
    draft = drafts.begin(member=member, words={**ANSWER, **more}, answers=theirs)
    return answering.reply(member=member, draft=draft)


def landed(author: User, replier: User, **more: Any) -> Exchange:
    exchange = share(author, **more)
    reply = answer(replier, disclosure_of(author, exchange))
    sharing.land(member=seat(author), reply=reply, verdict=Verdict.THATS_IT, words={})
    return exchange
