from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from prompts.library.pages import Pages
from prompts.library.problem import Problem
from prompts.library.rows import Row

# entries that name something else, and are never read by the people who use Leeway
NAMES = {
    "key", "topic", "kind", "group", "settling", "part", "step", "family", "sort", "effort",
    "place", "money", "moment", "wishes", "situations", "under",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Text:
    """A text of the library with the place it stands in."""

    row: Row
    entry: str
    words: str

    @property
    def topic(self) -> str:
        return str(self.row.data.get("topic", ""))

    def problem(self, reason: str) -> Problem:
        return self.row.problem(f'{reason}: "{self.words}"', self.entry)


def texts(pages: Pages) -> Iterator[Text]:
    for row, _ in pages.every_row():
        for entry, value in row.data.items():
            if entry in NAMES:
                continue
            for words in value if isinstance(value, list) else [value]:
                if isinstance(words, str):
                    yield Text(row, entry, words)
