"""Disclosures and authored prompts are read with other eyes than replies."""

import pytest

from prompts.coach import read, wording
from prompts.coach.pack import pack
from prompts.library import library


@pytest.mark.parametrize(
    "text", ["You never listen to me.", "You always make everything about yourself."]
)
def test_a_disclosure_is_offered_an_i_form_only_for_blame(text):
    reading = read(text, profile="disclosure")
    assert reading.labels == ("blame",)


@pytest.mark.parametrize(
    "text",
    [
        "I felt small when you laughed at dinner.",
        "I hate how tired I am.",
        "It hurt me. I should talk to somebody.",
        "Are you happy with me?",
        "You hit me on Friday and I am afraid.",
        "At least I got through the week, it could be worse.",
    ],
)
def test_a_disclosure_is_never_told_off_for_hurting(text):
    assert read(text, profile="disclosure").findings == ()


@pytest.mark.parametrize(
    "text", ["You never listen to me.", "I feel like you don't care.", "Why must you ruin it?"]
)
def test_whatever_is_noticed_in_a_disclosure_an_i_form_is_offered(text):
    (found, *_) = read(text, profile="disclosure").findings
    words = wording(found, text)
    assert words is not None
    assert "I felt" in words.instead


def test_a_reply_is_not_read_as_a_disclosure():
    told = "I feel like you love your phone more."
    assert read(told, profile="disclosure").labels == ("blame",)
    assert not read(told).findings


def test_no_profile_knows_more_than_it_should():
    kinds = {"reply": set(), "disclosure": set(), "prompt": set()}
    for rule in pack("en").rules:
        for profile in rule.profiles:
            kinds[profile].update(rule.categories)
    assert kinds["disclosure"] == {"blame"}
    assert kinds["prompt"] == {"blame", "closed_question", "presupposition"}
    assert "presupposition" not in kinds["reply"]


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("Did you have a good week?", "closed_question"),
        ("Why do you never cry?", "presupposition"),
        ("What's wrong with you today?", "blame"),
    ],
)
def test_an_authored_prompt_is_checked_for_openness(text, category):
    found = read(text, profile="prompt").findings
    assert category in {finding.category for finding in found}


@pytest.mark.parametrize(
    "text", ["What made you smile this week?", "When did you feel at home lately?"]
)
def test_an_open_prompt_passes(text):
    assert read(text, profile="prompt").findings == ()


@pytest.mark.parametrize(
    "text",
    [
        "Who at work, or on your round of chores, is good to be next to?",
        "Which small thing that you began this year may grow?",
        "With whom are you yourself, and is it easy?",
    ],
)
def test_a_prompt_that_opens_with_who_or_which_is_open_however_it_goes_on(text):
    assert read(text, profile="prompt").findings == ()


def test_every_prompt_of_the_library_passes():
    told = {
        text: [finding.rule for finding in found]
        for one in library("en").prompts
        for text in (one.text, *one.followups)
        if (found := read(text, profile="prompt").findings)
    }
    assert told == {}
