"""What people may choose from is the same for all of them; only what is chosen differs."""

import re
from html import escape
from typing import Any

from django.utils.safestring import SafeString

VALUE = re.compile(r'<(input|option)[^>]* value="([^"]*)"[^>]*')
MARKS = {"input": " checked", "option": " selected"}


class Choices:
    """HTML to be made once, with the places where its options can be marked by their value."""

    __slots__ = ("marks", "pieces")

    def __init__(self, html: str) -> None:
        self.pieces: list[str] = []
        self.marks: dict[str, dict[int, str]] = {}
        end = 0
        for found in VALUE.finditer(html):
            self.pieces.append(html[end : (end := found.end())])
            marks = self.marks.setdefault(found[2], {})
            marks[len(self.pieces) - 1] = f"{self.pieces[-1]}{MARKS[found[1]]}"
        self.pieces.append(html[end:])

    def marked(self, chosen: Any) -> SafeString:
        """`chosen`: the value of a field, one or a list of several; unknown ones mark nothing."""
        pieces = self.pieces.copy()
        for value in chosen if isinstance(chosen, (list, tuple)) else [chosen]:
            known = self.marks.get("" if value is None else escape(str(value)), {})
            for place, text in known.items():
                pieces[place] = text
        return SafeString("".join(pieces))
