"""Folding a text for matching while remembering where every folded character came from."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_SINGLE = dict.fromkeys(map(ord, "\u2018\u2019\u201a\u201b\u2032\u02bc\u0060\u00b4\uff07"), "'")
_DOUBLE = dict.fromkeys(map(ord, "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\uff02"), '"')
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2212\u00ad"), "-")
_OTHER = {0xFF1F: "?", 0xFF01: "!", 0xFF0C: ",", 0x3002: ".", 0x2015: "\u2014"}
_PLAIN = {**_SINGLE, **_DOUBLE, **_DASHES, **_OTHER}
_USUAL = re.compile("[\0-\u024f\u2010-\u205e\u2190-\u2bff\U0001f000-\U0001faff]*")


@dataclass(frozen=True, slots=True)
class Folded:
    """`text[i]` came from `original[starts[i]:ends[i]]`; without maps the two are 1:1."""

    text: str
    starts: list[int] | None = None
    ends: list[int] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        if self.starts is None or self.ends is None:
            return start, end
        if start >= end:
            return self.starts[start], self.starts[start]
        return self.starts[start], self.ends[end - 1]


def fold(original: str) -> Folded:
    if original.isascii():
        return Folded(original.lower())
    if _USUAL.fullmatch(original):  # no marks to join, so that nothing moves
        text = original.translate(_PLAIN).lower()
        if len(text) == len(original):
            return Folded(text)
    return _cluster_by_cluster(original)


def _cluster_by_cluster(original: str) -> Folded:
    found: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    size = len(original)
    at = 0
    while at < size:
        stop = at + 1
        while stop < size and unicodedata.combining(original[stop]):
            stop += 1
        cluster = original[at:stop]
        if not cluster.isascii():
            cluster = unicodedata.normalize("NFC", cluster).translate(_PLAIN)
        for char in cluster.lower():
            found.append(char)
            starts.append(at)
            ends.append(stop)
        at = stop
    return Folded("".join(found), starts, ends)


def utf16_span(original: str, start: int, end: int) -> tuple[int, int]:
    """The same span counted in UTF-16 units, as browsers count."""
    before = _units(original, 0, start)
    return before, before + _units(original, start, end)


def _units(text: str, start: int, end: int) -> int:
    return sum(2 if ord(char) > 0xFFFF else 1 for char in text[start:end])
