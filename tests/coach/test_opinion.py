"""Learnt weights give a second opinion: on replies only, and never over harm, order or choice."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.coach_rows import fingerprint
from prompts.coach import NUDGES, read, wording
from prompts.coach.engine import by_rules, read_with
from prompts.coach.fold import fold
from prompts.coach.model import HARM, TICKS
from prompts.coach.opinion import traits_of
from prompts.coach.pack import pack
from prompts.coach.passages import ONE_LINE, Passage
from prompts.coach.reply import Reply
from prompts.coach.sentences import split
from tests.coach.test_fuzz import known
from tests.coach.test_rows import HARMS

ENGLISH = pack("en")
WEIGHTS = ENGLISH.weights
RULES_ALONE = replace(ENGLISH, weights=None)


def with_bars(bar, harm=False):
    """Of harm alone, or of every other kind."""
    kinds = [replace(k, bar=bar) if (k.category == HARM) is harm else k for k in WEIGHTS.kinds]
    return replace(ENGLISH, weights=replace(WEIGHTS, kinds=tuple(kinds)))


# As if the weights agreed with no rule, and as if they were sure of everything.
DOUBTFUL, TALKATIVE = with_bars(99.0), with_bars(-99.0)
IN_ORDER = {"reflection", "premature_fixing"}  # what a remark or a named feeling takes back


def learnt(reading):
    return [finding for finding in reading.findings if finding.rule.startswith("learnt.")]


def test_the_weights_fit_the_rows_and_the_rules():
    assert fingerprint() in WEIGHTS.made_from, (
        "rows, words or examples have changed: run `python -m bench.coach_weights`"
    )


@pytest.mark.parametrize(
    ("text", "told", "category"),
    [
        (
            "Perfect, they said, with the kitchen under water.",
            "The man said the work was perfect and then the pipe burst.",
            "generic_praise",
        ),
        (
            "I love being with you. You can be quiet with me, too.",
            "I don't talk in groups because I'm sure people find me boring.",
            "self_shift",
        ),
    ],
)
def test_a_rule_that_hits_an_honest_sentence_is_overruled(text, told, category):
    assert category in read_with(RULES_ALONE, text, told).labels
    assert not set(NUDGES).intersection(read_with(ENGLISH, text, told).labels)


def test_what_the_weights_speak_against_is_neither_remark_nor_tick():
    text = "You never listen. Thank you for telling me."
    assert read_with(RULES_ALONE, text).labels == ("blame", "appreciation")
    assert read_with(DOUBTFUL, text).labels == ()


def test_setting_facts_straight_is_no_matter_of_opinion():
    reading = read_with(DOUBTFUL, "That's not what happened.")
    assert reading.nudge is not None
    assert reading.nudge.category == "correcting"


@pytest.mark.parametrize("profile", ["disclosure", "prompt"])
def test_only_replies_are_weighed(profile):
    text = "What's wrong with you today?"
    assert read_with(DOUBTFUL, text, profile=profile).labels == ("blame",)
    assert learnt(read_with(TALKATIVE, "The bins go out today.", profile=profile)) == []


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("😀🫂 Such things, they pass.", "they pass"),
        ("Cafe\u0301, cre\u0300me. ﬁrst ẞ İ dear me 😀", "ﬁrst ẞ İ dear me"),
        ("Only that. \r\n  Some   cafe\u0301 🫂", "Some   cafe\u0301"),
    ],
)
def test_what_no_rule_found_is_quoted_in_the_authors_own_string(text, quote):
    found = learnt(read_with(TALKATIVE, text))
    assert {*NUDGES, *TICKS} - {finding.category for finding in found} <= IN_ORDER
    clauses = {finding.quote(text) for finding in found}
    assert all(clause and clause in text for clause in clauses)
    assert quote in clauses


def test_what_no_rule_found_is_remarked_on_in_words_of_its_own():
    text = "A star like you is born once in a century. 😀"
    reading = read_with(ENGLISH, text)
    assert reading.nudge is not None
    assert reading.nudge.rule == "learnt.generic_praise"
    words = wording(reading.nudge, text)
    assert words is not None
    assert "A star like you is born once in a century" in words.saw


def test_every_remark_that_weights_can_make_has_its_three_sentences():
    text = "The bins go out today."
    for finding in learnt(read_with(TALKATIVE, text)):
        words = wording(finding, text)
        if finding.category in NUDGES:
            assert words is not None
            assert "!" not in words.saw + words.why + words.instead


def test_harm_is_silent_however_sure_the_weights_are():
    stated = [text for text in HARMS if states_harm(text)]
    assert len(stated) > len(HARMS) / 2
    for text in stated:
        assert not set(NUDGES).intersection(read_with(TALKATIVE, text).labels), text


@pytest.mark.parametrize("profile", ["reply", "disclosure"])
def test_where_the_weights_tell_harm_nothing_is_remarked_on(profile):
    text = "You never listen. Thank you for telling me."
    found = read_with(with_bars(-99.0, harm=True), text, profile=profile)
    assert read_with(ENGLISH, text, profile=profile).nudge is not None
    assert found.nudge is None
    assert ("appreciation" in found.labels) is (profile == "reply")


@pytest.mark.parametrize("profile", ["reply", "disclosure"])
@pytest.mark.parametrize("reproach", ["{} You never listen.", "You're so selfish. {}"])
def test_a_reproach_beside_harm_gets_no_remark(profile, reproach):
    """Of all statements of harm but a few that could be anything ("No.")."""
    nudged = [t for t in HARMS if read(reproach.format(t), profile=profile).nudge is not None]
    assert len(nudged) <= len(HARMS) / 100, nudged


def states_harm(text):
    sentences = split(fold(text), text, ENGLISH.speller)
    return any(ENGLISH.states_harm(sentence.code) for sentence in sentences)


def test_what_weights_take_for_advice_is_early_only_before_it_was_asked_for():
    text = "The bins go out today."
    assert "premature_fixing" in read_with(TALKATIVE, text).labels
    asked = "They passed me over again. What should I do?"
    assert "premature_fixing" not in read_with(TALKATIVE, text, asked).labels
    assert "premature_fixing" not in read_with(TALKATIVE, text, ideas_welcome=True).labels


def test_what_is_switched_off_stays_off():
    reading = read_with(TALKATIVE, "The bins go out today.", hidden=NUDGES)
    assert reading.nudge is None
    assert set(NUDGES) <= set(reading.labels)


@settings(max_examples=200, deadline=None)
@given(st.one_of(known, st.text(max_size=300)), st.one_of(known, st.text(max_size=100)))
def test_sure_or_not_it_never_raises_and_points_inside_the_text(text, context):
    for words in (TALKATIVE, DOUBTFUL):
        for finding in read_with(words, text, context).findings:
            assert 0 <= finding.start < finding.end <= len(text)


def test_a_long_reply_is_weighed_piece_by_piece():
    """What is said at the end is not drowned by what came before."""
    calm = "The bins go out today and I made some soup. " * 30
    text = calm + "You never listen to me."
    assert "blame" in read_with(ENGLISH, text).labels
    assert learnt(read_with(TALKATIVE, text)) == []


def test_each_part_of_a_reply_is_judged_by_itself():
    """Parts are joined by line breaks; what one says is not drowned by the kind ones."""
    heard = "You laughed it off, and you were disappointed."
    sense = "It's not a big deal, you're overreacting."
    told = "I told you about the car and you laughed."
    assert {"minimizing", "reflection"} <= set(read(f"{heard}\n{sense}", told).labels)


def test_one_sentence_of_many_is_not_drowned():
    kind = "I read this twice. You were alone with it all week and I didn't see it. I'm sorry."
    assert "blame" not in read(f"{kind} I love you and I'm here.").labels
    text = f"{kind} You always make everything so dramatic. I love you and I'm here."
    assert "blame" in read(text).labels


def test_a_remark_on_one_part_of_several_must_be_surer():
    text = "You never listen to me."
    reply = Reply.of(ENGLISH, fold(text), text, "", "reply")
    known = traits_of(Passage(reply.readers), ENGLISH.traits, by_rules(reply))
    score = WEIGHTS.scores(known)[WEIGHTS.places["blame"]]
    close = with_bars(score - ONE_LINE / 2)
    assert "blame" in read_with(close, text).labels
    assert "blame" not in read_with(close, f"{text}\nThank you.").labels


def test_what_a_rule_found_in_one_part_hides_nothing_in_another():
    found = learnt(read_with(TALKATIVE, "You never listen to me.\nThe bins go out today."))
    assert "blame" in {finding.category for finding in found}
