"""Reading a draft reply: ticks for what is there, and at most one gentle nudge."""

from __future__ import annotations

from collections.abc import Collection

from prompts.coach.fold import Folded, fold
from prompts.coach.hits import Hit, Reader, Surroundings
from prompts.coach.model import NUDGES, SILENT, TICKS, UNJUDGED, Finding, Profile, Reading
from prompts.coach.order import in_order, unless_harm, unless_open
from prompts.coach.overlap import Told
from prompts.coach.pack import Pack, pack
from prompts.coach.sentences import Sentence, split

_NEAR = 1500  # words of the reply on either side that a guard looks at


def read(
    text: str,
    context: str = "",
    *,
    profile: Profile = "reply",
    language: str = "en",
    ideas_welcome: bool = False,
    hidden: Collection[str] = (),
) -> Reading:
    """Findings count code points of `text`. An unknown language gives a silent reading.

    `hidden` kinds are never offered as the nudge; labels and findings stay as they are.
    """
    words = pack(language)
    if words is None or not text.strip():
        return SILENT
    folded = fold(text)
    sentences = split(folded, text, words.speller)
    told = _codes(words, context)
    hits = _hits(words, sentences, told, profile)
    if profile == "prompt":
        hits = unless_open(words, sentences, hits)
    else:
        hits = unless_harm(words, sentences, hits)
    if profile == "reply":
        hits = in_order(words, sentences, hits, told.code, ideas_welcome)
    for hit in hits:
        hit.instead = words.instead_in.get(profile, hit.instead)
    return _reading(hits, sentences, folded, hidden)


def _codes(words: Pack, context: str) -> Told:
    return Told.of(words, split(fold(context), context, words.speller))


def _hits(words: Pack, sentences: list[Sentence], told: Told, profile: Profile) -> list[Hit]:
    found: list[Hit] = []
    whole = "".join(sentence.code for sentence in sentences)
    end = 0
    for number, sentence in enumerate(sentences):
        start, end = end, end + len(sentence.code)
        before, later = whole[max(0, start - _NEAR) : start], whole[end : end + _NEAR]
        around = Surroundings(number, before, later, told, profile)
        found += Reader(words, sentence, around).hits()
    return found


def _reading(
    hits: list[Hit], sentences: list[Sentence], folded: Folded, hidden: Collection[str]
) -> Reading:
    findings = [f for hit in hits for f in _findings(hit, sentences[hit.number], folded)]
    findings.sort(key=lambda f: (f.start, f.end, f.category))
    strong = [f for f in findings if f.tier == "strong"]
    labels = {f.category for f in strong}
    nudges = sorted(
        (f for f in strong if f.category in NUDGES + UNJUDGED and f.category not in hidden),
        key=lambda f: ((NUDGES + UNJUDGED).index(f.category), f.start),
    )
    return Reading(
        labels=tuple(c for c in NUDGES + TICKS if c in labels),
        findings=tuple(findings),
        ticks=tuple(c for c in TICKS if c in labels),
        nudge=nudges[0] if nudges else None,
    )


def _findings(hit: Hit, sentence: Sentence, folded: Folded) -> list[Finding]:
    spans = [span for span in sentence.spans[hit.start : hit.end] if span[0] < span[1]]
    first, last = (spans[0], spans[-1]) if spans else (sentence.spans[0], sentence.spans[0])
    start, end = folded.span(first[0], last[1])
    return [
        Finding(category, hit.rule, start, end, hit.tier, hit.message, hit.instead)  # type: ignore[arg-type]
        for category in hit.categories
    ]
