"""A finding points into the author's own string, whatever it is made of."""

from dataclasses import replace

import pytest

from prompts.coach import read, utf16_span
from prompts.coach.engine import read_with
from prompts.coach.pack import pack
from prompts.coach.wording import wording

WITH_NOTICE = [
    ("Honey, you’re overreacting.", "you’re overreacting"),
    ("😀🫂 well… you’re overreacting 😀", "you’re overreacting"),
    ("Cafe\u0301 first.\r\nYou\u2019re overreacting.\r\n", "You\u2019re overreacting"),
    ("  you   are \n overreacting", "you   are \n overreacting"),
    ("ﬁrst ẞ İ you are overreacting", "you are overreacting"),
    ("“Fine.” You are overreacting", "You are overreacting"),
]


@pytest.mark.parametrize(("text", "quote"), WITH_NOTICE[:3] + WITH_NOTICE[4:])
def test_quote_is_what_the_author_wrote(text, quote):
    rules_alone = replace(pack("en"), weights=None)
    found = [f for f in read_with(rules_alone, text).findings if f.category == "minimizing"]
    assert [f.quote(text) for f in found] == [quote]


def test_a_line_break_ends_a_sentence():
    assert not {"blame", "minimizing"}.intersection(read(WITH_NOTICE[3][0]).labels)


def test_utf16_units_count_an_emoji_twice():
    text = "😀 you’re overreacting"
    found = read(text).findings[0]
    start, end = utf16_span(text, found.start, found.end)
    units = text.encode("utf-16-le")
    assert units[2 * start : 2 * end].decode("utf-16-le") == "you’re overreacting"


def test_a_quote_begins_with_a_word():
    text = "I'm sorry. But honestly, you always make everything so dramatic."
    assert read(text).nudge.quote(text).startswith("you always make everything")


def test_unknown_language_is_silent():
    for language in ("xx", "de", "", "../en", "EN "):
        assert read("You never listen to me.", language=language).findings == ()


def test_nothing_written_is_nothing_read():
    for text in ("", "   ", "\n\n", "…", "😀", "?!"):
        assert read(text).labels == ()


def test_a_remark_quotes_to_the_end_of_the_clause():
    text = "Oh my back went last year too, worst month of my life."
    reading = read(text)
    words = wording(reading.nudge, text)
    assert "my back went last year too”" in words.saw
