"""Regular English forms of a verb, so that lexicons list each verb once."""

from __future__ import annotations

from collections.abc import Mapping

VOWELS = "aeiou"
FORMS = ("base", "s", "ing", "past")


def forms(verb: str, irregular: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Forms of `verb`; a particle after a space ("give up") stays where it is."""
    head, _, tail = verb.partition(" ")
    past = tuple(irregular[head].split()) if head in irregular else (_past(head),)
    found = {"base": (head,), "s": (_third(head),), "ing": (_ing(head),), "past": past}
    if tail:
        return {name: tuple(f"{w} {tail}" for w in words) for name, words in found.items()}
    return found


def _third(verb: str) -> str:
    if verb in {"be", "have"}:
        return {"be": "is", "have": "has"}[verb]
    if verb.endswith(("s", "x", "z", "ch", "sh", "o")):
        return verb + "es"
    if verb.endswith("y") and verb[-2] not in VOWELS:
        return verb[:-1] + "ies"
    return verb + "s"


def _doubles(verb: str) -> bool:
    if len(verb) < 3 or verb[-1] in VOWELS + "wxyh" or verb[-2] not in VOWELS:
        return False
    if verb[-3] in VOWELS and verb[-3:-1] != "ui":
        return False
    short = sum(c in VOWELS for c in verb) == 1
    return short or verb in {"begin", "forget", "regret", "admit", "permit", "commit", "upset"}


def _past(verb: str) -> str:
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2] not in VOWELS:
        return verb[:-1] + "ied"
    return verb + (verb[-1] if _doubles(verb) else "") + "ed"


def _ing(verb: str) -> str:
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")) and verb != "be":
        return verb[:-1] + "ing"
    return verb + (verb[-1] if _doubles(verb) else "") + "ing"
