"""While one of the two acts in private, the other's pages stay the same, byte for byte."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse

from couples import cards, live
from couples.clock import app_now
from couples.comfort import Edges
from couples.management.commands.advance_clock import move
from prompts.actions import coaching, drafts, openings
from prompts.queries.menu import own_day
from rituals.actions import circle, mine
from rituals.session import Move
from tests.cast import seat, signed_in
from tests.exchanges import disclosure_words
from tests.walls.looks import changes, pages
from tests.walls.scene import Scene

pytestmark = [pytest.mark.django_db, pytest.mark.safety("S1")]
NEAR = ("today", "feed", "us", "rituals", "live_poll", "exchange")  # the others once, at the end


def tighten(scene: Scene) -> None:
    cards.change(member=scene.ana, wish=Edges(1, {"work": "not_now", "money": "gently"}))


def write_a_draft(scene: Scene) -> None:
    draft = drafts.begin(member=scene.ana, words=disclosure_words())
    drafts.save(member=scene.ana, draft=draft, revision=1, words=disclosure_words(text="Other"))
    drafts.discard(member=scene.ana, draft=draft)


def skip_openings(scene: Scene) -> None:
    openings.another(member=scene.ana, day=own_day(scene.ana))
    openings.not_today(member=scene.ana, day=own_day(scene.ana))
    openings.hush(member=scene.ana, step="edges")


def pause_reminders(scene: Scene) -> None:
    mine.pause(member=scene.ana, weeks=2)
    mine.go_on(member=scene.ana)
    mine.stop_mail(member=scene.ana)


def run_a_circle(scene: Scene) -> None:
    row = circle.start(member=scene.ana)
    circle.go(member=scene.ana, step=row.state.step, move=Move.ON, words={"need": "rest"})


def visit(scene: Scene) -> None:
    client = signed_in(scene.cast.ana)
    for name in ("today", "feed", "us", "agreement", "comfort_card", "rituals", "settings", "kept"):
        client.get(reverse(name))
    client.get(reverse("exchange", args=[scene.ids["theirs_exchange"]]))
    client.get(reverse("arrive", args=[scene.ids["unread"]]))


def settle_devices(scene: Scene, zone: str = "Asia/Tokyo") -> None:
    client = signed_in(scene.cast.ana)
    client.post(reverse("this_device"), {"own": "yes"})
    chosen = {"name": scene.cast.ana.name, "timezone": zone, "language": "en"}
    client.post(reverse("settings"), chosen)
    client.post(reverse("exit"))


def open_what_came(scene: Scene) -> None:
    client = signed_in(scene.cast.ana)
    client.post(reverse("open", args=[scene.ids["unread"]]))
    client.post(reverse("aside", args=[scene.ids["theirs_exchange"]]))


def hush_the_coach(scene: Scene) -> None:
    coaching.hush(member=scene.ana, category="blame")


ACTS: list[Callable[[Scene], None]] = [
    *(tighten, write_a_draft, skip_openings, pause_reminders, run_a_circle),
    *(visit, settle_devices, open_what_came),
    hush_the_coach,
]


@pytest.mark.practice("A19")
def test_the_partner_sees_no_trace_of_it(scene, monkeypatch):
    events: list[str] = []
    monkeypatch.setattr(live, "_on_commit", events.append)
    ben = signed_in(scene.cast.ben)
    before, number = pages(ben, scene), seat(scene.cast.ben).couple.seq
    for act in ACTS:
        act(scene)
        assert changes(before, pages(ben, scene, *NEAR)) == set(), act.__name__
        assert seat(scene.cast.ben).couple.seq == number, act.__name__
        assert not any(str(scene.ana.couple_id) in event for event in events), act.__name__
    assert changes(before, pages(ben, scene)) == set()


def test_the_comparison_would_notice(scene):
    ben = signed_in(scene.cast.ben)
    before = pages(ben, scene)
    signed_in(scene.cast.ana).post(reverse("agreement"), {"line_1": "New words for both"})
    assert {"agreement", "live_poll", "us"} <= changes(before, pages(ben, scene))


@pytest.mark.parametrize("hour", [2, 9, 16, 23])
@pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/Los_Angeles"])
def test_where_one_lives_and_what_one_closed_today_moves_nothing_there(scene, zone, hour):
    move(timedelta(hours=24 + hour) - (app_now() - app_now().replace(hour=0, minute=0)))
    ben = signed_in(scene.cast.ben)
    before = pages(ben, scene, "today")
    tighten(scene)
    settle_devices(scene, zone)
    assert changes(before, pages(ben, scene, "today")) == set()
