"""A sentence's clauses, and what a rule can ask of one: its subject, mood, polarity, echo."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from prompts.coach.grammar import END, START
from prompts.coach.overlap import Told
from prompts.coach.pack import Pack
from prompts.coach.sentences import Sentence

_MARKS = re.compile('[,;:"-]')


@dataclass(slots=True)
class Unit:
    """What rules are run on: a whole sentence, or one clause of it, written like a sentence.

    Word `i` of `code` is word `i + offset` of the sentence.
    """

    code: str
    offset: int
    words: list[str]
    asks: bool
    quoted: bool = False
    known: dict[str, bool] = field(default_factory=dict)

    def has(self, feature: str, pack: Pack, told: Told) -> bool:
        found = self.known.get(feature)
        if found is None:
            found = self.known[feature] = self._find(feature, pack, told)
        return found

    def _find(self, feature: str, pack: Pack, told: Told) -> bool:
        if feature in ("asks", "quoted"):
            return self.asks if feature == "asks" else self.quoted
        if feature == "echo":
            return told.echoed(pack, self.words)
        if feature == "given":
            return told.shared(pack, self.words) > 0
        return pack.features[feature].search(self.code) is not None


def whole(sentence: Sentence) -> Unit:
    return Unit(sentence.code, 0, sentence.words, "?" in sentence.code)


def clauses(pack: Pack, sentence: Sentence, full: Unit) -> list[Unit]:
    code = sentence.code
    last = len(code) - 1
    cuts = [(mark.start(), mark.end()) for mark in _MARKS.finditer(code)]
    if starts := pack.patterns.get("clause_starts"):
        cuts += [(found.start(), found.start()) for found in starts.finditer(code)]
    if not cuts:
        return [full]
    cuts.sort()
    found = []
    begin = 1
    for end, after in [*cuts, (last, last)]:
        if end > begin:
            found.append(_clause(sentence, begin, end, full.asks and end == last))
        begin = max(begin, after)
    return found


def _clause(sentence: Sentence, begin: int, end: int, asks: bool) -> Unit:
    text = START + sentence.code[begin:end] + END
    opened = sentence.code.count('"', 0, begin) % 2 == 1
    # A mark that opens the sentence and is never closed may well belong to the one before.
    quoted = opened and (sentence.code[1] != '"' or '"' in sentence.code[end:])
    return Unit(text, begin - 1, sentence.words[begin:end], asks, quoted)


def clause_at(units: list[Unit], place: int) -> Unit:
    """The clause that holds word `place` of the sentence."""
    for unit in units:
        if place < unit.offset + len(unit.code) - 1:
            return unit
    return units[-1]
