"""A pack has 1,500 regular expressions, which take seconds together; a reply needs few of them."""

from __future__ import annotations

import re
from collections.abc import Iterator


class Pattern:
    """Compiled when a text first needs it."""

    __slots__ = ("_compiled", "source")

    def __init__(self, source: str) -> None:
        self.source = source
        self._compiled: re.Pattern[str] | None = None

    @property
    def compiled(self) -> re.Pattern[str]:
        if self._compiled is None:
            self._compiled = re.compile(self.source)
        return self._compiled

    def search(self, code: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        return self.compiled.search(code, start, len(code) if end is None else end)

    def match(self, code: str, start: int) -> re.Match[str] | None:
        return self.compiled.match(code, start)

    def finditer(self, code: str) -> Iterator[re.Match[str]]:
        return self.compiled.finditer(code)
