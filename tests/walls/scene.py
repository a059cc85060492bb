"""Ana and Ben with something in every place where a person writes, each text unlike any other.

Everything is put there by the actions that people's clicks call. `shared` may be read by both,
`anas` by Ana alone, `bens` by Ben alone, and none of it by anybody else.
"""

from dataclasses import dataclass, field
from itertools import count
from uuid import UUID, uuid4

from couples import agreement, cards, memberships, vault
from couples.comfort import Edges
from couples.models import Member
from prompts.actions import answering, drafts, sharing
from prompts.exchange import Verdict
from prompts.models import Disclosure, Exchange, Reply
from rituals import tokens
from rituals.actions import address, circle, mine
from rituals.models import Ritual
from rituals.session import Move
from tests.cast import Cast, everybody, seat
from tests.exchanges import disclosure_words
from tests.rituals import stage

numbers = count(1)


@dataclass
class Scene:
    cast: Cast
    shared: list[str] = field(default_factory=list)
    anas: list[str] = field(default_factory=list)
    bens: list[str] = field(default_factory=list)
    ids: dict[str, UUID | str] = field(default_factory=dict)

    @property
    def ana(self) -> Member:
        return seat(self.cast.ana)

    @property
    def ben(self) -> Member:
        return seat(self.cast.ben)

    def every(self) -> list[str]:
        return [*self.shared, *self.anas, *self.bens]


def mark(kept_in: list[str]) -> str:
    """A word that stands nowhere else; letters only, so that no escaping changes it."""
    letters = "".join(chr(ord("a") + int(sign)) for sign in str(next(numbers) + 4000))
    kept_in.append(f"qz{letters}zq")
    return kept_in[-1]


def build() -> Scene:
    scene = Scene(everybody())
    for user, kept in ((scene.cast.ana, scene.anas), (scene.cast.ben, scene.bens)):
        kept.append(user.email)
        user.name = mark(scene.shared)
        user.save()
    us(scene)
    exchanges(scene)
    private(scene)
    ritual(scene)
    scene.ids |= {"seat": scene.ana.id, "gone": memberships.departed(scene.cast.fay)[0].id}
    scene.ids |= {"nothing": uuid4(), "token": "x" * 43}
    return scene


def us(scene: Scene) -> None:
    for member in (scene.ana, scene.ben):
        lines = {"lines": [mark(scene.shared)], "stems": [mark(scene.shared)], "wished": "hear"}
        agreement.write(member=member, lines=lines)
    cards.change(member=scene.ana, wish=Edges(2, {"money": "not_now"}))


def written(kept: list[str], **more: object) -> dict[str, object]:
    marks = {key: mark(kept) for key in ("text", "own_feeling", "ask", "door")}
    prompt = {"key": "", "text": mark(kept)}
    return {**disclosure_words(), **marks, "prompt": prompt, **more}


def shared_by(scene: Scene, author: Member, together: bool = False) -> Exchange:
    kept = scene.shared if not together else scene.anas
    draft = drafts.begin(member=author, words=written(kept))
    return sharing.send(member=author, draft=draft, together=together)


def exchanges(scene: Scene) -> None:
    exchange = shared_by(scene, scene.ana)
    told = Disclosure.objects.of(scene.ana).get(exchange=exchange)
    theirs = Disclosure.objects.of(scene.ben).get(pk=told.pk)
    answering.open_disclosure(member=scene.ben, disclosure=theirs)
    words = {
        key: mark(scene.shared) for key in ("with_you", "heard", "sense", "thanks", "question")
    }
    draft = drafts.begin(member=scene.ben, words={**words, "all_right": "with_you"}, answers=theirs)
    reply = answering.reply(member=scene.ben, draft=draft)
    theirs_to_ana = Reply.objects.of(scene.ana).get(pk=reply.pk)
    note = {"note": mark(scene.shared)}
    sharing.land(member=scene.ana, reply=theirs_to_ana, verdict=Verdict.MORE, words=note)
    scene.ids |= {"exchange": exchange.pk, "told": told.pk, "reply": reply.pk}
    answered = shared_by(scene, scene.ben)
    to_ana = Disclosure.objects.of(scene.ana).get(exchange=answered)
    answering.open_disclosure(member=scene.ana, disclosure=to_ana)
    own = drafts.begin(member=scene.ana, words={"heard": "h", "thanks": "t"}, answers=to_ana)
    mine = answering.reply(member=scene.ana, draft=own)
    scene.ids |= {"theirs": to_ana.pk, "theirs_exchange": answered.pk, "my_reply": mine.pk}


def private(scene: Scene) -> None:
    draft = drafts.begin(member=scene.ana, words=written(scene.anas))
    waiting = shared_by(scene, scene.ana, together=True)
    again = shared_by(scene, scene.ben)
    to_ana = Disclosure.objects.of(scene.ana).get(exchange=again)
    answer = {key: mark(scene.anas) for key in ("heard", "thanks")}
    drafts.begin(member=scene.ana, words=answer, answers=to_ana)
    drafts.begin(member=scene.ben, words=written(scene.bens))
    scene.ids |= {"draft": draft.pk, "together": waiting.pk, "unread": to_ana.pk}
    # The opening's text is shared at once; only the answer waits.
    scene.anas.remove(prompt_of(scene, waiting))


def prompt_of(scene: Scene, exchange: Exchange) -> str:
    row = Exchange.objects.of(scene.ana).get(pk=exchange.pk)
    text: str = vault.words(scene.ana, row)["prompt"]["text"]
    scene.shared.append(text)
    return text


def ritual(scene: Scene) -> None:
    stage.circle(scene.cast.ana, scene.cast.ben)
    row = Ritual.objects.of(scene.ana).get()
    part = stage.part(scene.cast.ana)
    mine.change(
        member=scene.ana,
        wording=mark(scene.anas),
        own_words=True,
        mail_on=True,
        lead_minutes=part.lead_minutes,
        subject=part.subject,
        every=part.every,
    )
    address.ask(member=scene.ana, address=f"{mark(scene.anas)}@example.net")
    session = circle.start(member=scene.ana)
    notes = {"feeling": mark(scene.anas), "need": mark(scene.anas)}
    circle.go(member=scene.ana, step=session.state.step, move=Move.ON, words=notes)
    scene.ids["circle"] = session.pk
    scene.ids["mail"] = tokens.for_mail(scene.ana, row.id, session.begun_on)
