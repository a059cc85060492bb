"""Running the rules of a pack over one sentence, behind a literal-trigger index."""

from __future__ import annotations

import re
from dataclasses import dataclass

from prompts.coach.model import Profile
from prompts.coach.pack import Pack, Rule
from prompts.coach.sentences import Sentence

_CLAUSE_ENDS = ',;:-"\x02\x03'


@dataclass(slots=True)
class Hit:
    """A match in sentence `number`, from word `start` up to word `end`."""

    categories: tuple[str, ...]
    rule: str
    tier: str
    message: str
    instead: str
    number: int
    start: int
    end: int


@dataclass(slots=True)
class Surroundings:
    """What stands before a sentence in the reply, and what the reply answers.

    `shares`: how many content words the sentence has in common with the disclosure.
    """

    number: int
    before: str
    later: str
    context: str
    profile: Profile
    shares: int


def rule_hits(pack: Pack, sentence: Sentence, around: Surroundings) -> list[Hit]:
    code = sentence.code
    index, searches = pack.index, pack.searches
    waiting: set[int] = set()
    for char in set(code):
        if char in index:
            waiting.update(index[char])
    matched: dict[int, list[re.Pattern[str]]] = {}
    for which in waiting:
        number, pattern = searches[which]
        if pattern.search(code):
            matched.setdefault(number, []).append(pattern)
    found = []
    asks = "?" in code
    for number in sorted(matched):
        rule = pack.rules[number]
        if rule.question not in (None, asks) or (rule.shares and not around.shares):
            continue
        if around.profile not in rule.profiles:
            continue
        if match := _guarded(rule, matched[number], code, around):
            found.append(_hit(rule, match, around.number))
    return found


def _hit(rule: Rule, match: re.Match[str], number: int) -> Hit:
    return Hit(
        rule.categories, rule.id, rule.tier, rule.message, rule.instead, number, *match.span()
    )


def _guarded(
    rule: Rule, patterns: list[re.Pattern[str]], code: str, around: Surroundings
) -> re.Match[str] | None:
    match = _first(patterns, code, 0)
    if match is None or _blocked(rule, code, around):
        return None
    if rule.evidence and _weight(rule, code, around) < rule.threshold:
        return None
    while match is not None and _blocked_here(rule, code, match, around):
        match = _first(patterns, code, match.start() + 1)
    return match


def _first(patterns: list[re.Pattern[str]], code: str, start: int) -> re.Match[str] | None:
    found = None
    for pattern in patterns:
        match = pattern.search(code, start)
        if match is not None and (found is None or match.start() < found.start()):
            found = match
    return found


def _weight(rule: Rule, code: str, around: Surroundings) -> int:
    total = 0
    for item in rule.evidence:
        if item.pattern is None:
            total += item.weight * min(around.shares, item.most)
        elif item.pattern.search(around.context if item.place == "context" else code):
            total += item.weight
    return total


def _blocked(rule: Rule, code: str, around: Surroundings) -> bool:
    guards = rule.guards
    unless, wanted, unwanted, later = (
        guards["unless"],
        guards["when_context"],
        guards["unless_context"],
        guards["unless_later"],
    )
    return (
        (later is not None and later.search(around.later) is not None)
        or (unless is not None and unless.search(code) is not None)
        or (wanted is not None and wanted.search(around.context) is None)
        or (unwanted is not None and unwanted.search(around.context) is not None)
    )


def _blocked_here(rule: Rule, code: str, match: re.Match[str], around: Surroundings) -> bool:
    clause, before, after, left = (
        rule.guards["unless_clause"],
        rule.guards["unless_before"],
        rule.guards["unless_after"],
        rule.guards["unless_left"],
    )
    if left is not None and left.search(code, 0, match.start()):
        return True
    if after is not None and after.match(code, match.end()):
        return True
    if before is not None and before.search(around.before + code[: match.start()]):
        return True
    if clause is None:
        return False
    start, end = clause_bounds(code, match.start(), match.end())
    return clause.search(code, start, end) is not None


def clause_bounds(code: str, start: int, end: int) -> tuple[int, int]:
    """The stretch between punctuation marks that holds [start, end), marks included."""
    while start > 0 and code[start] not in _CLAUSE_ENDS:
        start -= 1
    while end < len(code) and code[end - 1] not in _CLAUSE_ENDS:
        end += 1
    return start, end
