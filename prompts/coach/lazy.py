"""A pack has 1,500 regular expressions, which take seconds together; a reply needs few of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

Find = Callable[..., "re.Match[str] | None"]


class Pattern:
    """Compiled when a text first needs it; from then on `search` and `match` are its own."""

    __slots__ = ("_compiled", "match", "search", "source")

    def __init__(self, source: str) -> None:
        self.source = source
        self._compiled: re.Pattern[str] | None = None
        self.search: Find = self._first_search
        self.match: Find = self._first_match

    @property
    def compiled(self) -> re.Pattern[str]:
        if self._compiled is None:
            self._compiled = re.compile(self.source)
            self.search, self.match = self._compiled.search, self._compiled.match
        return self._compiled

    def finditer(self, code: str) -> Iterator[re.Match[str]]:
        return self.compiled.finditer(code)

    def _first_search(self, code: str, *place: int) -> re.Match[str] | None:
        return self.compiled.search(code, *place)

    def _first_match(self, code: str, *place: int) -> re.Match[str] | None:
        return self.compiled.match(code, *place)
