"""Any text of any length in any script gives an answer, soon."""

import random
import time

from hypothesis import given, settings
from hypothesis import strategies as st

from prompts.coach import read, utf16_span
from prompts.coach.pack import pack

WORDS = sorted(pack("en").speller.vocabulary.chars)
MARKS = [
    ",",
    ".",
    "?",
    "!",
    "…",
    "—",
    "\n",
    "’",
    '"',
    "😀",
    "é",
    "e\u0301",
    "\r\n",
    "\x00",
    "\ud800",
]
known = st.lists(st.sampled_from([*WORDS, *MARKS]), max_size=60).map(" ".join)


@settings(max_examples=400, deadline=None)
@given(st.one_of(known, st.text(max_size=300)), st.one_of(known, st.text(max_size=100)))
def test_it_never_raises_and_points_inside_the_text(text, context):
    reading = read(text, context)
    for finding in reading.findings:
        assert 0 <= finding.start < finding.end <= len(text)
        start, end = utf16_span(text, finding.start, finding.end)
        assert 0 <= start < end


@settings(max_examples=60, deadline=None)
@given(known, st.sampled_from(["disclosure", "prompt"]))
def test_other_profiles_never_raise(text, profile):
    read(text, profile=profile)


def spent(text):
    start = time.process_time()
    read(text)
    return time.process_time() - start


def test_time_grows_no_faster_than_the_text():
    """Random words of the pack itself, the worst case for its index; no sentence ends."""
    chooser = random.Random(7)
    words = chooser.choices(WORDS, k=8000)
    short, long = " ".join(words[:1000]), " ".join(words)
    spent(long)  # patterns are compiled when they are first needed
    assert spent(long) < 24 * max(min(spent(short) for _ in range(3)), 0.002)


def test_a_megabyte_in_one_word_and_in_one_sign():
    for text in ("a" * 1_000_000, "?" * 1_000_000, "you never " * 20_000, "’" * 100_000):
        assert spent(text) < 20
