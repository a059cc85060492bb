"""A couple with a long history, made with a fixed seed: the same sentences in each run."""

import random
from datetime import timedelta
from uuid import UUID

from django.db import connection
from django.utils import timezone

from couples import memberships, vault
from couples.models import Couple, Member, User
from prompts.library import library
from prompts.models import Disclosure, Exchange, Landing, Reply

BETWEEN = timedelta(hours=6)
AT_ONCE = 2000
SENTENCES = (
    "My review was moved again, and nobody said why.",
    "I sat in the car for ten minutes before I came up.",
    "I said it was fine, & it wasn't.",
    "The light in the kitchen was on when I came home, and I was glad of it.",
    "I keep thinking about what you said on the bridge.",
    "It is small, but it has been with me all day.",
)


def couple() -> Member:
    """The first of two, as a request of theirs would see them."""
    both = Couple.objects.create(state="active")
    for seat, name in enumerate(("Ana", "Ben"), 1):
        user = User.objects.create_user(f"{name.lower()}@example.org", name=name, timezone="UTC")
        memberships.take_seat(both, seat, user)
    found = memberships.standing(User.objects.get(name="Ana")).member
    assert found
    return found


class History:
    """Exchanges in which one tells something, the other answers, and it lands."""

    def __init__(self, viewer: Member) -> None:
        assert viewer.partner
        self.pair = (viewer, viewer.partner)
        self.words = library("en")
        self.dice = random.Random(1)  # noqa: S311
        self.now = timezone.now().replace(minute=0, second=0, microsecond=0)

    def fill(self, length: int) -> None:
        for first in range(0, length, AT_ONCE):
            some = [self._one(n, length) for n in range(first, min(first + AT_ONCE, length))]
            for model, rows in zip(
                (Exchange, Disclosure, Reply, Landing), zip(*some, strict=True), strict=True
            ):
                model.objects.across_couples().bulk_create(rows)
        with connection.cursor() as cursor:
            cursor.execute("vacuum analyze")

    def _one(self, number: int, length: int) -> tuple[Exchange, Disclosure, Reply, Landing]:
        teller, hearer = self.pair if number % 2 else self.pair[::-1]
        prompt = self.dice.choice(self.words.prompts)
        when = self.now - timedelta(days=8) - (length - number) * BETWEEN
        of_teller = {"couple_id": teller.couple_id, "author": teller}
        exchange = Exchange(
            **of_teller, id=self._id(), topic=prompt.topic, depth=prompt.depth,
            number=number + 1, begun=when,
        )  # fmt: skip
        words = {"prompt": {"key": prompt.key, "text": prompt.text}}
        vault.seal(teller, exchange, words)
        told = Disclosure(
            **of_teller, id=self._id(), exchange=exchange, depth=prompt.depth, offered=when,
            state="landed", rounds=1, was_opened=True,
        )  # fmt: skip
        vault.seal(teller, told, {**words, **self._told()})
        reply = Reply(
            couple_id=teller.couple_id, author=hearer, id=self._id(), disclosure=told,
            discloser=teller, round=1, sent=when,
        )  # fmt: skip
        parts = {key: self._said(2) for key in ("heard", "makes_sense", "thanks")}
        vault.seal(hearer, reply, {**parts, "all_right": "with_you"})
        landing = Landing(
            **of_teller, id=self._id(), reply=reply, verdict="thats_it", given=when
        )  # fmt: skip
        vault.seal(teller, landing, {})
        return exchange, told, reply, landing

    def _told(self) -> dict[str, object]:
        feelings = self.dice.sample(sorted(self.words.feeling), 3)
        region = self.dice.choice([one.key for one in self.words.body.regions])
        return {
            "text": self._said(4),
            "feelings": feelings,
            "body": [{"region": region, "sensation": ""}],
            "wished": self.dice.choice(self.words.wishes).key,
            "ask": "A hug, no advice",
        }

    def _said(self, most: int) -> str:
        return " ".join(self.dice.choices(SENTENCES, k=self.dice.randint(1, most)))

    def _id(self) -> UUID:
        return UUID(int=self.dice.getrandbits(128), version=4)
