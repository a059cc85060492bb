from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong in the library; `line` is 1-based, 0 when it is about the whole file."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}"


class LibraryError(Exception):
    """The library can't be used. Carries every problem found, the first one in front."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        self.file, self.line, self.reason = (
            self.problems[0].file,
            self.problems[0].line,
            self.problems[0].reason,
        )
        super().__init__("\n".join(str(problem) for problem in self.problems))
