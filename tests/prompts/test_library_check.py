"""What `manage.py library check` lets through, and what it refuses with file, line and reason."""

import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from prompts.library import library
from prompts.library.check import problems
from prompts.library.check.near import likeness
from prompts.library.check.openness import reasons
from prompts.library.check.reading import grade, syllables
from prompts.library.check.rules import rules
from prompts.library.check.texts import Text
from prompts.library.check.tone import tone_problems
from prompts.library.loading import HERE
from prompts.library.rows import Row

ENGLISH = HERE / "en"
LISTS = rules(ENGLISH)
WORK = "prompts/work.toml"
PLANTED = "What did your hands do most today?"  # the first text of that file


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ENGLISH, tmp_path / "en"))


def plant(
    folder: Path, text: str, file: str = "prompts/work.toml", old: str = PLANTED
) -> list[str]:
    """Put a text in the place of another, and say what the check finds on exactly that line."""
    path = folder / file
    before = path.read_text(encoding="utf-8")
    line = before[: before.index(old)].count("\n") + 1
    path.write_text(before.replace(old, text, 1), encoding="utf-8")
    return [p.reason for p in problems(folder) if (p.file, p.line) == (file, line)]


@pytest.mark.safety("S29")
@pytest.mark.practice("A13", "B11")
def test_our_own_words_pass() -> None:
    assert [str(problem) for problem in problems(ENGLISH)] == []


def prompt_saying(text: str, topic: str = "work") -> Text:
    row = Row(WORK, "prompt", 1, {"text": 3}, {"key": "x", "text": text, "topic": topic})
    return Text(row, "text", text)


CLOSED = [
    "Did you feel sad this week?",
    "Do you think about your childhood?",
    "When you are tired, do you need to be alone?",
    "How was work, and did you like it?",
    "You had a hard week, right?",
    "Is there something that weighs on you?",
    "Would you like to be held more?",
    "A good week, or not?",
    "Have you ever wondered what is missing?",
]
OPEN = [
    "What felt most meaningful this week?",
    "Which moment challenged you, and why?",
    "What do you think about the two of you?",
    "How did that situation make you feel?",
    "When you are tired, what do you need?",
    "For whom would you get up at four?",
    "Describe a bench you like.",
    "At nine years old, what were you going to be?",
    "Something was lost. What was it?",
    "What would you do if you could not fail?",
    "Who was there, and what did they say?",
]


@pytest.mark.practice("B11")
@pytest.mark.parametrize("text", CLOSED)
def test_a_closed_question_is_refused(text: str) -> None:
    assert any("question" in reason for reason in reasons(text, LISTS.openness))


@pytest.mark.practice("B11", "A16")
@pytest.mark.parametrize("text", OPEN)
def test_an_open_one_is_not(text: str) -> None:
    assert list(reasons(text, LISTS.openness)) == []


@pytest.mark.practice("A63")
@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("What hurt? What helped?", "more than one question"),
        ("How often do you think of it?", "asks for a number"),
        ("Why did you go quiet?", "asks for a justification"),
        ("A day by the sea.", "neither a question nor an invitation"),
        ("Sundays mean more to you?", "not an open question"),
    ],
)
def test_one_open_question_only(text: str, reason: str) -> None:
    assert any(reason in found for found in reasons(text, LISTS.openness))


FORBIDDEN = [
    ("What did your ex do better?", "past partners"),
    ("What was your last relationship like?", "jargon"),
    ("Which former partner do you still think of?", "past partners"),
    ("Where were you on Tuesday evening?", "whereabouts"),
    ("Who were you with when you came home late?", "whereabouts"),
    ("What is your passcode, and who else knows it?", "passwords"),
    ("What would your messages to friends tell?", "passwords"),
    ("Tell what did you spend this week.", "spending"),
    ("Which receipts would you rather hide?", "spending"),
    ("How would you prove that it matters?", "tests love"),
    ("What would you rate this week, out of ten?", "tests love"),
    ("What arouses you most?", "belongs to the topic intimacy"),
    ("What would your wife say?", "presumes"),
    ("What do your children get from you?", "presumes"),
    ("What does prayer, church or God give you?", "presumes"),
    ("What are your triggers at work?", "jargon"),
    ("How do you process your emotions?", "jargon"),
    ("What an amazing week, and what was best?", "pushes"),
    ("What was best about today!", "exclamation"),
    ("What is your fault in this?", "blames"),
    ("What would you like me to know?", "speaks to you"),
    ("What do we need this week?", "speaks to you"),
]


@pytest.mark.safety("S29", "S31")
@pytest.mark.practice("A13")
@pytest.mark.parametrize(("text", "reason"), FORBIDDEN)
def test_a_forbidden_subject_or_tone_is_named(text: str, reason: str) -> None:
    found = tone_problems([prompt_saying(text)], LISTS)
    assert any(reason in problem.reason for problem in found)


@pytest.mark.safety("S29")
def test_it_is_found_in_followups_and_on_its_line(folder: Path) -> None:
    old = "What would they have liked to do?"
    found = plant(folder, "Where were you on Tuesday?", old=old)
    assert any("whereabouts" in reason for reason in found)


CHECKING_UP = [
    ("gestures.toml", "Put the kettle on before you are asked.", "Plug in their phone.", "phones"),
    ("gestures.toml", "Leave a lamp on for them.", "Wait until they come home late.", "where"),
    ("together.toml", "Where did the song take you?", "Who else was there?", "where"),
    ("together.toml", "What can you hear from here?", "Where have these feet been?", "where"),
    ("together.toml", "Eat whatever there is, by candlelight.", "Send a sound of where you are.",
     "where"),
    (WORK, "What would they have liked to do?", "Who else knows about it?", "where"),
    (WORK, "What would they have liked to do?", "How did you find out?", "where"),
    ("prompts/everyday.toml", "Which sound from today is still in your ear?",
     "What are you wearing today?", "where"),
    ("circle.toml", "What colour was your day?", "What do their messages say?", "phones"),
    ("stems.toml", "What is it like to have said this?", "Where were you when …?", "where"),
    ("repair.toml", "I was wrong about that.", "Show me your phone.", "phones"),
]  # fmt: skip


@pytest.mark.safety("S29")
@pytest.mark.parametrize(("file", "old", "text", "reason"), CHECKING_UP)
def test_nothing_to_do_or_to_ask_checks_up_on_anybody(
    folder: Path, file: str, old: str, text: str, reason: str
) -> None:
    named = {"where": "whereabouts", "phones": "phones or messages"}[reason]
    assert any(named in found for found in plant(folder, text, file, old))


def test_a_thing_to_do_has_no_i_of_its_own(folder: Path) -> None:
    found = plant(
        folder, "What made you think of me?", "together.toml", "Where did the song take you?"
    )
    assert any("speaks to you" in reason for reason in found)


@pytest.mark.parametrize(
    "text",
    [
        "What would you never give away?",
        "Which night sky do you remember?",
        "What do you do with the example of others?",
        "What text would you carve over your door?",
        "Who taught you to mend things, and with what patience?",
        "What is worth every coin to you?",
    ],
)
def test_an_honest_text_is_left_alone(text: str) -> None:
    assert tone_problems([prompt_saying(text)], LISTS) == []


@pytest.mark.safety("S29")
def test_a_word_of_desire_is_at_home_in_intimacy_alone() -> None:
    texts = {
        prompt.text: prompt.topic for prompt in library("en").prompts if "desire" in prompt.text
    }
    assert set(texts.values()) == {"intimacy"}
    for text in texts:
        assert tone_problems([prompt_saying(text)], LISTS) != []
        assert tone_problems([prompt_saying(text, "intimacy")], LISTS) == []


@pytest.mark.practice("A6")
@pytest.mark.parametrize(
    "text",
    [
        "What did your hands do most this week?",
        "Which sound from today is still in your ears?",
        "How did you sleep, if your bed could tell it?",
    ],
)
def test_a_near_duplicate_is_found_wherever_the_other_one_is(folder: Path, text: str) -> None:
    plant(folder, text, "prompts/money.toml", "The first money of your own: what became of it?")
    assert any("nearly the same as" in problem.reason for problem in problems(folder))


def test_a_line_of_the_circle_is_no_opening_once_more(folder: Path) -> None:
    plant(folder, PLANTED, "circle.toml", "What colour was your day?")
    found = [problem for problem in problems(folder) if "nearly the same as" in problem.reason]
    assert {problem.file for problem in found} & {WORK, "circle.toml"}


def test_likeness_is_about_meaning_and_wording() -> None:
    stop = LISTS.near["stopwords"]
    assert likeness("Which sound is in your ear?", "Which sound stays in your ears?", stop) > 0.5
    assert likeness("Which sound is in your ear?", "What do you fear about money?", stop) < 0.2
    assert likeness("", "What?", stop) == 0.0


def test_length_spaces_and_hard_words(folder: Path) -> None:
    assert any("letters, at most" in r for r in plant(folder, "What " + "so " * 60 + "on?"))


def test_hard_words_are_named(folder: Path) -> None:
    found = plant(folder, "What characteristically  institutionalised you?")
    assert any("a long word" in reason for reason in found)
    assert any("stray spaces" in reason for reason in found)


def test_a_thin_topic_is_named(folder: Path) -> None:
    path = folder / "prompts" / "money.toml"
    path.write_text(path.read_text(encoding="utf-8").split("[[prompt]]", 2)[0], encoding="utf-8")
    assert any("prompts of depth" in problem.reason for problem in problems(folder))


def test_a_beginning_can_wear_out(folder: Path) -> None:
    path = folder / "prompts" / "play.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('text = "', 'text = "What is one '), encoding="utf-8")
    assert any("begin like this" in problem.reason for problem in problems(folder))


def test_a_new_key_must_be_booked_and_a_gone_one_retired(folder: Path) -> None:
    plant(folder, "work_new_key", old="work_hands")
    found = [problem.reason for problem in problems(folder)]
    assert any("'prompt work_new_key' is a new key" in reason for reason in found)
    assert any("'prompt work_hands' is gone" in reason for reason in found)
    call_command("library", "keys", path=folder, stdout=StringIO())
    assert [p.reason for p in problems(folder) if "new key" in p.reason] == []


def test_a_retired_key_never_comes_back(folder: Path) -> None:
    book = folder / "keys.txt"
    text = book.read_text(encoding="utf-8").replace(
        "prompt work_hands\n", "prompt work_hands retired\n"
    )
    book.write_text(text, encoding="utf-8")
    assert any("was retired" in problem.reason for problem in problems(folder))
    call_command("library", "keys", path=folder, stdout=StringIO())
    assert "prompt work_hands retired" in book.read_text(encoding="utf-8")


@pytest.mark.parametrize("content", ["", "[lengths", "[lengths]\ntext = 3\n", "banned = 3"])
def test_a_broken_rule_file_names_itself(folder: Path, content: str) -> None:
    (folder / "check.toml").write_text(content, encoding="utf-8")
    assert [p for p in problems(folder) if p.file == "check.toml"]


@pytest.mark.parametrize("entry", ["grade = 6.0", "alike = 0.5", "verbs = [", "reason = "])
def test_a_rule_that_is_missing_is_named(folder: Path, entry: str) -> None:
    path = folder / "check.toml"
    text = path.read_text(encoding="utf-8").replace(entry, f"not_{entry}", 1)
    path.write_text(text, encoding="utf-8")
    name = entry.split(" =")[0]
    assert any(p.file == "check.toml" and name in p.reason for p in problems(folder))


@settings(deadline=None, max_examples=300)
@given(st.text(max_size=300))
def test_any_text_in_any_script_is_judged_without_an_exception(text: str) -> None:
    assert all(isinstance(reason, str) for reason in reasons(text, LISTS.openness))
    assert isinstance(tone_problems([prompt_saying(text)], LISTS), list)
    assert 0 <= likeness(text, text[::-1], LISTS.near["stopwords"]) <= 1
    assert isinstance(grade([text]), float)


def test_readability_is_measured() -> None:
    easy = grade(["What did you eat today?", "Who was there?"])
    hard = grade(["Which organisational complexities characterise contemporary partnership?"])
    assert easy < 3 < 12 < hard
    assert grade([""]) == 0.0
    found = [syllables(word) for word in ("house", "today", "table", "beautiful", "I")]
    assert found == [1, 2, 2, 3, 1]
