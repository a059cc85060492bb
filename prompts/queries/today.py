"""What stands on a person's first page. As many queries as there are kinds of things, no more."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import JSONObject

from couples import invitations, vault
from couples.clock import app_now
from couples.comfort import Edges
from couples.models import AgreementTap, AgreementVersion, Member
from prompts.exchange import Stage, State
from prompts.library import library
from prompts.menu import Menu
from prompts.models import Disclosure, Draft, Exchange, SetAside
from prompts.next_step import Standing, Step, next_step
from prompts.queries.beside import memory_and_beside
from prompts.queries.menu import asked_for, edges_of_the_day, own_day, todays_menu
from prompts.remembered import Memory, memory, on_the_page, untouched
from prompts.sentences import letter

REMEMBERED = timedelta(days=60)
MOST_EXCHANGES = 200
MOST_WAITING = 20
MOST_DRAFTS = 30


@dataclass(frozen=True)
class Waiting:
    """Something in an exchange that is new to the viewer, or waits for their word."""

    step: Step
    exchange: UUID
    when: datetime
    depth: int
    disclosure: UUID | None = None
    prompt: str = ""
    wished: str = ""
    pace: str = ""
    gift: bool = False
    topic: str = ""

    def goes_past(self, edges: Edges | None) -> bool:
        """Is it deeper, or about something else, than what its reader is up for?"""
        closed = edges is not None and edges.ease(self.topic) == "not_now"
        return edges is not None and (closed or self.depth > edges.depth)


@dataclass(frozen=True)
class Kept:
    """A draft of one's own. `line` is how it begins, `prompt` what it answers."""

    id: UUID
    depth: int
    saved: datetime
    prompt: str
    line: str


@dataclass(frozen=True)
class Today:
    step: Step
    item: Waiting | None
    more: bool
    """Is there more of the same kind as the step? Never how much."""
    past_edges: bool
    """Of the viewer's own card, which only they see."""
    menu: Menu | None
    drafts: list[Kept]
    asked: frozenset[str]
    """Opt-in topics on the viewer's own card."""
    hush: str = ""
    beside: dict[str, Any] = field(default_factory=dict)


@dataclass
class Recent:
    seen: dict[str, date] = field(default_factory=dict)
    landed: dict[int, int] = field(default_factory=dict)
    together: list[Waiting] = field(default_factory=list)


def today(member: Member) -> Today:
    edges, (held, beside) = edges_of_the_day(member), memory_and_beside(member)
    recent = _recent(member) if member.partner else Recent()
    waiting = [*_waiting(member), *recent.together] if member.partner else []
    standing, version = _standing(member, waiting, held, has_card=member.id in edges)
    step = next_step(standing)
    mine = [item for item in waiting if item.step == step]
    away = held.away == own_day(member).isoformat()
    return Today(
        step=step,
        item=mine[0] if mine else None,
        more=len(mine) > 1,
        past_edges=bool(mine) and mine[0].goes_past(edges.get(member.id)),
        menu=None if away else _menu(member, edges, recent, held),
        drafts=_drafts(member),
        asked=asked_for(member, edges, library(_language(member))),
        hush=f"{step}:{version}" if step == Step.AGREEMENT else step,
        beside=beside,
    )


def _language(member: Member) -> str:
    return member.user.language if member.user else "en"


def menu_only(member: Member) -> Menu:
    """The openings alone, for the fragment that replaces them."""
    recent = _recent(member) if member.partner else Recent()
    return _menu(member, edges_of_the_day(member), recent, memory(member))


def _menu(member: Member, edges: Any, recent: Recent, held: Memory) -> Menu:
    draw = held.draw if held.day == own_day(member).isoformat() else 0
    return todays_menu(member, edges, seen=recent.seen, landed=recent.landed, draw=draw)


def _standing(
    member: Member, waiting: list[Waiting], held: Memory, *, has_card: bool
) -> tuple[Standing, int]:
    if member.partner is None:
        link = invitations.open_invitation(member=member)
        standing = Standing(
            alone=True,
            accepted=bool(link and link.accepted_by_id),
            joining=invitations.waiting_for(member=member) is not None,
            link_open=link is not None,
            has_card=has_card,
        )
        return standing, 0
    steps = {item.step for item in waiting}
    if steps:
        return Standing(between_us=steps), 0
    number, proposed = _agreement(member)
    hushed = {*held.hushed}
    if f"{Step.AGREEMENT}:{number}" in hushed:
        hushed.add(Step.AGREEMENT)
    standing = Standing(proposed=proposed, agreed_once=number > 0, has_card=has_card, hushed=hushed)
    return standing, number


def _agreement(member: Member) -> tuple[int, bool]:
    """The newest version, and whether the partner proposed it and it lacks my yes."""
    taps = AgreementTap.objects.of(member).filter(version=OuterRef("pk"))
    newest = (
        AgreementVersion.objects.of(member)
        .annotate(mine=Exists(taps.filter(author=member)), any=Exists(taps))
        .order_by("-number")
        .values_list("number", "author_id", "mine", "any")
        .first()
    )
    if newest is None:
        return 0, False
    number, author, mine, stands = newest
    return number, author != member.id and stands and not mine


def _aside(member: Member, exchange: str) -> Exists:
    return Exists(SetAside.objects.of(member).filter(exchange=OuterRef(exchange)))


def _recent(member: Member) -> Recent:
    """The newest exchanges, for what was used lately, and together ones that I may join."""
    landed = (
        Disclosure.objects.of(member)
        .filter(state=State.LANDED)
        .order_by()
        .values("depth")
        .annotate(times=Count("exchange_id", distinct=True))
        .values(json=JSONObject(depth="depth", times="times"))
    )
    told = Disclosure.objects.of(member).filter(exchange=OuterRef("pk"))
    own = told.filter(author=member)
    # Opened before or not: what was taken back was never used, or the menu would tell its author.
    back = told.filter(author=OuterRef("author"), state=State.WITHDRAWN)
    since = app_now() - REMEMBERED
    rows = (
        Exchange.objects.of(member)
        .exclude(Exists(back))
        .annotate(landed=ArraySubquery(landed), mine=Exists(own), aside=_aside(member, "pk"))
        .order_by("-number")
        .values_list(
            *("id", "author_id", "sealed", "kind", "depth", "begun", "landed", "mine", "aside")
        )[:MOST_EXCHANGES]
    )
    found = Recent()
    for pk, author, sealed, kind, depth, begun, counts, mine, aside in rows:
        found.landed = {one["depth"]: one["times"] for one in counts}
        joinable = kind == "together" and author != member.id and not mine and not aside
        if begun < since and not joinable:
            continue
        prompt = _prompt(member, pk, author, sealed)
        found.seen.setdefault(prompt.get("key", ""), begun.date())
        if joinable:
            item = Waiting(Step.TOGETHER, pk, begun, depth, prompt=prompt.get("text", ""))
            found.together.insert(0, item)
    return found


def _prompt(member: Member, pk: UUID, author: UUID, sealed: bytes) -> dict[str, str]:
    if not sealed:
        return {}
    words = vault.unseal(member, Exchange._meta.db_table, pk, author, sealed)
    return words.get("prompt") or {}


def _waiting(member: Member) -> list[Waiting]:
    """Disclosures in which the next word could be mine, the longest waiting first."""
    theirs = ~Q(author=member) & Q(
        state__in=(State.OFFERED, State.OPENED, State.ALMOST, State.MORE)
    )
    rows = (
        Disclosure.objects.of(member)
        .filter(theirs | Q(author=member, state=State.REPLIED))
        .exclude(exchange__kind="circle")
        .annotate(aside=_aside(member, "exchange_id"))
        .filter(aside=False)
        .order_by("exchange__number")
        .values_list(
            *("id", "author_id", "exchange_id", "exchange__kind", "exchange__topic"),
            *("state", "rounds", "depth", "offered", "sealed"),
        )[:MOST_WAITING]
    )
    return [item for row in rows for item in _as_waiting(member, row)]


STEPS = {
    State.OFFERED: Step.OPENED_UP,
    State.OPENED: Step.ANSWER,
    State.ALMOST: Step.ADDED,
    State.MORE: Step.ADDED,
    State.REPLIED: Step.LANDING,
}


def _as_waiting(member: Member, row: tuple[Any, ...]) -> Iterator[Waiting]:
    pk, author, exchange, kind, topic, state, rounds, depth, offered, sealed = row
    step, stage = STEPS[State(state)], Stage(State(state), rounds)
    if step == Step.ANSWER and kind == "together":
        step = Step.BOTH_OPEN
    words: dict[str, Any] = {}
    if author != member.id:
        words = vault.unseal(member, Disclosure._meta.db_table, pk, author, sealed)
        done = state == State.OPENED and words.get("gift")
        if done or not (stage.can_open or stage.can_reply):
            return
    yield Waiting(
        *(step, exchange, offered, depth, pk),
        wished=words.get("wished", ""),
        pace=words.get("pace", ""),
        gift=bool(words.get("gift")),
        topic=topic,
    )


def _drafts(member: Member) -> list[Kept]:
    """One's own pages that hold something or were kept on purpose, the last touched first."""
    rows = Draft.objects.of(member).filter(purpose=Draft.Purpose.DISCLOSURE)
    rows = rows.select_related("exchange")
    words_of = library(_language(member))
    kept = []
    for row in rows.order_by("-saved", "id")[:MOST_DRAFTS]:
        words = on_the_page(member, row)
        if untouched(words) and not words.get("kept"):
            continue
        told = letter(words, words_of)
        line = told.text or ", ".join(told.feelings) or told.ask
        prompt = (words.get("prompt") or {}).get("text", "")
        kept.append(Kept(row.id, words.get("depth", 1), row.saved, prompt, line[:120]))
    return kept
