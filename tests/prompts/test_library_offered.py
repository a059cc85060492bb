"""What Leeway itself offers to say must not be remarked on by its own coach."""

import pytest

from bench.coach_rows import on_offer
from prompts.coach import read
from prompts.library import library

WORDS = library("en")
NUDGES = {
    "premature_fixing", "minimizing", "generic_praise", "blame", "self_shift", "closed_question",
    "correcting",
}  # fmt: skip


@pytest.mark.practice("A22", "A43", "A54")
def test_no_sentence_on_offer_brings_a_notice() -> None:
    told = {
        sentence: finding.rule
        for sentence in on_offer()
        for finding in read(sentence).findings
        if finding.category in NUDGES and finding.tier == "strong"
    }
    assert told == {}


@pytest.mark.practice("B11")
def test_hardly_a_prompt_of_ours_would_be_remarked_on_if_a_couple_had_written_it() -> None:
    told = [p.text for p in WORDS.prompts if read(p.text, profile="prompt").findings]
    assert len(told) <= 0.01 * len(WORDS.prompts), told
