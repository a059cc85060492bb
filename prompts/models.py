"""What two people say to each other. Every word is in `sealed`; in clear stand state, depth, topic
and coarse times only."""

from django.db import models
from django.db.models import F, Q

from couples.models import Member
from couples.tenancy import CoupleOwned, Private, Written
from prompts.exchange import State, Verdict


def _one_of(field: str, values: "type[State] | type[Verdict] | tuple[str, ...]") -> Q:
    return Q(**{f"{field}__in": [str(value) for value in values]})


KINDS = ("one", "together", "circle")


class Exchange(Written):
    """One opening and all that follows. Its author opened it; `sealed` holds the prompt.

    In a *together* exchange (and a kept circle) neither answer is shown before both are there.
    """

    kind = models.CharField(max_length=8, default="one")
    topic = models.CharField(max_length=24)
    depth = models.SmallIntegerField()
    number = models.BigIntegerField()
    begun = models.DateTimeField()
    # Taken back before the partner had opened it: only its author ever knows that it was.
    gone = models.BooleanField(default=False)

    class Meta(Written.Meta):
        constraints = [
            *Written.Meta.constraints,
            models.UniqueConstraint(fields=["couple", "number"], name="exchange_one_a_number"),
            models.CheckConstraint(condition=_one_of("kind", KINDS), name="exchange_kind"),
            models.CheckConstraint(condition=Q(depth__range=(1, 4)), name="exchange_depth"),
        ]

    @classmethod
    def visible_to(cls, member: Member) -> Q:
        return super().visible_to(member) & (Q(author_id=member.id) | Q(gone=False))


class Disclosure(Written):
    """What one member shares within an exchange."""

    exchange = models.ForeignKey(Exchange, models.CASCADE, related_name="+", db_constraint=False)
    state = models.CharField(max_length=9, default=State.OFFERED)
    depth = models.SmallIntegerField()
    offered = models.DateTimeField()
    edited = models.DateTimeField(null=True)
    taken_back = models.DateTimeField(null=True)
    was_opened = models.BooleanField(default=False)
    # False while a together exchange waits for the other answer.
    shown = models.BooleanField(default=True)
    ideas_welcome = models.BooleanField(default=False)
    rounds = models.SmallIntegerField(default=0)

    class Meta(Written.Meta):
        constraints = [
            *Written.Meta.constraints,
            models.UniqueConstraint(
                fields=["couple", "exchange", "author"], name="disclosure_one_each"
            ),
            models.UniqueConstraint(
                fields=["couple", "id", "author"], name="disclosure_and_its_author"
            ),
            models.CheckConstraint(condition=_one_of("state", State), name="disclosure_state"),
            models.CheckConstraint(condition=Q(depth__range=(1, 4)), name="disclosure_depth"),
            models.CheckConstraint(condition=Q(rounds__range=(0, 3)), name="disclosure_rounds"),
        ]

    @classmethod
    def visible_to(cls, member: Member) -> Q:
        theirs = Q(shown=True) & ~Q(state=State.WITHDRAWN, was_opened=False)
        return super().visible_to(member) & (Q(author_id=member.id) | theirs)


class Reply(Written):
    """An answer to the other's disclosure. `holding` ones say "I'm here" and are not a round."""

    disclosure = models.ForeignKey(
        Disclosure, models.CASCADE, related_name="+", db_constraint=False
    )
    # Repeated so that PostgreSQL can see that nobody answers themselves.
    discloser = models.ForeignKey(Member, models.CASCADE, related_name="+", db_constraint=False)
    kind = models.CharField(max_length=8, default="full")
    round = models.SmallIntegerField()
    sent = models.DateTimeField()
    edited = models.DateTimeField(null=True)
    taken_back = models.DateTimeField(null=True)

    class Meta(Written.Meta):
        constraints = [
            *Written.Meta.constraints,
            models.UniqueConstraint(
                fields=["couple", "disclosure", "round"],
                condition=Q(kind="full", taken_back=None),
                name="reply_one_a_round",
            ),
            models.CheckConstraint(
                condition=_one_of("kind", ("full", "holding", "ideas")), name="reply_kind"
            ),
            models.CheckConstraint(condition=Q(round__range=(1, 3)), name="reply_round"),
            models.CheckConstraint(
                condition=~Q(author_id=F("discloser_id")), name="nobody_answers_themselves"
            ),
        ]


class Landing(Written):
    """The discloser's word on a reply."""

    reply = models.ForeignKey(Reply, models.CASCADE, related_name="landings", db_constraint=False)
    verdict = models.CharField(max_length=8)
    given = models.DateTimeField()

    class Meta(Written.Meta):
        constraints = [
            *Written.Meta.constraints,
            models.UniqueConstraint(fields=["couple", "reply"], name="landing_one_a_reply"),
            models.CheckConstraint(condition=_one_of("verdict", Verdict), name="landing_verdict"),
        ]


class Draft(Private):
    """Words not sent. Its id becomes the id of what it is sent as, so sending twice sends once.

    `revision` goes up with each save; a save that started from an older one becomes a second
    draft, and nothing is lost.
    """

    class Purpose(models.TextChoices):
        DISCLOSURE = "disclosure"
        REPLY = "reply"

    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    # Answering a together exchange; none for a new opening.
    exchange = models.ForeignKey(
        Exchange, models.CASCADE, null=True, related_name="+", db_constraint=False
    )
    # What a reply answers.
    disclosure = models.ForeignKey(
        Disclosure, models.CASCADE, null=True, related_name="+", db_constraint=False
    )
    revision = models.IntegerField(default=1)
    saved = models.DateTimeField()


class SetAside(CoupleOwned):
    """An exchange one member does not want on their first page. Only they know."""

    author = models.ForeignKey(Member, models.CASCADE, related_name="+", db_constraint=False)
    exchange = models.ForeignKey(Exchange, models.CASCADE, related_name="+", db_constraint=False)

    class Meta(CoupleOwned.Meta):
        constraints = [
            *CoupleOwned.Meta.constraints,
            models.UniqueConstraint(fields=["couple", "author", "exchange"], name="set_aside_once"),
        ]

    @classmethod
    def visible_to(cls, member: Member) -> Q:
        return Q(author_id=member.id)


class MenuMemory(Private):
    """What one member was offered lately, so that no text comes again too soon."""

    class Meta(Private.Meta):
        constraints = [
            *Private.Meta.constraints,
            models.UniqueConstraint(fields=["couple", "author"], name="one_menu_memory"),
        ]


class CoachChoice(Private):
    """The kinds of notices one member has switched off."""

    class Meta(Private.Meta):
        constraints = [
            *Private.Meta.constraints,
            models.UniqueConstraint(fields=["couple", "author"], name="one_coach_choice"),
        ]
