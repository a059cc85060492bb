"""Order makes "premature" explainable; one notice at a time; what is switched off stays off."""

from dataclasses import replace

from prompts.coach import read
from prompts.coach.engine import read_with
from prompts.coach.pack import pack

RULES_ALONE = replace(pack("en"), weights=None)
ADVICE = "You should talk to HR."


def test_advice_alone_is_early():
    assert "premature_fixing" in read(ADVICE).labels


def test_advice_after_the_feeling_is_not():
    assert "premature_fixing" not in read(f"You felt so small in there. {ADVICE}").labels


def test_a_feeling_named_only_afterwards_does_not_help():
    assert "premature_fixing" in read(f"{ADVICE} You must be exhausted.").labels


def test_one_owns_feeling_is_not_theirs():
    assert "premature_fixing" in read(f"I felt so small once. {ADVICE}").labels


def test_advice_after_asking_is_not_early():
    assert "premature_fixing" not in read(f"Would you like some ideas? {ADVICE}").labels


def test_advice_that_the_disclosure_asked_for_is_not_early():
    context = "They passed me over again. What should I do?"
    assert "premature_fixing" not in read(ADVICE, context).labels


def test_advice_is_welcome_when_the_discloser_said_so():
    assert read(ADVICE, ideas_welcome=True).nudge is None


def test_one_notice_at_a_time_and_the_weightiest_first():
    reading = read_with(RULES_ALONE, "You never listen. You should talk to HR.")
    assert {"blame", "premature_fixing"} <= set(reading.labels)
    assert reading.nudge is not None
    assert reading.nudge.category == "blame"


def test_a_kind_that_is_switched_off_gives_way_to_the_next():
    text = "You never listen. You should talk to HR."
    reading = read_with(RULES_ALONE, text, hidden={"blame"})
    assert reading.nudge is not None
    assert reading.nudge.category == "premature_fixing"
    assert "blame" in reading.labels


def test_setting_facts_straight_is_shown_but_not_judged():
    reading = read("That's not what happened.")
    assert reading.labels == ()
    assert reading.nudge is not None
    assert reading.nudge.category == "correcting"


def test_ticks_are_there_or_they_are_not():
    told = "At dinner I felt invisible."
    assert read("You felt invisible. Thank you for telling me. I'm with you.", told).ticks == (
        "reflection",
        "feeling_named",
        "appreciation",
        "affirmation",
    )
    assert read("The bins go out on Tuesday.").ticks == ()
