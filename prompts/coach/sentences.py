"""Cutting a folded text into sentences, each one coded as one character per word."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from prompts.coach.fold import Folded
from prompts.coach.grammar import END, START
from prompts.coach.lexicon import NUMBER, Vocabulary

_PIECE = re.compile(
    r"(?P<word>[^\W\d_]+(?:'[^\W\d_]+)*'?)|(?P<num>\d+(?:[.,:]\d+)*)"
    r"|(?P<stop>[.?!\u2026]+)|(?P<line>\s*\n\s*)|(?P<mark>[,;:\"()\u2014\u2013]|\s-+\s|--+)"
    r"|(?P<picture>[\u2190-\u2bff\U0001f000-\U0001faff\ufe0f\u200d]+)"
)
_QUOTED = re.compile(r"(?<!\w)'(\w[^'\"\n]{0,60}(?:'\w[^'\"\n]{0,60}){0,2})'(?!\w)")
_MARKS = {"(": ",", ")": ",", "\u2014": "-", "\u2013": "-"}
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
    """Turns a written word into the words that it stands for ("don't" into do + not)."""

    vocabulary: Vocabulary
    spelled: Mapping[str, tuple[str, ...]]
    is_after: frozenset[str]

    def words(self, written: str) -> tuple[str, ...]:
        full = self.spelled.get(written)
        if full is not None:
            return full
        if "'" not in written:
            return (written,)
        stem, _, ending = written.rpartition("'")
        if ending == "s" and stem not in self.is_after:
            return stem, "'s"
        tail = {"s": "is", "re": "are", "ve": "have", "ll": "will", "d": "would", "m": "am"}
        if ending in tail:
            return *self.words(stem), tail[ending]
        if ending == "t" and stem.endswith("n") and len(stem) > 2:
            return stem[:-1], "not"
        return (written.strip("'"),)


def split(folded: Folded, original: str, speller: Speller) -> list[Sentence]:
    found: list[Sentence] = []
    words: list[str] = []
    spans: list[tuple[int, int]] = []
    code: list[str] = []
    char = speller.vocabulary.code

    def put(word: str, mark: str, span: tuple[int, int]) -> None:
        words.append(word)
        code.append(mark)
        spans.append(span)

    def close() -> None:
        if any(w not in ".!?," for w in words):
            last = spans[-1]
            full = [("", spans[0]), *zip(words, spans, strict=True), ("", last)]
            text = START + "".join(code) + END
            found.append(Sentence(text, [w for w, _ in full], [s for _, s in full]))
        words.clear()
        spans.clear()
        code.clear()

    for piece in _PIECE.finditer(_QUOTED.sub(r'"\1"', folded.text)):
        kind, text, span = piece.lastgroup, piece[0], piece.span()
        if len(words) >= LONGEST:
            close()
        if kind == "word":
            for word in speller.words(text):
                put(word, char(word), span)
        elif kind == "num":
            put("0", NUMBER, span)
        elif kind == "stop":
            if text == "." and words and words[-1] in ABBREVIATIONS:
                continue
            if (
                len(text) > 1
                and "?" not in text
                and "!" not in text
                and not _capital(folded, original, span[1])
            ):
                put(";", ";", span)
                continue
            mark = "?" if "?" in text else "!" if "!" in text else "."
            put(mark, mark, span)
            close()
        elif kind == "line":
            close()
        elif kind == "picture":
            put(";", ";", span)
        else:
            mark = _MARKS.get(text.strip(), text.strip())[:1]
            put(mark, mark, span)
    close()
    return found


def _capital(folded: Folded, original: str, at: int) -> bool:
    rest = folded.text[at : at + 3]
    skip = len(rest) - len(rest.lstrip())
    if at + skip >= len(folded.text):
        return True
    start, _ = folded.span(at + skip, at + skip + 1)
    return original[start].isupper()
