"""What calls the other or stands on their pages is done only so often, however it is repeated."""

import pytest
from django.urls import reverse

from couples import agreement, live
from prompts.actions import answering, sharing
from prompts.models import Exchange, Reply
from rituals.actions import circle
from rituals.models import CircleSession
from rituals.session import Move
from tests.cast import seat, signed_in
from tests.exchanges import ANSWER, answer, disclosure_of, share
from tests.rituals import stage

pytestmark = [pytest.mark.django_db, pytest.mark.safety("S28")]
OFTEN = 14


@pytest.fixture
def calls(monkeypatch):
    said: list[str] = []
    monkeypatch.setattr(live, "_on_commit", said.append)
    return said


def test_welcoming_ideas_again_is_no_news(cast, calls):
    told = disclosure_of(cast.ana, share(cast.ana))
    answer(cast.ben, told)
    calls.clear()
    for _ in range(OFTEN):
        sharing.welcome_ideas(member=seat(cast.ana), disclosure=told)
    assert len(calls) == 1


def test_a_yes_that_comes_and_goes_comes_ten_times_a_day(cast, calls):
    agreement.write(member=seat(cast.ana), lines={"lines": ["Look up when I talk."]})
    ben = signed_in(cast.ben)
    calls.clear()
    for _ in range(OFTEN):
        last = ben.post(reverse("agreement_yes"), {"number": "1"}, follow=True)
        ben.post(reverse("agreement_withdraw"))
    assert len(calls) == 20
    assert "You can say yes tomorrow" in last.content.decode()


def test_an_answer_taken_back_and_given_again_does_not_fill_the_page(cast):
    exchange = share(cast.ana)
    told = disclosure_of(cast.ana, exchange)
    for _ in range(10):
        answering.take_back(member=seat(cast.ben), reply=answer(cast.ben, told))
    ben = signed_in(cast.ben)
    for _ in range(2):
        ben.post(reverse("reply", args=[told.id]), {**ANSWER, "send": "1"})
    assert Reply.objects.of(seat(cast.ana)).filter(disclosure=told).count() == 10
    page = ben.get(reverse("exchange", args=[exchange.id])).content.decode()
    assert ANSWER["heard"].split(",")[0] in page


def half_a_circle(user):
    circle.start(member=seat(user))
    return circle.go(member=seat(user), step="warm_up", move=Move.HALF, words={"need": "An hour"})


def test_three_circles_a_day_are_kept_between_the_two(cast):
    stage.circle(cast.ana, cast.ben)
    ana = signed_in(cast.ana)
    for _ in range(5):
        row = half_a_circle(cast.ana)
        last = ana.post(reverse("circle_keep", args=[row.id]))
    assert Exchange.objects.of(seat(cast.ben)).count() == 3
    assert last.status_code == 429
    assert "An hour" in last.content.decode()
    assert CircleSession.objects.of(seat(cast.ana)).filter(exchange_id=None).count() == 2
    again = ana.get(reverse("circle_keep", args=[row.id]))
    assert again["Location"] == reverse("circle_end", args=[row.id])
