"""One exchange through its pages, as Ana and Ben see it, and as nobody else does."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse

from prompts.exchange import State
from prompts.models import Disclosure, Draft, Reply
from tests.cast import seat, signed_in
from tests.exchanges import ANSWER, TEXT, answer, disclosure_of, join, landed, share

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(cast):
    return signed_in(cast.ana)


@pytest.fixture
def ben(cast):
    return signed_in(cast.ben)


def page(client, exchange):
    response = client.get(reverse("exchange", args=[exchange.id]))
    assert response.status_code == 200
    return without_token(response.content.decode())


def without_token(html):
    return re.sub(
        r'(csrfmiddlewaretoken" value="|X-CSRFToken": "|stream=|live=")[^"]+', r"\1", html
    )


@pytest.mark.practice("A21", "A23", "A24", "A18", "B14")
def test_told_opened_answered_landed(cast, ana, ben):
    exchange = share(cast.ana)
    told = disclosure_of(cast.ana, exchange)
    assert TEXT not in page(ben, exchange)
    ben.post(reverse("open", args=[told.id]))
    html = page(ben, exchange)
    assert TEXT in html
    assert 'name="ideas"' not in html
    response = ben.post(reverse("reply", args=[told.id]), {**ANSWER, "send": "1"})
    assert response.status_code == 302
    html = page(ana, exchange)
    assert html.index(ANSWER["heard"]) < html.index(ANSWER["thanks"]) < html.index("I am with you")
    reply = Reply.objects.of(seat(cast.ana)).get()
    ana.post(reverse("land", args=[reply.id]), {"verdict": "thats_it"})
    assert "It landed" in page(ben, exchange)
    assert disclosure_of(cast.ana, exchange).state == State.LANDED


@pytest.mark.practice("A21", "B13")
def test_what_is_missing_is_asked_for_and_what_was_typed_is_kept(cast, ben):
    told = disclosure_of(cast.ana, share(cast.ana))
    ben.post(reverse("open", args=[told.id]))
    typed = {"heard": "You sat there alone.", "send": "1"}
    response = ben.post(reverse("reply", args=[told.id]), typed)
    assert response.status_code == 422
    assert "You sat there alone." in response.content.decode()
    assert Reply.objects.of(seat(cast.ben)).count() == 0


@pytest.mark.practice("B14")
def test_what_is_kept_for_later_is_no_error_and_can_be_kept_again(cast, ben):
    """Without JavaScript a page's own revision is all that tells one window from two."""
    exchange = share(cast.ana)
    told = disclosure_of(cast.ana, exchange)
    ben.post(reverse("open", args=[told.id]))
    html = page(ben, exchange)
    for heard in ("You sat there", "You sat there alone.", "You sat there alone, torn."):
        typed = {"heard": heard, "keep": "1"}
        if revision := re.search(r'name="revision" value="(\d+)"', html):
            typed["revision"] = revision[1]
        html = ben.post(reverse("reply", args=[told.id]), typed).content.decode()
        assert heard in html
        assert "Saved just now" in html
        assert "field--wrong" not in html
    assert Draft.objects.of(seat(cast.ben)).filter(purpose="reply").count() == 1


@pytest.mark.safety("S1", "S3")
def test_the_author_cannot_tell_whether_it_was_opened(cast, ana, ben):
    exchange = share(cast.ana)
    told = disclosure_of(cast.ana, exchange)
    before = page(ana, exchange)
    ben.post(reverse("open", args=[told.id]))
    ben.post(reverse("keep_reply", args=[told.id]), {"heard": "half a thought"})
    ben.post(reverse("aside", args=[exchange.id]))
    assert page(ana, exchange) == before


@pytest.mark.safety("S4")
@pytest.mark.parametrize("opened", [True, False])
def test_taking_back_leaves_a_stub_only_to_who_had_read_it(cast, ana, ben, opened):
    exchange = share(cast.ana)
    told = disclosure_of(cast.ana, exchange)
    if opened:
        ben.post(reverse("open", args=[told.id]))
    ana.post(reverse("take_back", args=[told.id]))
    authors_view = page(ana, exchange)
    assert TEXT not in authors_view
    assert "You took this back" in authors_view
    response = ben.get(reverse("exchange", args=[exchange.id]))
    if opened:
        assert "Taken back by its author" in response.content.decode()
    else:
        assert response.status_code == 404
        assert str(exchange.id) not in ben.get(reverse("feed")).content.decode()
    sealed = bytes(Disclosure.objects.across_couples().get(pk=told.id).sealed)
    assert len(sealed) < 300


@pytest.mark.safety("S4", "S1")
def test_after_taking_back_the_authors_page_is_the_same_either_way(cast, ana, ben):
    views = []
    for opened in (True, False):
        exchange = share(cast.ana)
        told = disclosure_of(cast.ana, exchange)
        if opened:
            ben.post(reverse("open", args=[told.id]))
        ana.post(reverse("take_back", args=[told.id]))
        views.append(page(ana, exchange).replace(str(exchange.id), "").replace(str(told.id), ""))
    assert views[0] == views[1]


@pytest.mark.practice("A8")
def test_a_together_exchange_opens_both_at_once(cast, ana, ben):
    exchange = share(cast.ana, together=True, text="Ana's half")
    assert "Ana&#x27;s half" not in page(ben, exchange)
    join(seat(cast.ben), exchange, text="Ben's half")
    for client in (ana, ben):
        html = page(client, exchange)
        assert "Ana&#x27;s half" in html
        assert "Ben&#x27;s half" in html


@pytest.mark.practice("A23")
def test_ideas_open_only_when_asked_for(cast, ana, ben):
    exchange = share(cast.ana)
    told = disclosure_of(cast.ana, exchange)
    answer(cast.ben, told)
    assert ben.post(reverse("ideas", args=[told.id]), {"note": "Call them"}).status_code == 302
    assert Reply.objects.of(seat(cast.ben)).filter(kind="ideas").count() == 0
    ana.post(reverse("welcome_ideas", args=[told.id]))
    ben.post(reverse("ideas", args=[told.id]), {"note": "Call them"})
    assert "Call them" in page(ana, exchange)


def test_almost_loops_and_after_three_rounds_suggests_a_talk(cast, ana, ben):
    exchange = share(cast.ana)
    told = disclosure_of(cast.ana, exchange)
    ben.post(reverse("open", args=[told.id]))
    for number in (1, 2, 3):
        ben.post(reverse("reply", args=[told.id]), {**ANSWER, "send": "1"})
        reply = Reply.objects.of(seat(cast.ana)).get(round=number)
        ana.post(reverse("land", args=[reply.id]), {"verdict": "almost", "note": f"add {number}"})
        assert f"add {number}" in page(ben, exchange)
    assert "Perhaps in person" in page(ben, exchange)
    assert ben.post(reverse("reply", args=[told.id]), {**ANSWER, "send": "1"}).status_code == 302
    assert Reply.objects.of(seat(cast.ben)).filter(kind="full").count() == 3


@pytest.mark.practice("A25", "A43", "A48")
def test_a_holding_word_is_not_the_reply(cast, ana, ben):
    exchange = share(cast.ana)
    told = disclosure_of(cast.ana, exchange)
    ben.post(reverse("open", args=[told.id]))
    html = page(ben, exchange)
    keys = re.findall(r'name="holding" value="([^"]+)"', html)
    for key in keys:
        assert ben.post(reverse("hold", args=[told.id]), {"holding": key}).status_code == 302
    assert disclosure_of(cast.ana, exchange).state == State.OPENED
    assert page(ana, exchange).count("letter--short") == len(keys)
    assert ben.post(reverse("hold", args=[told.id]), {"holding": "x"}).status_code == 422


@pytest.mark.safety("S34")
@pytest.mark.parametrize("closed", [False, True])
def test_before_it_is_opened_nothing_can_be_written_or_asked_about_it(cast, ana, ben, closed):
    told = disclosure_of(cast.ana, share(cast.ana))
    if closed:
        ana.post(reverse("enough", args=[told.id]))
    nowhere = ben.post(reverse("notice", args=[uuid4()])).content
    sent = {**ANSWER, "holding": "here", "note": "Call them"}
    for name in ("notice", "keep_reply", "reply", "hold", "ideas"):
        refused = ben.post(reverse(name, args=[told.id]), sent)
        assert (refused.status_code, refused.content) == (404, nowhere), name
    assert Draft.objects.of(seat(cast.ben)).count() == 0
    ben.post(reverse("open", args=[told.id]))
    assert ben.post(reverse("notice", args=[told.id]), sent).status_code == 200


@pytest.mark.safety("S35")
def test_nobody_changes_or_takes_back_the_others_words(cast, ana, ben):
    exchange = share(cast.ana)
    told = disclosure_of(cast.ana, exchange)
    reply = answer(cast.ben, told)
    for client, name, pk in (
        (ben, "take_back", told.id),
        (ben, "enough", told.id),
        (ben, "welcome_ideas", told.id),
        (ben, "land", reply.id),
        (ana, "take_back_reply", reply.id),
        (ana, "rewrite_reply", reply.id),
        (ana, "reply", told.id),
        (ana, "open", told.id),
    ):
        assert client.post(reverse(name, args=[pk]), {**ANSWER, "send": "1"}).status_code == 404


@pytest.mark.safety("S35")
def test_changing_ones_own_answer_is_visible(cast, ana, ben):
    exchange = share(cast.ana)
    reply = answer(cast.ben, disclosure_of(cast.ana, exchange))
    changed = {**ANSWER, "heard": "You felt passed over."}
    assert ben.get(reverse("rewrite_reply", args=[reply.id])).status_code == 200
    ben.post(reverse("rewrite_reply", args=[reply.id]), changed)
    html = page(ana, exchange)
    assert "You felt passed over." in html
    assert "changed since" in html
    ben.post(reverse("take_back_reply", args=[reply.id]))
    html = page(ana, exchange)
    assert "You felt passed over." not in html
    assert "Did that land" not in html
    again = ben.post(reverse("reply", args=[reply.disclosure_id]), {**ANSWER, "send": "1"})
    assert again.status_code == 302
    assert "Did that land" in page(ana, exchange)


@pytest.mark.safety("S28")
def test_an_answer_is_changed_so_often_and_the_same_words_are_no_change(cast, ana, ben):
    exchange = share(cast.ana)
    own = reverse("rewrite_reply", args=[answer(cast.ben, disclosure_of(cast.ana, exchange)).id])
    assert ben.post(own, ANSWER).status_code == 302
    assert "changed since" not in page(ana, exchange)
    for number in range(20):
        assert ben.post(own, {**ANSWER, "heard": f"Version {number}"}).status_code == 302
    refused = ben.post(own, {**ANSWER, "heard": "One too many"})
    assert refused.status_code == 429
    assert "One too many" in refused.content.decode()
    assert "Version 19" in page(ana, exchange)


def test_two_windows_lose_nothing_and_sending_twice_sends_once(cast, ben):
    told = disclosure_of(cast.ana, share(cast.ana))
    ben.post(reverse("open", args=[told.id]))
    keep = reverse("keep_reply", args=[told.id])
    first = ben.post(keep, {"heard": "one"}).json()["revision"]
    ben.post(keep, {"heard": "one, longer", "revision": first})
    ben.post(keep, {"heard": "two, from an old window", "revision": first})
    texts = Draft.objects.of(seat(cast.ben)).count()
    assert texts == 2
    for _ in range(2):
        ben.post(reverse("reply", args=[told.id]), {**ANSWER, "send": "1"})
    assert Reply.objects.of(seat(cast.ben)).filter(kind="full").count() == 1


@pytest.mark.practice("A22", "A11")
def test_one_notice_that_never_blocks(cast, ben):
    told = disclosure_of(cast.ana, share(cast.ana))
    ben.post(reverse("open", args=[told.id]))
    typed = {**ANSWER, "sense": "You're overreacting. It's not a big deal."}
    html = ben.post(reverse("notice", args=[told.id]), typed).content.decode()
    assert html.count('class="notice unfold"') == 1
    ben.post(reverse("reply", args=[told.id]), {**typed, "hush": "minimizing"})
    html = ben.post(reverse("notice", args=[told.id]), typed).content.decode()
    assert "not a big deal" not in html
    assert ben.post(reverse("reply", args=[told.id]), {**typed, "send": "1"}).status_code == 302


@pytest.mark.parametrize("answers", [1, 3])
def test_queries_of_the_pages_do_not_grow(cast, ana, ben, answers, django_assert_num_queries):
    for _ in range(answers):
        landed(cast.ana, cast.ben)
        exchange = share(cast.ana)
        ben.post(reverse("open", args=[disclosure_of(cast.ana, exchange).id]))
    with django_assert_num_queries(6):
        ben.get(reverse("feed"))
    with django_assert_num_queries(7):
        ben.get(reverse("exchange", args=[exchange.id]))


def test_the_feed_is_read_page_by_page(cast, ana):
    made = [share(cast.ana) for _ in range(23)]
    first = ana.get(reverse("feed")).content.decode()
    assert first.count('class="exchange ') == 20
    before = re.search(r"\?before=([0-9a-f-]+)", first).group(1)
    earlier = ana.get(reverse("feed"), {"before": before}).content.decode()
    assert earlier.count('class="exchange ') == 3
    assert all(str(one.id) in first + earlier for one in made)
    assert ana.get(reverse("feed"), {"before": "nonsense"}).status_code == 200


def test_strangers_meet_a_closed_door(cast):
    exchange = landed(cast.ana, cast.ben)
    for person in (cast.cleo, cast.eve, cast.fay):
        response = signed_in(person).get(reverse("exchange", args=[exchange.id]))
        assert response.status_code == 404
