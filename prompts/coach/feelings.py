"""Whose feeling is it? A feeling word counts when it is the partner's or their situation's."""

from __future__ import annotations

from prompts.coach.hits import Hit
from prompts.coach.pack import Pack
from prompts.coach.sentences import Sentence

_REACH = 9


def feeling_hits(pack: Pack, sentence: Sentence, number: int) -> list[Hit]:
    classes = pack.classes
    feelings = classes["feeling"]
    code = sentence.code
    if feelings.isdisjoint(code) or pack.patterns["asks_closed"].search(code):
        return []
    refused = pack.patterns["feeling_refused"]
    spans = [match.span() for match in refused.finditer(code)]
    for found in pack.patterns["feeling"].finditer(code):
        at, end = found.span()
        if not any(a <= at < b for a, b in spans) and _theirs(pack, code, at, end):
            key = "feeling_named"
            return [Hit((key,), "feeling.theirs", "strong", key, key, number, at, end)]
    return []


def _theirs(pack: Pack, code: str, at: int, end: int) -> bool:
    classes = pack.classes
    char = code[at]
    after = code[end]
    if char in classes["feel_cause"]:
        if after in classes["not_you_object"]:
            return False
        if after in classes["you_object"]:
            return subject(pack, code, at) != "me"
    owner = subject(pack, code, at)
    if char in classes["feel_self"]:
        return owner == "you"
    return owner in ("you", "situation")


def subject(pack: Pack, code: str, at: int) -> str:
    """Nearest subject to the left within the clause, else just to the right."""
    classes = pack.classes
    for back in range(at - 1, max(at - _REACH, 0) - 1, -1):
        char = code[back]
        if char in classes["subject_you"]:
            return "you"
        if char in classes["subject_me"]:
            return "me"
        if char in classes["subject_other"]:
            return "other"
        if char in classes["subject_it"]:
            return "situation"
        if char in classes["clause_opener"]:
            break
    for char in code[at + 1 : at + 5]:
        if char in classes["subject_you"]:
            return "you"
        if char in classes["subject_me"] or char in classes["subject_other"]:
            return "me"
        if char in classes["subject_it"]:
            return "situation"
    return "situation"
