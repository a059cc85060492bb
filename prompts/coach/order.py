"""Order makes "premature" explainable: advice counts only before any feeling or permission.

Safety comes before order: a text that states harm, fear or a boundary gets no remark at all.
"""

from __future__ import annotations

from prompts.coach.hits import Hit
from prompts.coach.model import NUDGES, UNJUDGED
from prompts.coach.pack import Pack
from prompts.coach.sentences import Sentence

_NOTICES = frozenset((*NUDGES, *UNJUDGED))
_OVERRULE = frozenset({"premature_fixing", "minimizing", "blame", "self_shift", "generic_praise"})


def unless_harm(pack: Pack, sentences: list[Sentence], hits: list[Hit]) -> list[Hit]:
    if not any(pack.patterns["states_harm"].search(sentence.code) for sentence in sentences):
        return hits
    return [hit for hit in hits if not _NOTICES.intersection(hit.categories)]


def in_order(
    pack: Pack, sentences: list[Sentence], hits: list[Hit], context: str, ideas_welcome: bool
) -> list[Hit]:
    if ideas_welcome or pack.patterns["wants_ideas"].search(context):
        kept = [hit for hit in hits if "premature_fixing" not in hit.categories]
    else:
        allowed = _allowed_from(pack, sentences, hits)
        kept = [
            hit
            for hit in hits
            if "premature_fixing" not in hit.categories or (hit.number, hit.start) < allowed
        ]
    nudged = {hit.number for hit in kept if _OVERRULE.intersection(hit.categories)}
    return [hit for hit in kept if "reflection" not in hit.categories or hit.number not in nudged]


def _allowed_from(pack: Pack, sentences: list[Sentence], hits: list[Hit]) -> tuple[int, int]:
    """The place (sentence, word) from which on advice isn't early any more."""
    places = [(hit.number, hit.start + 1) for hit in hits if "feeling_named" in hit.categories]
    for number, sentence in enumerate(sentences):
        if found := pack.patterns["asks_permission"].search(sentence.code):
            places.append((number, found.end()))
            break
    return min(places, default=(len(sentences), 0))
