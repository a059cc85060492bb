"""Disclosures and authored prompts are read with other eyes than replies."""

import pytest

from prompts.coach import read


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
