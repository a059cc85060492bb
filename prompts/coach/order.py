"""Order makes "premature" explainable: advice counts only before any feeling or permission.

Safety comes before order: a reply that states harm, fear or a boundary gets no remark at all.
"""

from __future__ import annotations

from prompts.coach.hits import Hit
from prompts.coach.model import NUDGES, UNJUDGED
from prompts.coach.pack import Pack
from prompts.coach.sentences import Sentence

_NOTICES = frozenset((*NUDGES, *UNJUDGED))
_OVERRULE = frozenset({"premature_fixing", "minimizing", "blame", "self_shift", "generic_praise"})


def in_order(
    pack: Pack, sentences: list[Sentence], hits: list[Hit], context: str, ideas_welcome: bool
) -> list[Hit]:
    if any(pack.patterns["states_harm"].search(sentence.code) for sentence in sentences):
        hits = [hit for hit in hits if not _NOTICES.intersection(hit.categories)]
    if ideas_welcome or pack.patterns["wants_ideas"].search(context):
        return [hit for hit in hits if "premature_fixing" not in hit.categories]
    kept = [hit for hit in hits if not _allowed(pack, sentences, hits, hit)]
    nudged = {hit.number for hit in kept if _OVERRULE.intersection(hit.categories)}
    return [hit for hit in kept if "reflection" not in hit.categories or hit.number not in nudged]


def _allowed(pack: Pack, sentences: list[Sentence], hits: list[Hit], hit: Hit) -> bool:
    if "premature_fixing" not in hit.categories:
        return False
    place = (hit.number, hit.start)
    if any("feeling_named" in h.categories and (h.number, h.start) < place for h in hits):
        return True
    permission = pack.patterns["asks_permission"]
    earlier = "".join(s.code for s in sentences[: hit.number])
    return bool(permission.search(earlier + sentences[hit.number].code[: hit.start]))
