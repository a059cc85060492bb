"""Cutting a folded text into sentences, each one coded as one character per word."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from prompts.coach.fold import Folded
from prompts.coach.grammar import END, PUNCTUATION, START
from prompts.coach.lexicon import NUMBER, Vocabulary

_PIECE = re.compile(
    r"(?P<word>[^\W\d_]+(?:'[^\W\d_]+)*'?)|(?P<num>\d+(?:[.,:]\d+)*)"
    r"|(?P<stop>[.?!\u2026]+)|(?P<line>\s*\n\s*)|(?P<mark>[,;:\"()\u2014\u2013]|\s-+\s|--+)"
    r"|(?P<picture>[\u2190-\u2bff\U0001f000-\U0001faff\ufe0f\u200d]+)"
)
_QUOTED = re.compile(r"(?<!\w)'(\w[^'\"\n]{0,60}(?:'\w[^'\"\n]{0,60}){0,2})'(?!\w)")
_TAILS = {"s": "is", "re": "are", "ve": "have", "ll": "will", "d": "would", "m": "am"}
_MARKS = {"(": ",", ")": ",", "\u2014": "-", "\u2013": "-"}
_NUMBER, _PAUSE, _DASH = (("0",), NUMBER), ((";",), ";"), (("-",), "-")
_EMPTY = frozenset({"", *PUNCTUATION})
_ENDS = frozenset(".?!")
Spelled = tuple[tuple[str, ...], str]  # words, and a character for each
LONGEST = 150  # words; longer stretches without a full stop are cut, so that time stays linear
ABBREVIATIONS = frozenset({"dr", "mr", "mrs", "ms", "st", "vs"})


@dataclass(slots=True)
class Sentence:
    """`code[i]` is word i; `words[i]`, `spans[i]` (in the folded text) go with it.

    `line`: how many line breaks came before.
    """

    code: str
    words: list[str]
    spans: list[tuple[int, int]]
    line: int = 0


@dataclass(frozen=True, slots=True)
class Speller:
    """Turns a written word into the words that it stands for ("don't" into do + not).

    `known` holds the words of all that the pack speaks of, and their characters.
    """

    vocabulary: Vocabulary
    spelled: Mapping[str, tuple[str, ...]]
    is_after: frozenset[str]
    known: dict[str, Spelled] = field(default_factory=dict)

    def learn(self) -> None:
        for word in (*self.vocabulary.chars, *self.spelled):
            if (piece := _PIECE.fullmatch(word)) and piece.lastgroup == "word":
                self.known[word] = self.spell(word)

    def spell(self, written: str) -> Spelled:
        words = self.words(written)
        return words, "".join(map(self.vocabulary.code, words))

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
    """Most of a text is known words between blanks; only the rest is looked at sign by sign."""
    cutter = _Cutter(folded, original)
    known = speller.known
    text = _QUOTED.sub(r'"\1"', folded.text) if "'" in folded.text else folded.text
    start = 0
    for part in text.split(" "):
        end = start + len(part)
        if (found := known.get(part)) is not None:
            cutter.put(found, (start, end))
        elif part[-1:] in _ENDS and (found := known.get(part[:-1])) is not None:
            cutter.put(found, (start, end - 1))
            cutter.stop(part[-1], (end - 1, end))
        elif part == "-":
            if start > 0 and end < len(text):
                cutter.put(_DASH, (start, end))
        elif part:
            for piece in _PIECE.finditer(text, start, end):
                _take(cutter, piece, speller)
        start = end + 1
    cutter.close()
    return cutter.found


def _take(cutter: _Cutter, piece: re.Match[str], speller: Speller) -> None:
    kind, span = piece.lastgroup, piece.span()
    if kind == "word":
        cutter.put(speller.known.get(piece[0]) or speller.spell(piece[0]), span)
    elif kind == "num":
        cutter.put(_NUMBER, span)
    elif kind == "stop":
        cutter.stop(piece[0], span)
    elif kind == "line":
        cutter.close()
        cutter.line += 1
    elif kind == "picture":
        cutter.put(_PAUSE, span)
    else:
        mark = piece[0].strip()
        mark = _MARKS.get(mark, mark)[:1]
        cutter.put(((mark,), mark), span)


@dataclass(slots=True)
class _Cutter:
    folded: Folded
    original: str
    found: list[Sentence] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    code: list[str] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)
    line: int = 0

    def put(self, found: Spelled, span: tuple[int, int]) -> None:
        if len(self.words) >= LONGEST:
            self.close()
        words, chars = found
        self.words += words
        self.code.append(chars)
        self.spans += (span,) * len(words)

    def stop(self, text: str, span: tuple[int, int]) -> None:
        if text == "." and self.words and self.words[-1] in ABBREVIATIONS:
            return
        mark = "?" if "?" in text else "!" if "!" in text else "."
        if mark == "." and len(text) > 1 and not _capital(self.folded, self.original, span[1]):
            self.put(_PAUSE, span)
            return
        self.put(((mark,), mark), span)
        self.close()

    def close(self) -> None:
        words, spans = self.words, self.spans
        if not _EMPTY.issuperset(words):
            code = "".join((START, *self.code, END))
            full = [spans[0], *spans, spans[-1]]
            self.found.append(Sentence(code, ["", *words, ""], full, self.line))
        self.words, self.code, self.spans = [], [], []


def _capital(folded: Folded, original: str, at: int) -> bool:
    rest = folded.text[at : at + 3]
    skip = len(rest) - len(rest.lstrip())
    if at + skip >= len(folded.text):
        return True
    start, _ = folded.span(at + skip, at + skip + 1)
    return original[start].isupper()
