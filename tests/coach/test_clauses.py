"""Guards look at the clause they stand in, and at what the disclosure told."""

from dataclasses import replace

import pytest

from prompts.coach import read
from prompts.coach.engine import read_with
from prompts.coach.pack import pack


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("You're overreacting, it's not a big deal.", "blame"),
        ("You're overreacting, it's not a big deal.", "minimizing"),
        ("I know that it hurt, but you never listen to me.", "blame"),
        ("I'm not angry, you should just call the bank.", "premature_fixing"),
    ],
)
def test_a_guard_in_one_clause_says_nothing_about_another(text, label):
    assert label in read(text).labels


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Everyone had numbers, and you had none.", "Everyone had numbers and I had none."),
        ("You should have stayed.", "I keep thinking that I should have stayed."),
        ("You want to sell the house.", "I want to sell the house and I can't say it."),
        ("You snapped at the kids.", "I snapped at the kids again."),
    ],
)
def test_what_the_disclosure_told_is_given_back_and_not_held_against_anybody(text, told):
    assert not {"blame", "minimizing", "premature_fixing"}.intersection(read(text, told).labels)


@pytest.mark.parametrize(
    ("text", "label"),
    [("You should have stayed.", "blame"), ("You want to sell the house.", "premature_fixing")],
)
def test_the_same_words_out_of_the_blue_are_remarked_on(text, label):
    rules_alone = replace(pack("en"), weights=None)
    assert label in read_with(rules_alone, text, "My week was long.").labels


@pytest.mark.parametrize(
    "text",
    [
        "You think that you are lazy.",
        "He said you should call the bank, and you froze.",
        "They told you it was no big deal.",
        "'Pull yourself together' is what my father would have said.",
        '"Move on" was a cruel thing to hear.',
    ],
)
def test_what_others_say_and_what_is_quoted_is_not_the_writers_own(text):
    assert not {"blame", "minimizing", "premature_fixing"}.intersection(read(text).labels)


@pytest.mark.parametrize(
    ("order", "closeness"),
    [
        ("Call the bank.", "Call me."),
        ("Tell your sister no.", "Tell me more."),
        ("You could ask your boss.", "You could ask me anything."),
    ],
)
def test_the_object_tells_advice_from_closeness(order, closeness):
    assert "premature_fixing" in read(order).labels
    assert "premature_fixing" not in read(closeness).labels
