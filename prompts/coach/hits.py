"""Running the rules of a pack over one sentence and its clauses, behind a literal-trigger index."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from prompts.coach.clauses import Unit, clause_at, clauses, whole
from prompts.coach.lazy import Pattern
from prompts.coach.model import Profile
from prompts.coach.overlap import Told
from prompts.coach.pack import Index, Pack
from prompts.coach.rules import Rule
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
    """What stands around a sentence in the reply, and what the reply answers."""

    number: int
    before: str
    later: str
    told: Told
    profile: Profile


@dataclass(slots=True)
class Reader:
    """One sentence under the eyes of a pack."""

    pack: Pack
    sentence: Sentence
    around: Surroundings
    full: Unit = field(init=False)
    units: list[Unit] = field(init=False)
    shared: int | None = None

    def __post_init__(self) -> None:
        self.full = whole(self.sentence)
        self.units = clauses(self.pack, self.sentence, self.full)

    def hits(self) -> list[Hit]:
        found = self.run(self.pack.by_sentence, self.full)
        for unit in self.units:
            found += self.run(self.pack.by_clause, unit)
        return found

    def run(self, index: Index, unit: Unit) -> list[Hit]:
        matched = _matched(index, unit.code)
        found = []
        for number in sorted(matched):
            rule = self.pack.rules[number]
            if self.applies(rule, unit) and (match := self.guarded(rule, matched[number], unit)):
                start, end = match.span()
                found.append(_hit(rule, self.around.number, start + unit.offset, end + unit.offset))
        return found

    def applies(self, rule: Rule, unit: Unit) -> bool:
        if self.around.profile not in rule.profiles or rule.question not in (None, unit.asks):
            return False
        return not rule.shares or self.shares() > 0

    def shares(self) -> int:
        if self.shared is None:
            self.shared = self.around.told.shared(self.pack, self.sentence.words)
        return self.shared

    def guarded(self, rule: Rule, matches: list[re.Match[str]], unit: Unit) -> re.Match[str] | None:
        if self.blocked(rule, unit):
            return None
        if rule.evidence and self.weight(rule, unit) < rule.threshold:
            return None
        match: re.Match[str] | None = min(matches, key=_start)
        while match is not None and self.blocked_here(rule, unit, match):
            match = _next(matches, unit.code, match.start() + 1)
        return match

    def weight(self, rule: Rule, unit: Unit) -> int:
        here, told = unit.code, self.around.told.code
        total = 0
        for item in rule.evidence:
            if item.pattern is None:
                total += item.weight * min(self.shares(), item.most)
                continue
            code = told if item.place == "context" else here
            if (not item.needs or not item.needs.isdisjoint(code)) and item.pattern.search(code):
                total += item.weight
        return total

    def blocked(self, rule: Rule, unit: Unit) -> bool:
        guards, around = rule.guards, self.around
        wanted = guards["when_context"]
        return (
            _in(guards["unless"], unit.code)
            or _in(guards["unless_sentence"], self.sentence.code)
            or _in(guards["unless_later"], around.later)
            or _in(guards["unless_context"], around.told.code)
            or (wanted is not None and not wanted.search(around.told.code))
        )

    def blocked_here(self, rule: Rule, unit: Unit, match: re.Match[str]) -> bool:
        code, start, end = unit.code, match.start(), match.end()
        guards = rule.guards
        left, after, before = guards["unless_left"], guards["unless_after"], guards["unless_before"]
        if left is not None and left.search(code, 0, start):
            return True
        if after is not None and after.match(code, end):
            return True
        if before is not None:
            here = self.around.before + self.sentence.code[: start + unit.offset]
            if before.search(here):
                return True
        if (clause := guards["unless_clause"]) and clause.search(code, *_bounds(code, start, end)):
            return True
        return bool(rule.when) and not self.as_wanted(rule, unit, start)

    def as_wanted(self, rule: Rule, unit: Unit, start: int) -> bool:
        clause = unit if rule.by_clause else clause_at(self.units, start)
        return all(self.has_any(clause, (name,)) is yes for name, yes in rule.when)

    def has_any(self, clause: Unit, features: Iterable[str]) -> bool:
        return any(clause.has(name, self.pack, self.around.told) for name in features)


def _matched(index: Index, code: str) -> dict[int, list[re.Match[str]]]:
    """By rule: the first match of each of its patterns."""
    matched: dict[int, list[re.Match[str]]] = {}
    for number, pattern in index.worth_trying(code):
        if match := pattern.search(code):
            matched.setdefault(number, []).append(match)
    return matched


def _in(pattern: Pattern | None, code: str) -> bool:
    return pattern is not None and pattern.search(code) is not None


def _next(matches: list[re.Match[str]], code: str, start: int) -> re.Match[str] | None:
    """The first match of any of their patterns from `start` on."""
    later = (match.re.search(code, start) for match in matches)
    return min(filter(None, later), key=_start, default=None)


def _start(match: re.Match[str]) -> int:
    return match.start()


def _hit(rule: Rule, number: int, start: int, end: int) -> Hit:
    return Hit(rule.categories, rule.id, rule.tier, rule.message, rule.instead, number, start, end)


def _bounds(code: str, start: int, end: int) -> tuple[int, int]:
    """The stretch between punctuation marks that holds [start, end), marks included."""
    while start > 0 and code[start] not in _CLAUSE_ENDS:
        start -= 1
    while end < len(code) and code[end - 1] not in _CLAUSE_ENDS:
        end += 1
    return start, end
