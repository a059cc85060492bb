"""Cutting a folded text into sentences, each one coded as one character per word."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from prompts.coach.fold import Folded
from prompts.coach.grammar import END, START
from prompts.coach.lexicon import NUMBER, Vocabulary

_PIECE = re.compile(
    r"(?P<word>[^\W\d_]+(?:'[^\W\d_]+)*'?)|(?P<num>\d+(?:[.,:]\d+)*)"
    r"|(?P<stop>[.?!\u2026]+)|(?P<line>\s*\n\s*)|(?P<mark>[,;:\"()\u2014\u2013]|\s-+\s|--+)"
    r"|(?P<picture>[\u2190-\u2bff\U0001f000-\U0001faff\ufe0f\u200d]+)"
)
_QUOTED = re.compile(r"(?<!\w)'(\w[^'\"\n]{0,60}(?:'\w[^'\"\n]{0,60}){0,2})'(?!\w)")
_TAILS = {"s": "is", "re": "are", "ve": "have", "ll": "will", "d": "would", "m": "am"}
_MARKS = {"(": ",", ")": ",", "\u2014": "-", "\u2013": "-"}
_NUMBER, _PAUSE = (("0", NUMBER),), ((";", ";"),)
_EMPTY = frozenset({"", *".!?,"})
LONGEST = 150  # words; longer stretches without a full stop are cut, so that time stays linear
ABBREVIATIONS = frozenset({"dr", "mr", "mrs", "ms", "st", "vs"})


@dataclass(slots=True)
class Sentence:
    """`code[i]` is word i; `words[i]`, `spans[i]` (in the folded text) go with it."""

    code: str
    words: list[str]
    spans: list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Speller:
    """Turns a written word into the words that it stands for ("don't" into do + not).

    `known` holds the coded words of all that the pack speaks of.
    """

    vocabulary: Vocabulary
    spelled: Mapping[str, tuple[str, ...]]
    is_after: frozenset[str]
    known: dict[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)

    def learn(self) -> None:
        for word in (*self.vocabulary.chars, *self.spelled):
            self.known[word] = self.spell(word)

    def spell(self, written: str) -> tuple[tuple[str, str], ...]:
        return tuple((word, self.vocabulary.code(word)) for word in self.words(written))

    def words(self, written: str) -> tuple[str, ...]:
        full = self.spelled.get(written)
        if full is not None:
            return full
        if "'" not in written:
            return (written,)
        stem, _, ending = written.rpartition("'")
        if ending == "s" and stem not in self.is_after:
            return stem, "'s"
        if ending in _TAILS:
            return *self.words(stem), _TAILS[ending]
        if ending == "t" and stem.endswith("n") and len(stem) > 2:
            return stem[:-1], "not"
        return (written.strip("'"),)


def split(folded: Folded, original: str, speller: Speller) -> list[Sentence]:
    cutter = _Cutter(folded, original)
    known = speller.known
    text = _QUOTED.sub(r'"\1"', folded.text) if "'" in folded.text else folded.text
    for piece in _PIECE.finditer(text):
        kind, span = piece.lastgroup, piece.span()
        if kind == "word":
            word = piece[0]
            found = known.get(word) or speller.spell(word)
        elif kind == "num":
            found = _NUMBER
        elif kind == "stop":
            cutter.stop(piece[0], span)
            continue
        elif kind == "line":
            cutter.close()
            continue
        elif kind == "picture":
            found = _PAUSE
        else:
            mark = piece[0].strip()
            mark = _MARKS.get(mark, mark)[:1]
            found = ((mark, mark),)
        cutter.put(found, span)
    cutter.close()
    return cutter.found


@dataclass(slots=True)
class _Cutter:
    folded: Folded
    original: str
    found: list[Sentence] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    code: list[str] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)

    def put(self, found: tuple[tuple[str, str], ...], span: tuple[int, int]) -> None:
        if len(self.words) >= LONGEST:
            self.close()
        for word, char in found:
            self.words.append(word)
            self.code.append(char)
            self.spans.append(span)

    def stop(self, text: str, span: tuple[int, int]) -> None:
        if text == "." and self.words and self.words[-1] in ABBREVIATIONS:
            return
        mark = "?" if "?" in text else "!" if "!" in text else "."
        if mark == "." and len(text) > 1 and not _capital(self.folded, self.original, span[1]):
            self.put(_PAUSE, span)
            return
        self.put(((mark, mark),), span)
        self.close()

    def close(self) -> None:
        words, spans = self.words, self.spans
        if not _EMPTY.issuperset(words):
            code = "".join((START, *self.code, END))
            full = [spans[0], *spans, spans[-1]]
            self.found.append(Sentence(code, ["", *words, ""], full))
        self.words, self.code, self.spans = [], [], []


def _capital(folded: Folded, original: str, at: int) -> bool:
    rest = folded.text[at : at + 3]
    skip = len(rest) - len(rest.lstrip())
    if at + skip >= len(folded.text):
        return True
    start, _ = folded.span(at + skip, at + skip + 1)
    return original[start].isupper()
