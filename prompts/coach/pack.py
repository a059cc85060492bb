"""Loading a language pack: words, rules and messages as data, refused loudly when unsound."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from prompts.coach.grammar import START, Part, PatternError, Scope, compile_pattern
from prompts.coach.lexicon import Vocabulary, build_classes
from prompts.coach.model import CATEGORIES
from prompts.coach.sentences import Speller

PACKS = Path(__file__).parent / "packs"
_FIELDS = frozenset(
    {"id", "category", "also", "tier", "profiles", "triggers", "pattern", "message", "instead"}
    | {
        "unless",
        "unless_clause",
        "unless_before",
        "unless_after",
        "unless_left",
        "unless_later",
        "when_context",
    }
    | {"unless_context", "question", "shares", "evidence", "threshold", "match", "no_match", "note"}
)
_PROFILES = frozenset({"reply", "disclosure", "prompt"})


class PackError(ValueError):
    """A pack that can't be used; names the file, the rule and the reason."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """One way to match a rule, tried only where one of `chars` stands in the sentence."""

    chars: frozenset[str]
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Something in the sentence, or in the disclosure, that speaks for (or against) a rule."""

    pattern: re.Pattern[str] | None
    weight: int
    place: str
    most: int


@dataclass(frozen=True, slots=True)
class Rule:
    id: str
    categories: tuple[str, ...]
    tier: str
    profiles: frozenset[str]
    patterns: tuple[Trigger, ...]
    guards: Mapping[str, re.Pattern[str] | None]
    question: bool | None
    shares: bool
    evidence: tuple[Evidence, ...]
    threshold: int
    message: str
    instead: str
    match: tuple[str, ...]
    no_match: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pack:
    language: str
    rules: tuple[Rule, ...]
    index: Mapping[str, tuple[int, ...]]
    searches: tuple[tuple[int, re.Pattern[str]], ...]
    speller: Speller
    classes: Mapping[str, frozenset[str]]
    patterns: Mapping[str, re.Pattern[str]]
    stopwords: frozenset[str]
    lemmas: Mapping[str, str]
    messages: Mapping[str, Mapping[str, str]]


@cache
def pack(language: str) -> Pack | None:
    """The pack of a language, or None: the coach is then silent."""
    folder = PACKS / language
    if not language.isalnum() or not folder.is_dir():
        return None
    return load(folder)


def load(folder: Path) -> Pack:
    files = {path.name: _toml(path) for path in sorted(folder.glob("*.toml"))}
    merged: dict[str, dict[str, Any]] = {}
    for tables in files.values():
        for name, table in tables.items():
            if name != "rule":
                merged.setdefault(name, {}).update(table)
    macros = merged.get("macros", {})
    voc = Vocabulary()
    _learn(voc, files, macros, merged)
    classes = build_classes(merged.get("class", {}), merged.get("irregular", {}), voc)
    common = frozenset(map(voc.char, merged.get("index", {}).get("common", "").split()))
    scope = Scope(voc.char, classes, macros, common)
    rules = tuple(
        _rule(name, raw, scope) for name, tables in files.items() for raw in tables.get("rule", ())
    )
    _unique(rules)
    patterns = {
        name: guard
        for name, source in merged.get("patterns", {}).items()
        if (guard := _guard("patterns", name, source, scope)) is not None
    }
    spelling = merged.get("spelling", {})
    spelled = {w: tuple(s.split()) for w, s in spelling.get("written", {}).items()}
    speller = Speller(voc, spelled, frozenset(spelling.get("is_after", "").split()))
    return Pack(
        folder.name,
        rules,
        _index(rules),
        _searches(rules),
        speller,
        {name: chars for name, (chars, _) in classes.items()},
        patterns,
        frozenset(merged.get("stopwords", {}).get("words", "").split()),
        {f: verb for verb, past in merged.get("irregular", {}).items() for f in past.split()},
        merged.get("messages", {}),
    )


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PackError(f"{path.name}: {error}") from error


def _learn(
    voc: Vocabulary,
    files: Mapping[str, Mapping[str, Any]],
    macros: Mapping[str, str],
    merged: Mapping[str, Mapping[str, Any]],
) -> None:
    """Words spoken in patterns get their characters before classes by ending are built."""
    sources: list[Any] = [*macros.values(), *merged.get("patterns", {}).values()]
    for tables in files.values():
        for raw in tables.get("rule", ()):
            sources += [v for k, v in raw.items() if k == "pattern" or k.startswith("unless")]
            sources += [raw.get("when_context", "")]
            sources += [item.get("pattern", "") for item in raw.get("evidence", ())]
    for source in sources:
        if isinstance(source, list):
            source = " ".join(source)
        plain = re.sub(r"<!?[a-z0-9_.]+>|@[a-z0-9_]+|\{\d+,\d+\}", " ", source)
        for word in re.findall(r"[^\W_]+|'s", plain):
            voc.char(word)


@dataclass(frozen=True, slots=True)
class _Compiled:
    part: Part
    pattern: re.Pattern[str]


def _compiled(file: str, rule: str, source: str, scope: Scope) -> _Compiled:
    try:
        part = compile_pattern(source, scope)
        return _Compiled(part, re.compile(part.regex))
    except (PatternError, re.error) as error:
        raise PackError(f"{file}: rule {rule}: {error} (in: {source[:90]})") from error


def _rule(file: str, raw: Mapping[str, Any], scope: Scope) -> Rule:
    name = str(raw.get("id", "without id"))
    if unknown := set(raw) - _FIELDS:
        raise PackError(f"{file}: rule {name}: unknown field {', '.join(sorted(unknown))}")
    if missing := {"id", "category", "tier", "pattern", "message", "match", "no_match"} - set(raw):
        raise PackError(f"{file}: rule {name}: missing {', '.join(sorted(missing))}")
    if len(raw["match"]) < 3 or len(raw["no_match"]) < 3:
        raise PackError(f"{file}: rule {name}: needs three match and three no_match examples")
    categories = (raw["category"], *raw.get("also", ()))
    if raw["tier"] not in ("strong", "weak") or set(categories) - set(CATEGORIES):
        raise PackError(f"{file}: rule {name}: unknown tier or category")
    profiles = frozenset(raw.get("profiles", ("reply",)))
    if profiles - _PROFILES:
        raise PackError(f"{file}: rule {name}: unknown profile")
    main = _compiled(file, name, raw["pattern"], scope)
    guards = {
        key: _guard(file, name, raw.get(key), scope)
        for key in _FIELDS
        if key.startswith(("unless", "when_"))
    }
    return Rule(
        name,
        categories,
        raw["tier"],
        profiles,
        _triggers(file, name, raw, main.part, scope),
        guards,
        raw.get("question"),
        bool(raw.get("shares", False)),
        tuple(_evidence(file, name, item, scope) for item in raw.get("evidence", ())),
        int(raw.get("threshold", 0)),
        raw["message"],
        raw.get("instead", raw["message"]),
        tuple(raw["match"]),
        tuple(raw["no_match"]),
    )


def _guard(
    file: str, name: str, source: str | list[str] | None, scope: Scope
) -> re.Pattern[str] | None:
    if not source:
        return None
    joined = source if isinstance(source, str) else "|".join(f"({part})" for part in source)
    return _compiled(file, name, joined, scope).pattern


def _evidence(file: str, name: str, item: Mapping[str, Any], scope: Scope) -> Evidence:
    place = item.get("in", "sentence")
    if place not in ("sentence", "context", "shared"):
        raise PackError(f"{file}: rule {name}: evidence in {place!r} is unknown")
    source = item.get("pattern")
    if (source is None) != (place == "shared"):
        raise PackError(f"{file}: rule {name}: evidence needs a pattern, shared words need none")
    return Evidence(
        _guard(file, name, source, scope), int(item["weight"]), place, int(item.get("most", 1))
    )


def _triggers(
    file: str, name: str, raw: Mapping[str, Any], part: Part, scope: Scope
) -> tuple[Trigger, ...]:
    """Literal words to wait for: those that the rule names, else what its pattern demands."""
    given: frozenset[str] | None = None
    if raw.get("triggers") == ["*"]:
        given = frozenset(START)
    elif "triggers" in raw:
        given = _compiled(file, name, "|".join(raw["triggers"]), scope).part.needs
    waiting: dict[frozenset[str], list[str]] = {}
    for option in part.options or (part,):
        chars = given or option.needs
        if not chars:
            raise PackError(f"{file}: rule {name}: name its triggers, none follow from the pattern")
        waiting.setdefault(chars, []).append(option.regex)
    return tuple(Trigger(chars, re.compile("|".join(found))) for chars, found in waiting.items())


def _unique(rules: tuple[Rule, ...]) -> None:
    seen: set[str] = set()
    for rule in rules:
        if rule.id in seen:
            raise PackError(f"rule {rule.id} exists twice")
        seen.add(rule.id)


def _index(rules: tuple[Rule, ...]) -> dict[str, tuple[int, ...]]:
    """From a character to the numbers of the searches that wait for it."""
    index: dict[str, list[int]] = {}
    triggers = [trigger for rule in rules for trigger in rule.patterns]
    for which, trigger in enumerate(triggers):
        for char in trigger.chars:
            index.setdefault(char, []).append(which)
    return {char: tuple(numbers) for char, numbers in index.items()}


def _searches(rules: tuple[Rule, ...]) -> tuple[tuple[int, re.Pattern[str]], ...]:
    return tuple(
        (number, trigger.pattern) for number, rule in enumerate(rules) for trigger in rule.patterns
    )
