"""Every key that was ever given out, one a line, so that none comes back with another meaning.

`prompt everyday_pocket` is in use, `prompt everyday_pocket retired` will never be again.
"""

from __future__ import annotations

from pathlib import Path

from prompts.library.pages import Pages
from prompts.library.problem import Problem

FILE = "keys.txt"
RETIRED = "retired"


def _live(pages: Pages) -> dict[str, Problem]:
    """`table key` → where it stands, for tables whose keys are kept with people's words."""
    return {
        f"{row.table} {row.data['key']}": row.problem("", "key")
        for row, _ in pages.every_row()
        if "key" in row.data
    }


def _book(folder: Path) -> dict[str, tuple[int, bool]]:
    path = folder / FILE
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    entries = ((number, line.split()) for number, line in enumerate(lines, start=1) if line.strip())
    return {" ".join(words[:2]): (number, RETIRED in words[2:]) for number, words in entries}


def ledger_problems(pages: Pages) -> list[Problem]:
    live, book = _live(pages), _book(pages.folder)
    found = []
    for name, place in live.items():
        if name not in book:
            reason = f"'{name}' is a new key: run `manage.py library keys` and commit {FILE}"
        elif book[name][1]:
            reason = f"'{name}' was retired and is never used again: choose another key"
        else:
            continue
        found.append(Problem(place.file, place.line, reason))
    for name, (number, retired) in book.items():
        if name not in live and not retired:
            reason = f"'{name}' is gone: write `{name} {RETIRED}`, so that nobody takes it again"
            found.append(Problem(FILE, number, reason))
    return found


def write(pages: Pages) -> list[str]:
    """Add the new keys to the ledger; never removes or revives one. Returns what was added."""
    book = _book(pages.folder)
    added = sorted(_live(pages).keys() - book.keys())
    lines = [f"{name} {RETIRED}" if retired else name for name, (_, retired) in book.items()]
    text = "\n".join(sorted(lines + added)) + "\n"
    (pages.folder / FILE).write_text(text, encoding="utf-8")
    return added
