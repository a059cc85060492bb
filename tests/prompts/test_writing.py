"""Writing a disclosure through its pages: nothing typed is lost, and nobody else sees it."""

from types import SimpleNamespace

import pytest
from django.urls import reverse

from couples import leaving, vault
from prompts.forms.disclosure import LONGEST
from prompts.models import Disclosure, Draft, Exchange
from tests.cast import pair, seat, signed_in
from tests.exchanges import answer, disclosure_of, share
from tests.prompts.pages import everything, look

pytestmark = pytest.mark.django_db
WHOLE = {
    "text": "They moved it again.\r\nI sat in the car.",
    "feelings": ["lonely", "frustrated"],
    "own_feeling": "like a ghost",
    "intensity": "quite",
    "place": ["chest", "hands"],
    "sensation_chest": "tight",
    "wished": "hear",
    "marks": ["old_pain"],
    "ask": "a hug, no advice",
    "door": "Have you ever felt that?",
    "depth": "2",
    "tone": "tender",
    "slow": "on",
}
ADDRESSES = ("write", "save", "review", "under", "send", "discard")


@pytest.fixture
def ana(cast):
    return signed_in(cast.ana)


def begin(client, **words):
    """A fresh page, as its addresses by name."""
    address = client.post(reverse("openings"), {"own": "What sat with you?", **words})
    pk = address.headers["Location"].split("/")[-2]
    return SimpleNamespace(pk=pk, **{name: reverse(name, args=[pk]) for name in ADDRESSES})


def draft_words(user):
    member = seat(user)
    return [vault.words(member, row) for row in Draft.objects.of(member).order_by("saved", "id")]


def told(user):
    member = seat(user)
    return [vault.words(member, row) for row in Disclosure.objects.of(member).order_by("offered")]


@pytest.mark.practice("A37", "A38", "A39", "A41", "A49", "B3")
def test_from_the_form_to_the_letter_the_other_reads(cast, ana):
    page = begin(ana)
    assert ana.post(page.write, WHOLE).headers["Location"] == page.review
    html = look(ana, "review", page.pk)
    assert "As Ben will read it" in html
    sent = ana.post(page.send)
    exchange = Exchange.objects.of(seat(cast.ben)).get()
    assert sent.headers["Location"] == reverse("exchange", args=[exchange.id])
    ben = signed_in(cast.ben)
    ben.post(reverse("open", args=[page.pk]))
    for seen in (html, look(ben, "exchange", exchange.id)):
        words = " ".join(seen.split())
        assert "They moved it again. I sat in the car." in words
        assert "quite lonely, frustrated and like a ghost, tight in my chest" in words
        for said in ("a hug, no advice", "Have you ever felt that?", "Just hear me"):
            assert said in words
        for said in ("tender", "slowly, please", "an old pain"):
            assert said in words
    assert draft_words(cast.ana) == []


def test_kept_words_have_their_fixed_names(cast, ana):
    ana.post(begin(ana).write, WHOLE)
    (words,) = draft_words(cast.ana)
    assert words == {
        "prompt": {"key": "", "text": "What sat with you?"},
        "kind": "",
        "topic": "everyday",
        "depth": 2,
        "text": "They moved it again.\nI sat in the car.",
        "feelings": ["lonely", "frustrated"],
        "own_feeling": "like a ghost",
        "intensity": "quite",
        "body": [
            {"region": "chest", "sensation": "tight"},
            {"region": "hands", "sensation": ""},
        ],
        "wished": "hear",
        "marks": ["old_pain"],
        "ask": "a hug, no advice",
        "no_ask": False,
        "door": "Have you ever felt that?",
        "gift": False,
        "tone": "tender",
        "pace": "slow",
    }


@pytest.mark.practice("B17")
@pytest.mark.parametrize(
    ("chips", "sentence"),
    [
        ({"feelings": ["lonely"]}, "I felt lonely."),
        ({"feelings": ["lonely", "hurt"], "intensity": "very"}, "I felt very lonely and hurt."),
        ({"place": ["throat"], "sensation_throat": "tight"}, "I felt it tight in my throat."),
        ({"place": ["nowhere"]}, "I can’t find where it sits in me."),
        ({"feelings": ["sad"], "place": ["nowhere"]}, "I felt sad, and I can’t find where it sits"),
    ],
)
def test_chips_alone_become_a_sentence(cast, ana, chips, sentence):
    page = begin(ana)
    ana.post(page.write, chips)
    assert sentence in " ".join(look(ana, "review", page.pk).split())
    assert ana.post(page.send).status_code == 302
    assert len(told(cast.ana)) == 1


@pytest.mark.parametrize("words", [{}, {"text": "  \r\n "}, {"wished": "hear", "tone": "calm"}])
def test_something_at_all_is_asked_for(cast, ana, words):
    page = begin(ana)
    response = ana.post(page.write, words)
    assert response.status_code == 422
    assert "is enough" in response.content.decode()
    assert ana.post(page.send).status_code == 422
    assert told(cast.ana) == []


@pytest.mark.practice("A40", "A15")
@pytest.mark.parametrize("name", LONGEST)
def test_too_much_is_kept_and_kindly_refused(cast, ana, name):
    page, much = begin(ana), "word " * LONGEST[name]
    response = ana.post(page.write, {"text": "short", name: much})
    assert response.status_code == 422
    assert much in response.content.decode()
    assert "Everything you typed is still here" in response.content.decode()
    (words,) = draft_words(cast.ana)
    assert words[name] == much
    assert ana.post(page.send).status_code == 422
    assert told(cast.ana) == []
    assert ana.post(page.write, {"text": "short", name: "word"}).status_code == 302


def test_five_feelings_are_one_too_many(ana):
    page = begin(ana)
    five = ["lonely", "hurt", "sad", "drained", "worried"]
    response = ana.post(page.write, {"feelings": five})
    assert response.status_code == 422
    assert response.content.decode().count(" checked") >= 5
    assert ana.post(page.write, {"feelings": five[:4]}).status_code == 302


def test_choices_that_are_not_there_are_dropped(cast, ana):
    forged = {
        "text": "hello",
        "feelings": ["lonely", "<b>", "lonely"],
        "place": ["chest", "tail"],
        "sensation_chest": "on fire",
        "wished": "obey",
        "marks": ["gold"],
        "depth": "9",
        "tone": "loud",
        "intensity": "42",
        "kind": "circle",
        "topic": "intimacy",
        "prompt": "x",
        "kept": "1",
    }
    assert ana.post(begin(ana).write, forged).status_code == 302
    (words,) = draft_words(cast.ana)
    assert words["feelings"] == ["lonely"]
    assert words["body"] == [{"region": "chest", "sensation": ""}]
    assert (words["depth"], words["kind"], words["topic"]) == (1, "", "everyday")
    assert {words[key] for key in ("wished", "tone", "intensity")} == {""}
    assert words["prompt"]["text"] == "What sat with you?"


def test_what_was_typed_comes_back(ana):
    page = begin(ana)
    ana.post(page.write, WHOLE)
    html = look(ana, "write", page.pk)
    for kept in (
        "They moved it again.\nI sat in the car.",
        'value="like a ghost"',
        'value="lonely" checked',
        'name="place" value="chest" id="id_place_7" checked',
        '<option value="tight" selected>',
        'name="wished" value="hear" checked',
        'name="depth" value="2" checked',
        'name="tone" value="tender" checked',
    ):
        assert kept in html


def save(client, page, revision, **words):
    response = client.post(page.save, {"revision": revision, **words})
    return response.status_code, response.json()


def test_saving_as_one_types(cast, ana):
    page = begin(ana)
    status, answer_one = save(ana, page, 1, text="I am")
    assert (status, answer_one["revision"], answer_one["draft"]) == (200, 2, page.pk)
    status, answer_two = save(ana, page, 2, text="I am here")
    assert (status, answer_two["revision"]) == (200, 3)
    (words,) = draft_words(cast.ana)
    assert words["text"] == "I am here"


def test_two_windows_lose_nothing(cast, ana):
    page = begin(ana)
    save(ana, page, 1, text="from the phone")
    status, other = save(ana, page, 1, text="from the laptop")
    assert status == 409
    assert other["address"] == reverse("write", args=[other["draft"]])
    assert {words["text"] for words in draft_words(cast.ana)} == {
        "from the phone",
        "from the laptop",
    }
    again = ana.post(other["save"], {"revision": other["revision"], "text": "from the laptop on"})
    assert again.status_code == 200
    assert len(draft_words(cast.ana)) == 2


def test_two_windows_without_a_script(cast, ana):
    page = begin(ana)
    ana.post(page.write, {"revision": "1", "text": "from the phone", "later": "1"})
    other = ana.post(page.write, {"revision": "1", "text": "from the laptop"})
    assert other.status_code == 302
    assert other.headers["Location"] != page.review
    assert "Both versions are kept" in ana.get(other.headers["Location"]).content.decode()
    assert len(draft_words(cast.ana)) == 2


def test_a_window_left_open_after_sending_loses_nothing(cast, ana):
    page = begin(ana)
    ana.post(page.write, {"text": "sent"})
    ana.post(page.send)
    status, other = save(ana, page, 2, text="sent, and then some")
    assert status == 409
    assert [words["text"] for words in draft_words(cast.ana)] == ["sent, and then some"]
    assert other["draft"] != page.pk
    exchange = reverse("exchange", args=[Exchange.objects.of(seat(cast.ana)).get().id])
    for address in (page.write, page.review):
        assert ana.get(address).headers["Location"] == exchange


@pytest.mark.parametrize("revision", ["", "x", "-1", "9" * 30, "²", "\x00"])
def test_a_forged_revision_does_no_harm(cast, ana, revision):
    page = begin(ana)
    assert ana.post(page.save, {"revision": revision, "text": "a"}).status_code in (200, 409)
    assert "a" in [words.get("text") for words in draft_words(cast.ana)]


def test_sending_twice_sends_once(cast, ana):
    page = begin(ana)
    ana.post(page.write, WHOLE)
    first, second = (ana.post(page.send).headers["Location"] for _ in range(2))
    assert first == second
    assert len(told(cast.ana)) == 1


def test_keeping_and_throwing_away(cast, ana):
    page = begin(ana)
    assert ana.post(page.write, {**WHOLE, "later": "1"}).headers["Location"] == reverse("today")
    assert "They moved it again." in look(ana, "today")
    ana.post(page.discard)
    assert draft_words(cast.ana) == []
    assert "Nobody saw it" in look(ana, "today")
    assert ana.get(page.write).status_code == 404


@pytest.mark.practice("B2")
@pytest.mark.safety("S28")
def test_two_openings_a_day_are_plenty_and_the_third_is_kept(cast, ana):
    for number in range(3):
        page = begin(ana)
        ana.post(page.write, {"text": f"number {number}"})
        response = ana.post(page.send)
    assert response.status_code == 422
    assert "Two in a day is plenty" in response.content.decode()
    assert len(told(cast.ana)) == 2
    assert [words["text"] for words in draft_words(cast.ana)] == ["number 2"]


@pytest.mark.practice("B2")
def test_an_answer_in_a_together_exchange_is_no_opening(cast, ana):
    for _ in range(2):
        share(cast.ana)
    exchange = share(cast.ben, together=True)
    page = ana.post(reverse("join_together", args=[exchange.id])).headers["Location"]
    ana.post(page, {"text": "me too"})
    assert ana.post(page + "send/").status_code == 302


def test_alone_it_is_kept_and_can_be_sent_once_somebody_is_there(cast):
    eve = signed_in(cast.eve)
    page = begin(eve)
    eve.post(page.write, {"text": "for later"})
    html = look(eve, "review", page.pk)
    assert page.send not in html
    assert reverse("invite") in html
    response = eve.post(page.send)
    assert response.status_code == 422
    assert "Nobody is here to read it yet" in response.content.decode()
    assert [words["text"] for words in draft_words(cast.eve)] == ["for later"]
    pair(cast.eve, cast.fay)
    eve = signed_in(cast.eve)
    (row,) = Draft.objects.of(seat(cast.eve))
    assert eve.post(reverse("send", args=[row.id])).status_code == 302


@pytest.mark.practice("A37")
def test_a_word_for_the_other_is_heard_and_something_of_ones_own_is_offered(cast, ana):
    page = begin(ana)
    ana.post(
        page.write, {"text": "You always do this. You never listen.", "own_feeling": "Ignored"}
    )
    html = look(ana, "review", page.pk)
    assert "And under that, perhaps" in html
    assert 'name="anyway"' in html
    assert f'action="{page.send}"' in html
    ana.post(page.under, {"feeling": "lonely"})
    (words,) = draft_words(cast.ana)
    assert words["feelings"] == ["lonely"]
    assert words["own_feeling"] == "Ignored"
    assert "And under that, perhaps" not in look(ana, "review", page.pk)
    ana.post(page.under, {"feeling": "<script>"})
    ana.post(page.send, {"hush": "blame"})
    assert 'name="anyway"' not in look(ana, "review", page.pk)
    assert ana.post(page.send, {"anyway": "1"}).status_code == 302


@pytest.mark.parametrize("said", ["so ignored by everyone", "Ignored!", "ignored, and cold"])
def test_such_a_word_is_heard_among_others(ana, said):
    page = begin(ana)
    ana.post(page.write, {"text": "At dinner.", "own_feeling": said})
    assert "And under that, perhaps" in look(ana, "review", page.pk)


@pytest.mark.safety("S1")
def test_a_word_of_fear_shows_the_way_to_the_safety_page_to_its_author_alone(cast, ana):
    ben = signed_in(cast.ben)
    before = everything(ben)
    page = begin(ana)
    for said, shown in (("ignored and threatened", True), ("ignored", False)):
        ana.post(page.write, {"text": "At dinner.", "own_feeling": said})
        assert ("there is a page for that" in look(ana, "review", page.pk)) is shown
    ana.post(page.write, {"own_feeling": "threatened", "feelings": ["scared"]})
    assert "there is a page for that" in look(ana, "review", page.pk)
    assert everything(ben) == before


def test_good_words_get_no_remark(ana):
    page = begin(ana)
    ana.post(page.write, {"text": "I felt left out when the plan changed.", "own_feeling": "small"})
    assert 'class="notice' not in look(ana, "review", page.pk)


@pytest.mark.practice("A40")
def test_a_long_text_is_told_so_and_may_go(ana):
    page = begin(ana)
    ana.post(page.write, {"text": "word " * 200, "ask": "please " * 30})
    html = look(ana, "review", page.pk)
    assert "long for one reading" in html
    assert "rather big" in html
    assert ana.post(page.send).status_code == 302


def test_html_stays_text(ana):
    page = begin(ana)
    ana.post(page.write, {"text": "<script>alert(1)</script>", "own_feeling": '"><b>', "door": "&"})
    for name in ("write", "review"):
        html = look(ana, name, page.pk)
        assert "<script>alert" not in html
        assert '"><b>' not in html


@pytest.mark.safety("S34", "S1")
@pytest.mark.parametrize("name", ADDRESSES)
def test_a_draft_is_there_for_its_author_alone(cast, ana, name):
    page = begin(ana)
    ana.post(page.write, WHOLE)
    address = getattr(page, name)
    for user in (cast.ben, cast.cleo, cast.eve, cast.fay):
        client = signed_in(user)
        assert client.post(address, WHOLE).status_code == (405 if name == "review" else 404)
        if name in ("write", "review"):
            assert client.get(address).status_code == 404
    assert len(draft_words(cast.ana)) == 1


@pytest.mark.safety("S11", "S34")
def test_the_drafts_of_a_closed_space_are_out_of_reach(cast, ana):
    page = begin(ana)
    ana.post(page.write, WHOLE)
    leaving.leave(member=seat(cast.ben))
    assert ana.get(page.write).headers["Location"] == reverse("closed")
    leaving.acknowledge(user=cast.ana)
    ana = signed_in(cast.ana)
    assert ana.get(page.write).status_code == 404
    assert ana.post(page.send).status_code == 404


def test_wrong_methods(ana):
    page = begin(ana)
    for name in ("save", "under", "discard"):
        assert ana.get(getattr(page, name)).status_code == 405
    assert ana.post(page.review).status_code == 405
    assert ana.get(page.send)["Location"] == page.review


def test_a_draft_of_a_reply_is_not_a_page_here(cast):
    first = disclosure_of(cast.ana, share(cast.ana))
    ben = signed_in(cast.ben)
    ben.post(reverse("open", args=[first.id]))
    ben.post(reverse("keep_reply", args=[first.id]), {"heard": "half"})
    row = Draft.objects.of(seat(cast.ben)).get()
    assert ben.get(reverse("write", args=[row.id])).status_code == 404


@pytest.mark.safety("S1")
def test_writing_shows_nowhere_until_it_is_sent(cast, ana):
    ben = signed_in(cast.ben)
    before = everything(ben)
    page = begin(ana)
    save(ana, page, 1, text="half a thought")
    ana.post(page.write, WHOLE)
    look(ana, "review", page.pk)
    ana.post(page.discard)
    other = begin(ana, how="together")
    ana.post(other.write, {**WHOLE, "later": "1"})
    assert everything(ben) == before


@pytest.mark.safety("S35")
def test_changing_ones_own_words(cast, ana):
    exchange = share(cast.ana)
    mine = disclosure_of(cast.ana, exchange)
    address = reverse("rewrite", args=[exchange.id, mine.id])
    assert "sat in the car" in ana.get(address).content.decode()
    assert ana.post(address, {"text": ""}).status_code == 422
    long = "word " * LONGEST["text"]
    refused = ana.post(address, {"text": long})
    assert refused.status_code == 422
    assert long in refused.content.decode()
    done = ana.post(address, {**WHOLE, "depth": "3"})
    assert done.headers["Location"] == reverse("exchange", args=[exchange.id])
    (words,) = told(cast.ana)
    assert words["text"].startswith("They moved it again")
    assert words["prompt"]["text"] == "What sat with you today?"


@pytest.mark.safety("S34", "S35")
def test_nobody_changes_the_others_words(cast, ana):
    exchange = share(cast.ana)
    mine = disclosure_of(cast.ana, exchange)
    address = reverse("rewrite", args=[exchange.id, mine.id])
    for user in (cast.ben, cast.cleo, cast.eve, cast.fay):
        client = signed_in(user)
        assert client.get(address).status_code == 404
        assert client.post(address, WHOLE).status_code == 404
    elsewhere = reverse("rewrite", args=[share(cast.ana).id, mine.id])
    assert ana.get(elsewhere).status_code == 404
    ana.post(reverse("take_back", args=[mine.id]))
    assert ana.get(address).status_code == 404
    assert ana.post(address, WHOLE).status_code == 404


def test_words_that_landed_can_still_be_changed(cast, ana):
    exchange = share(cast.ana)
    mine = disclosure_of(cast.ana, exchange)
    answer(cast.ben, mine)
    address = reverse("rewrite", args=[exchange.id, mine.id])
    assert ana.post(address, {"text": "put differently"}).status_code == 302
    assert told(cast.ana)[0]["text"] == "put differently"


def test_the_pages_cost_few_queries(ana, django_assert_max_num_queries):
    page = begin(ana)
    ana.post(page.write, WHOLE)
    for address in (page.write, page.review):
        with django_assert_max_num_queries(6):
            ana.get(address)
