"""Reading one rule of a pack: its patterns, guards and demands, refused loudly when unsound."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from prompts.coach.grammar import START, Demands, Part, PatternError, Scope, compile_pattern
from prompts.coach.lazy import Pattern
from prompts.coach.model import CATEGORIES, PROFILE_KINDS, Profile

_GUARDS = frozenset(
    {"unless", "unless_clause", "unless_sentence", "unless_before", "unless_after"}
    | {"unless_left", "unless_later", "when_context", "unless_context"}
)
_FIELDS = _GUARDS | frozenset(
    {"id", "category", "also", "tier", "profiles", "triggers", "pattern", "message", "instead"}
    | {"scope", "when", "question", "shares", "evidence", "threshold", "match", "no_match"}
)
BUILT_IN = frozenset({"asks", "echo", "given", "quoted"})


class PackError(ValueError):
    """A pack that can't be used; names the file, the rule and the reason."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """One way to match a rule, tried only where each of `demands` has a character present."""

    demands: Demands
    pattern: Pattern


@dataclass(frozen=True, slots=True)
class Evidence:
    """Something in the sentence, or in the disclosure, that speaks for (or against) a rule.

    It can't be where none of `needs` is; empty: nothing is known of that.
    """

    pattern: Pattern | None
    needs: frozenset[str]
    weight: int
    place: str
    most: int


@dataclass(frozen=True, slots=True)
class Rule:
    id: str
    categories: tuple[str, ...]
    tier: str
    profiles: frozenset[Profile]
    by_clause: bool
    when: tuple[tuple[str, bool], ...]
    patterns: tuple[Trigger, ...]
    guards: Mapping[str, Pattern | None]
    question: bool | None
    shares: bool
    evidence: tuple[Evidence, ...]
    threshold: int
    message: str
    instead: str
    match: tuple[str, ...]
    no_match: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads what stands in one file of a pack."""

    file: str
    scope: Scope
    features: frozenset[str]

    def rule(self, raw: Mapping[str, Any]) -> Rule:
        name = self.checked(raw)
        categories = (raw["category"], *raw.get("also", ()))
        return Rule(
            name,
            categories,
            raw["tier"],
            self.profiles(name, raw.get("profiles", ("reply",)), categories),
            self.clausal(name, raw.get("scope", "sentence")),
            self.wanted(name, raw.get("when", ())),
            self.triggers(name, raw),
            {key: self.guard(name, raw.get(key)) for key in _GUARDS},
            raw.get("question"),
            bool(raw.get("shares", False)),
            tuple(self.evidence(name, item) for item in raw.get("evidence", ())),
            int(raw.get("threshold", 0)),
            raw["message"],
            raw.get("instead", raw["message"]),
            tuple(raw["match"]),
            tuple(raw["no_match"]),
        )

    def checked(self, raw: Mapping[str, Any]) -> str:
        name = str(raw.get("id", "without id"))
        if unknown := set(raw) - _FIELDS:
            raise PackError(f"{self.file}: rule {name}: unknown field {', '.join(sorted(unknown))}")
        needed = {"id", "category", "tier", "pattern", "message", "match", "no_match"}
        if missing := needed - set(raw):
            raise PackError(f"{self.file}: rule {name}: missing {', '.join(sorted(missing))}")
        if len(raw["match"]) < 3 or len(raw["no_match"]) < 3:
            raise PackError(f"{self.file}: rule {name}: needs three match and three no_match")
        categories = {raw["category"], *raw.get("also", ())}
        if raw["tier"] not in ("strong", "weak") or categories - set(CATEGORIES):
            raise PackError(f"{self.file}: rule {name}: unknown tier or category")
        return name

    def profiles(
        self, name: str, wanted: Sequence[Profile], categories: Sequence[str]
    ) -> frozenset[Profile]:
        for profile in wanted:
            if not PROFILE_KINDS.get(profile, frozenset()).issuperset(categories):
                raise PackError(f"{self.file}: rule {name}: {profile} is no profile for it")
        return frozenset(wanted)

    def clausal(self, name: str, scope: str) -> bool:
        if scope not in ("sentence", "clause"):
            raise PackError(f"{self.file}: rule {name}: unknown scope {scope}")
        return scope == "clause"

    def wanted(self, name: str, features: list[str]) -> tuple[tuple[str, bool], ...]:
        known = self.features | BUILT_IN
        for feature in features:
            if feature.removeprefix("!") not in known:
                raise PackError(f"{self.file}: rule {name}: unknown feature {feature}")
        return tuple((feature.removeprefix("!"), feature[0] != "!") for feature in features)

    def guard(self, name: str, source: str | list[str] | None) -> Pattern | None:
        if not source:
            return None
        return self.compiled(name, source)[1]

    def compiled(self, name: str, source: str | list[str]) -> tuple[Part, Pattern]:
        if not isinstance(source, str):
            source = "|".join(f"({part})" for part in source)
        try:
            part = compile_pattern(source, self.scope)
            return part, Pattern(part.regex)
        except (PatternError, re.error) as error:
            raise PackError(f"{self.file}: rule {name}: {error} (in: {source[:90]})") from error

    def evidence(self, name: str, item: Mapping[str, Any]) -> Evidence:
        place = item.get("in", "sentence")
        if place not in ("sentence", "context", "shared"):
            raise PackError(f"{self.file}: rule {name}: evidence in {place!r} is unknown")
        source = item.get("pattern")
        if (source is None) != (place == "shared"):
            raise PackError(
                f"{self.file}: rule {name}: evidence needs a pattern, shared words need none"
            )
        part, pattern = self.compiled(name, source) if source else (None, None)
        needs = part.demands[0] if part and part.demands else frozenset()
        return Evidence(pattern, needs, int(item["weight"]), place, int(item.get("most", 1)))

    def triggers(self, name: str, raw: Mapping[str, Any]) -> tuple[Trigger, ...]:
        """Literal words to wait for: those that the rule names, else what its pattern demands."""
        part = self.compiled(name, raw["pattern"])[0]
        given: Demands = ()
        if raw.get("triggers") == ["*"]:
            given = (frozenset(START),)
        elif "triggers" in raw:
            given = self.compiled(name, "|".join(raw["triggers"]))[0].demands
        waiting: dict[Demands, list[str]] = {}
        for option in part.options or (part,):
            demands = given or option.demands
            if not demands:
                raise PackError(f"{self.file}: rule {name}: name its triggers, none follow")
            waiting.setdefault(demands, []).append(option.regex)
        return tuple(Trigger(d, Pattern("|".join(found))) for d, found in waiting.items())
