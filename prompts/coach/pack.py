"""Loading a language pack: words, rules and messages as data, refused loudly when unsound."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from prompts.coach.grammar import MAX_DEMANDS, Scope, WordSet
from prompts.coach.lazy import Pattern
from prompts.coach.lexicon import Vocabulary, build_classes
from prompts.coach.rules import PackError, Reader, Rule, Trigger
from prompts.coach.sentences import Speller
from prompts.coach.stems import stems_of
from prompts.coach.traits import Traits
from prompts.coach.weights import FILE, Weights, load_weights

PACKS = Path(__file__).parent / "packs"


class Search(NamedTuple):
    """One pattern of rule `number`."""

    number: int
    pattern: Pattern


@dataclass(frozen=True, slots=True)
class Index:
    """Which searches are worth a try: bit `i` of a mask stands for search `i`.

    A search has up to three demands. The mask of a character has three lanes side by side, for
    those whose first, second or third demand it meets; `free` are those without that demand.
    """

    searches: tuple[Search, ...]
    met: Mapping[str, int]
    free: int

    def worth_trying(self, code: str) -> list[Search]:
        met, size = self.free, len(self.searches)
        mask_of = self.met.get
        for char in frozenset(code):
            if mask := mask_of(char):
                met |= mask
        left = met & met >> size & met >> 2 * size & (1 << size) - 1
        found = []
        while left:
            last = left.bit_length() - 1
            found.append(self.searches[last])
            left ^= 1 << last
        found.reverse()
        return found


@dataclass(frozen=True, slots=True)
class Pack:
    language: str
    rules: tuple[Rule, ...]
    by_sentence: Index
    by_clause: Index
    harm: Index
    features: Mapping[str, Pattern]
    speller: Speller
    classes: Mapping[str, frozenset[str]]
    patterns: Mapping[str, Pattern]
    stems: Mapping[str, str]
    lemmas: Mapping[str, str]
    turned: Mapping[str, str]
    levelled: Mapping[str, str]
    instead_in: Mapping[str, str]
    messages: Mapping[str, Mapping[str, str]]
    traits: Traits | None
    weights: Weights | None

    def search(self, name: str, code: str) -> re.Match[str] | None:
        """Where a pattern of the engine's own occurs; a pack may do without it."""
        pattern = self.patterns.get(name)
        return pattern.search(code) if pattern else None

    def states_harm(self, code: str) -> bool:
        return any(pattern.search(code) for _, pattern in self.harm.worth_trying(code))


@cache
def pack(language: str) -> Pack | None:
    """The pack of a language, or None: the coach is then silent."""
    folder = PACKS / language
    if not language.isalnum() or not folder.is_dir():
        return None
    return load(folder)


def load(folder: Path, *, weighed: bool = True) -> Pack:
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
    often = merged.get("index", {}).get("common", "").split()
    common = {voc.char(word): 2000 // (place + 2) for place, word in enumerate(often)}
    scope = Scope(voc.char, classes, macros, common)
    features = frozenset(merged.get("features", {}))
    rules = tuple(
        Reader(name, scope, features).rule(raw)
        for name, tables in files.items()
        for raw in tables.get("rule", ())
    )
    _unique(rules)
    spelling = merged.get("spelling", {})
    spelled = {w: tuple(s.split()) for w, s in spelling.get("written", {}).items()}
    speller = Speller(voc, spelled, frozenset(spelling.get("is_after", "").split()))
    speller.learn()
    lemmas = {f: verb for verb, past in merged.get("irregular", {}).items() for f in past.split()}
    stopwords = frozenset(merged.get("stopwords", {}).get("words", "").split())
    traits = _traits(merged, classes, voc)
    return Pack(
        folder.name,
        rules,
        _index(_triggers(rules, by_clause=False)),
        _index(_triggers(rules, by_clause=True)),
        _harm(merged.get("patterns", {}), scope),
        _compiled("features", merged.get("features", {}), scope),
        speller,
        {name: chars for name, (chars, _) in classes.items()},
        _compiled("patterns", merged.get("patterns", {}), scope),
        stems_of(voc.chars, stopwords, lemmas),
        lemmas,
        merged.get("echo", {}).get("turned", {}),
        merged.get("echo", {}).get("levelled", {}),
        merged.get("instead_in", {}),
        merged.get("messages", {}),
        traits,
        _weights(folder, traits) if weighed else None,
    )


def _traits(
    merged: Mapping[str, Mapping[str, Any]], classes: Mapping[str, WordSet], voc: Vocabulary
) -> Traits | None:
    if "traits" not in merged:
        return None
    chars = {name: own for name, (own, _) in classes.items()}
    try:
        return Traits.of(merged["traits"], chars, voc.chars)
    except (KeyError, AttributeError) as error:
        raise PackError(f"traits: {error}") from error


def _weights(folder: Path, traits: Traits | None) -> Weights | None:
    if not folder.joinpath(FILE).exists():
        return None
    if traits is None:
        raise PackError(f"{FILE}: the pack has no [traits] that its weights could be of")
    return load_weights(folder / FILE, traits)


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
    sources += merged.get("features", {}).values()
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


def _compiled(table: str, sources: Mapping[str, Any], scope: Scope) -> dict[str, Pattern]:
    reader = Reader(table, scope, frozenset())
    found = {name: reader.guard(name, source) for name, source in sources.items()}
    return {name: pattern for name, pattern in found.items() if pattern is not None}


def _unique(rules: tuple[Rule, ...]) -> None:
    seen: set[str] = set()
    for rule in rules:
        if rule.id in seen:
            raise PackError(f"rule {rule.id} exists twice")
        seen.add(rule.id)


def _index(triggers: Sequence[tuple[int, Trigger]]) -> Index:
    size = len(triggers)
    met: dict[str, int] = {}
    free = 0
    for which, (_, trigger) in enumerate(triggers):
        for lane in range(MAX_DEMANDS):
            bit = 1 << which + lane * size
            if lane >= len(trigger.demands):
                free |= bit
                continue
            for char in trigger.demands[lane]:
                met[char] = met.get(char, 0) | bit
    searches = tuple(Search(number, trigger.pattern) for number, trigger in triggers)
    return Index(searches, met, free)


def _triggers(rules: tuple[Rule, ...], *, by_clause: bool) -> list[tuple[int, Trigger]]:
    return [
        (number, trigger)
        for number, rule in enumerate(rules)
        for trigger in rule.patterns
        if rule.by_clause == by_clause
    ]


def _harm(patterns: Mapping[str, Any], scope: Scope) -> Index:
    source = patterns.get("states_harm")
    reader = Reader("patterns", scope, frozenset())
    found = reader.triggers("states_harm", {"pattern": source}) if source else ()
    return _index([(0, trigger) for trigger in found])
