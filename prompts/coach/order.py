"""Order makes "premature" explainable: advice counts only before any feeling or permission.

Safety comes before order: a text that states harm, fear or a boundary gets no remark at all.
"""

from __future__ import annotations

from collections.abc import Callable

from prompts.coach.hits import Hit
from prompts.coach.model import NUDGES, UNJUDGED
from prompts.coach.pack import Pack
from prompts.coach.sentences import Sentence

_NOTICES = frozenset((*NUDGES, *UNJUDGED))
_OVERRULE = frozenset({"premature_fixing", "minimizing", "blame", "self_shift", "generic_praise"})
_ADVICE = frozenset({"premature_fixing"})


def unless_harm(hits: list[Hit], states_harm: Callable[[], bool]) -> list[Hit]:
    if not _any(hits, _NOTICES) or not states_harm():
        return hits
    return [hit for hit in hits if not _NOTICES.intersection(hit.categories)]


def unless_open(pack: Pack, sentences: list[Sentence], hits: list[Hit]) -> list[Hit]:
    """A prompt that opens with who, what or how is open, however it goes on."""
    return [
        hit
        for hit in hits
        if "closed_question" not in hit.categories
        or not pack.search("opens", sentences[hit.number].code)
    ]


def in_order(
    pack: Pack, sentences: list[Sentence], hits: list[Hit], context: str, ideas_welcome: bool
) -> list[Hit]:
    if _any(hits, _ADVICE):
        hits = _early_only(pack, sentences, hits, context, ideas_welcome)
    nudged = {hit.number for hit in hits if _OVERRULE.intersection(hit.categories)}
    return [hit for hit in hits if "reflection" not in hit.categories or hit.number not in nudged]


def _any(hits: list[Hit], kinds: frozenset[str]) -> bool:
    return any(kinds.intersection(hit.categories) for hit in hits)


def _early_only(
    pack: Pack, sentences: list[Sentence], hits: list[Hit], context: str, ideas_welcome: bool
) -> list[Hit]:
    allowed = (0, 0)
    if not ideas_welcome and not pack.search("wants_ideas", context):
        allowed = _allowed_from(pack, sentences, hits)
    return [
        hit
        for hit in hits
        if not _ADVICE.intersection(hit.categories) or (hit.number, hit.start) < allowed
    ]


def _allowed_from(pack: Pack, sentences: list[Sentence], hits: list[Hit]) -> tuple[int, int]:
    """The place (sentence, word) from which on advice isn't early any more."""
    places = [(hit.number, hit.start + 1) for hit in hits if "feeling_named" in hit.categories]
    for number, sentence in enumerate(sentences):
        if found := pack.search("asks_permission", sentence.code):
            places.append((number, found.end()))
            break
    return min(places, default=(len(sentences), 0))
