"""Word classes of a language: read from TOML, each word given one character of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from prompts.coach.grammar import PUNCTUATION, WordSet
from prompts.coach.inflect import FORMS, forms

_FIRST = 0x4E00
UNKNOWN = {"ing": "\ue001", "ed": "\ue002", "ly": "\ue003", "s": "\ue004", "": "\ue000"}
NUMBER = "\ue005"


@dataclass(slots=True)
class Vocabulary:
    """Gives every word that a pack speaks about a character; all other words share a few."""

    chars: dict[str, str] = field(default_factory=dict)
    frozen: bool = False

    def char(self, word: str) -> str:
        if word in PUNCTUATION:
            return word
        if word not in self.chars:
            self.chars[word] = chr(_FIRST + len(self.chars))
        return self.chars[word]

    def code(self, word: str) -> str:
        known = self.chars.get(word)
        if known is not None:
            return known
        for ending in ("ing", "ed", "ly", "s"):
            if word.endswith(ending) and len(word) > len(ending) + 2:
                return UNKNOWN[ending]
        return UNKNOWN[""]


def build_classes(
    tables: Mapping[str, Any], irregular: Mapping[str, str], voc: Vocabulary
) -> dict[str, WordSet]:
    raw: dict[str, set[str]] = {}
    for name, table in tables.items():
        _collect(raw, name, table, irregular)
    for name, table in tables.items():
        for other in table.get("include", ()):
            if other not in raw:
                raise KeyError(f"class {name} includes unknown class {other}")
            for form in ("", *(f".{f}" for f in FORMS)):
                if other + form in raw:
                    raw.setdefault(name + form, set()).update(raw[other + form])
    for name, table in tables.items():
        for other in table.get("without", ()):
            raw[name] -= raw[other]
    built = {name: _as_set(words, voc) for name, words in raw.items() if words}
    built.update(_by_ending(voc))
    return built


def _collect(
    raw: dict[str, set[str]], name: str, table: Mapping[str, Any], irregular: Mapping[str, str]
) -> None:
    every = raw.setdefault(name, set())
    every.update(table.get("words", "").split())
    every.update(table.get("phrases", ()))
    verbs = [*table.get("verbs", "").split(), *table.get("phrasal", ())]
    for verb in verbs:
        for form, words in forms(verb, irregular).items():
            raw.setdefault(f"{name}.{form}", set()).update(words)
            every.update(words)


def _as_set(words: set[str], voc: Vocabulary) -> WordSet:
    coded = {"".join(map(voc.char, word.split())) for word in words}
    singles = frozenset(code for code in coded if len(code) == 1)
    return singles, tuple(sorted(code for code in coded if len(code) > 1))


def _by_ending(voc: Vocabulary) -> dict[str, WordSet]:
    known = voc.chars.items()
    made: dict[str, WordSet] = {}
    for ending in ("ing", "ed", "ly"):
        chars = {char for word, char in known if word.endswith(ending) and len(word) > 4}
        made[f"any_{ending}"] = frozenset(chars | {UNKNOWN[ending]}), ()
    made["other"] = frozenset(UNKNOWN.values()), ()
    made["plain"] = frozenset(UNKNOWN[""]), ()
    made["number"] = frozenset({NUMBER}), ()
    made["q"] = frozenset({"?"}), ()
    made["stop"] = frozenset({"?", ".", "!", "\x03"}), ()
    made["edge"] = frozenset({*PUNCTUATION, "\x02", "\x03"}), ()
    return made
