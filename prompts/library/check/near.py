"""Which texts say nearly the same, and which beginnings are worn out."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from itertools import pairwise

from prompts.library.check.rules import Rules
from prompts.library.check.texts import Text
from prompts.library.problem import Problem

WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
ENDINGS = ("ing", "ed", "es", "s")
# texts of these are compared with each other; the rest may repeat itself
COMPARED = {
    ("prompt", "text"), ("prompt", "purpose"), ("activity", "text"), ("activity", "question"),
    ("gesture", "text"), ("sentence", "text"), ("settling", "text"), ("stem", "text"),
    ("all_right", "text"), ("holding", "text"), ("feeling", "gloss"), ("need", "gloss"),
    ("line", "text"),
}  # fmt: skip
BESIDE = {("line", "text"): ("prompt", "text")}  # a circle's lines are met on the same days


def likeness(one: str, other: str, stopwords: Collection[str]) -> float:
    """Share of meaning words or of neighbouring word pairs in common, whichever is more."""
    return max(
        _share(meaning(one, stopwords), meaning(other, stopwords)),
        _share(_pairs(one), _pairs(other)),
    )


def meaning(words: str, stopwords: Collection[str]) -> frozenset[str]:
    found = (word for word in WORD.findall(words.lower()) if word not in stopwords)
    return frozenset(_root(word) for word in found)


def _root(word: str) -> str:
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word.removesuffix(ending)
    return word


def _pairs(words: str) -> frozenset[tuple[str, str]]:
    found = WORD.findall(words.lower())
    return frozenset(pairwise(found))


def _share(one: frozenset[object], other: frozenset[object]) -> float:
    return _part(len(one & other), one, other)


def _part(common: int, one: frozenset[object], other: frozenset[object]) -> float:
    return common / (len(one) + len(other) - common) if common else 0.0


def near_problems(all_texts: Iterable[Text], rules: Rules) -> list[Problem]:
    groups: dict[tuple[str, str], list[Text]] = {}
    for text in all_texts:
        if (place := (text.row.table, text.entry)) in COMPARED:
            groups.setdefault(BESIDE.get(place, place), []).append(text)
    found = [problem for group in groups.values() for problem in _alike(group, rules)]
    prompts = [text for text in groups.get(("prompt", "text"), []) if text.row.table == "prompt"]
    return found + _worn(prompts, rules.balance["same_beginning"])


def _alike(group: list[Text], rules: Rules) -> Iterator[Problem]:
    """Only texts that share a meaning word or a word pair can be alike at all."""
    stop = frozenset(rules.near["stopwords"])
    known = [(text, meaning(text.words, stop), _pairs(text.words)) for text in group]
    holders: dict[object, list[int]] = defaultdict(list)
    for number, (text, words, pairs) in enumerate(known):
        common = Counter(n for word in words for n in holders[word])
        paired = Counter(n for pair in pairs for n in holders[pair])
        for other_number in sorted(common | paired):
            other, other_words, other_pairs = known[other_number]
            enough = min(len(words), len(other_words)) >= rules.near["least_words"]
            same = _part(common[other_number], words, other_words) if enough else 0.0
            if max(same, _part(paired[other_number], pairs, other_pairs)) >= rules.near["alike"]:
                place = f"{other.row.file}:{other.row.line}"
                yield text.problem(f"nearly the same as {place} ({other.words})")
        for part in words | pairs:
            holders[part].append(number)


def _worn(prompts: list[Text], most: int) -> list[Problem]:
    beginnings = Counter(_beginning(text) for text in prompts)
    return [
        text.problem(f"{beginnings[start]} prompts begin like this, at most {most} may")
        for text in prompts
        if beginnings[start := _beginning(text)] > most
    ]


def _beginning(text: Text) -> tuple[str, ...]:
    return tuple(WORD.findall(text.words.lower())[:3])
