"""Reading a draft reply: ticks for what is there, and at most one gentle nudge."""

from __future__ import annotations

from collections.abc import Collection

from prompts.coach.fold import Folded, fold
from prompts.coach.grammar import PUNCTUATION
from prompts.coach.hits import Hit
from prompts.coach.model import NUDGES, SILENT, TICKS, UNJUDGED, Finding, Profile, Reading
from prompts.coach.opinion import Opinion
from prompts.coach.order import in_order, unless_harm, unless_open
from prompts.coach.pack import Pack, pack
from prompts.coach.reply import Reply
from prompts.coach.sentences import Sentence


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
    if words is None:
        return SILENT
    return read_with(words, text, context, profile, ideas_welcome, hidden)


def read_with(
    words: Pack,
    text: str,
    context: str = "",
    profile: Profile = "reply",
    ideas_welcome: bool = False,
    hidden: Collection[str] = (),
) -> Reading:
    if not text.strip():
        return SILENT
    folded = fold(text)
    reply = Reply.of(words, folded, text, context, profile)
    hits = _judged(reply, ideas_welcome)
    for hit in hits:
        hit.instead = words.instead_in.get(profile, hit.instead)
    return _reading(hits, reply.sentences, folded, hidden)


def _judged(reply: Reply, ideas_welcome: bool) -> list[Hit]:
    """Weights speak about replies, and harm and order have the last word on what they say; of a
    disclosure they tell harm only.
    """
    if reply.profile == "prompt":
        return unless_open(reply.pack, reply.sentences, _hits(reply))
    hits = by_rules(reply, ideas_welcome)
    opinion = Opinion.on(reply, hits)
    if opinion is None:
        return hits
    if reply.profile == "reply":
        hits = _settled(reply, opinion.judged(), ideas_welcome)
    return unless_harm(hits, opinion.harm)


def by_rules(reply: Reply, ideas_welcome: bool = False) -> list[Hit]:
    return _settled(reply, _hits(reply), ideas_welcome)


def _hits(reply: Reply) -> list[Hit]:
    return [hit for reader in reply.readers for hit in reader.hits()]


def _settled(reply: Reply, hits: list[Hit], ideas_welcome: bool) -> list[Hit]:
    """Without remarks on harm, and without advice that was not too early."""
    hits = unless_harm(hits, reply.states_harm)
    return in_order(reply.pack, reply.sentences, hits, reply.told.code, ideas_welcome)


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
    """Quoted without the mark before, which a rule may have looked at."""
    begin = hit.start
    while begin + 1 < hit.end and sentence.code[begin] in PUNCTUATION:
        begin += 1
    spans = [span for span in sentence.spans[begin : hit.end] if span[0] < span[1]]
    first, last = (spans[0], spans[-1]) if spans else (sentence.spans[0], sentence.spans[0])
    start, end = folded.span(first[0], last[1])
    return [
        Finding(category, hit.rule, start, end, hit.tier, hit.message, hit.instead)  # type: ignore[arg-type]
        for category in hit.categories
    ]
