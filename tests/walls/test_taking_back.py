"""What was shared and taken back before it was opened leaves no trace, byte for byte."""

from collections.abc import Callable
from datetime import time
from uuid import uuid4

import pytest
from django.core import mail
from django.db import transaction
from django.urls import reverse

from couples import agreement, leaving, live
from prompts.actions import sharing
from prompts.actions.circles import keep_circle
from prompts.models import Disclosure, Exchange
from rituals.actions import plan
from tests.cast import pair, person, seat, signed_in
from tests.exchanges import disclosure_of, disclosure_words, join, share
from tests.rituals import stage
from tests.walls.looks import ALL, changes, look, pages
from tests.walls.scene import Scene

pytestmark = [pytest.mark.django_db, pytest.mark.safety("S4")]
STUB = "Taken back by its author"
NEWS = ("today", "feed", "live_poll")


def take_back(scene: Scene, exchange: Exchange) -> None:
    told = disclosure_of(scene.cast.ana, exchange)
    signed_in(scene.cast.ana).post(reverse("take_back", args=[told.id]))


def together(scene: Scene) -> Exchange:
    return share(scene.cast.ana, together=True)


def changed_meanwhile(scene: Scene) -> Exchange:
    exchange = share(scene.cast.ana)
    told = disclosure_of(scene.cast.ana, exchange)
    words = disclosure_words(text="Other", depth=3, wished="time")
    sharing.rewrite(member=scene.ana, disclosure=told, words=words)
    return exchange


def let_rest(scene: Scene) -> Exchange:
    exchange = share(scene.cast.ana)
    sharing.enough(member=scene.ana, disclosure=disclosure_of(scene.cast.ana, exchange))
    return exchange


def kept_circle(scene: Scene) -> Exchange:
    pk = keep_circle(scene.ana, None, {"feeling": "tired"}, row_id=uuid4())
    return Exchange.objects.of(scene.ana).get(pk=pk)


def alone(scene: Scene) -> Exchange:
    return share(scene.cast.ana)


def test_one_taken_back_unread_was_never_there(scene):
    ben, mails = signed_in(scene.cast.ben), len(mail.outbox)
    nobodys = {name: look(ben, reverse(name, args=[uuid4()])) for name in ("exchange", "arrive")}
    before = pages(ben, scene)
    for act in (alone, together, changed_meanwhile, let_rest, kept_circle):
        exchange = act(scene)
        told = disclosure_of(scene.cast.ana, exchange)
        assert changes(before, pages(ben, scene, "live_poll")) == {"live_poll"}, act.__name__
        take_back(scene, exchange)
        assert changes(before, pages(ben, scene, *NEWS, "us", "rituals")) == set(), act.__name__
        assert look(ben, reverse("exchange", args=[exchange.id])) == nobodys["exchange"]
        assert look(ben, reverse("arrive", args=[told.id])) == nobodys["arrive"]
    assert changes(before, pages(ben, scene)) == set()
    assert len(mail.outbox) == mails


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_two_taken_back_in_any_order_were_never_there(scene, order):
    ben = signed_in(scene.cast.ben)
    before = pages(ben, scene)
    both = [share(scene.cast.ana) for _ in order]
    seen = [pages(ben, scene, *NEWS)]
    for place in order:
        take_back(scene, both[place])
        seen.append(pages(ben, scene, *(ALL if place == order[-1] else NEWS)))
    assert changes(before, seen[0]) == {*NEWS}
    assert {"feed", "live_poll"} <= changes(seen[0], seen[1])
    assert changes(before, seen[2]) == set()


def test_what_came_meanwhile_stays(scene):
    """Two shares of Ana's come before and after one of Ben's, and go: only his is left."""
    ben, begun = signed_in(scene.cast.ben), seat(scene.cast.ben).couple.mark
    first, his = share(scene.cast.ana), share(scene.cast.ben)
    with_both = pages(ben, scene)
    take_back(scene, share(scene.cast.ana))
    assert changes(with_both, pages(ben, scene)) == set()
    take_back(scene, first)
    assert changes(with_both, pages(ben, scene, *NEWS)) == {*NEWS}
    sharing.take_back(member=scene.ben, disclosure=disclosure_of(scene.cast.ben, his))
    assert seat(scene.cast.ben).couple.mark == begun


@pytest.mark.safety("S11")
def test_after_leaving_nothing_tells_of_it_either(scene):
    ben = signed_in(scene.cast.ben)

    def left_behind() -> list[str]:
        """What Ben finds once Ana has left; then it did not happen."""
        with transaction.atomic():
            leaving.leave(member=scene.ana)
            found = [look(ben, reverse(name)) for name in ("us", "closed", "kept")]
            transaction.set_rollback(True)
        return found

    before = left_behind()
    take_back(scene, share(scene.cast.ana))
    assert left_behind() == before


def test_once_it_was_opened_a_stub_stays_and_the_author_cannot_tell(scene, monkeypatch):
    """Mark and events are the same for both ends, or their author would learn which it was."""
    said: list[str] = []
    monkeypatch.setattr(live, "_on_commit", said.append)
    ben, begun = signed_in(scene.cast.ben), seat(scene.cast.ana).couple.mark
    events = []
    for opened in (False, True):
        said.clear()
        exchange = share(scene.cast.ana)
        if opened:
            told = disclosure_of(scene.cast.ana, exchange)
            ben.post(reverse("open", args=[told.id]))
        take_back(scene, exchange)
        take_back(scene, exchange)
        events.append(sum(line.startswith("changed") for line in said))
        assert seat(scene.cast.ana).couple.mark == begun
        assert (STUB in look(ben, reverse("exchange", args=[exchange.id]))) == opened
    assert events == [2, 2]


def test_a_together_answer_that_was_seen_never_gives_an_old_mark_again(scene):
    """Both know that both were opened; a page that slept meanwhile must learn of the stub."""
    exchange = share(scene.cast.ben, together=True)
    marks = [seat(scene.cast.ben).couple.mark]
    join(scene.ana, exchange)
    marks.append(seat(scene.cast.ben).couple.mark)
    take_back(scene, exchange)
    marks.append(seat(scene.cast.ben).couple.mark)
    assert len(set(marks)) == 3
    mine = Disclosure.objects.of(scene.ben).get(exchange=exchange, author=scene.ben)
    sharing.take_back(member=scene.ben, disclosure=mine)
    assert seat(scene.cast.ben).couple.mark not in marks


def test_a_yes_a_plan_and_a_suggestion_go_as_they_came():
    one, other = person("Gil"), person("Hal")
    pair(one, other)
    gil, hal = seat(one), signed_in(other)
    names = ("today", "us", "agreement", "rituals", "ritual_plan", "live_poll")

    def look_around() -> dict[str, str]:
        return {name: look(hal, reverse(name)) for name in names}

    def come_and_go(*acts: Callable[[], object]) -> None:
        before = look_around()
        for act in acts:
            act()
            assert "live_poll" in changes(before, look_around())

    def at(hour: int) -> Callable[[], object]:
        return lambda: plan.plan(member=gil, weekday=6, local_time=time(hour), tz="UTC")

    agreement.write(member=seat(other), lines={"lines": ["Look up when I talk."]})
    before = look_around()
    come_and_go(lambda: agreement.say_yes(member=gil, number=1))
    agreement.withdraw(member=gil)
    assert changes(before, look_around()) == set()
    come_and_go(at(18), at(19))
    plan.withdraw(member=gil)
    assert changes(before, look_around()) == set()
    stage.circle(other, one)
    before = look_around()
    come_and_go(at(18), at(20))
    plan.withdraw(member=gil)
    assert changes(before, look_around()) == set()
