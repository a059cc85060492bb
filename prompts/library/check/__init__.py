"""What a library folder may hold, beyond being readable: used by `manage.py library check`."""

from __future__ import annotations

from pathlib import Path

from prompts.library.check.ledger import ledger_problems
from prompts.library.check.near import near_problems
from prompts.library.check.openness import openness_problems
from prompts.library.check.reading import reading_problems
from prompts.library.check.rules import rules
from prompts.library.check.shape import balance_problems, length_problems, space_problems
from prompts.library.check.texts import texts
from prompts.library.check.tone import tone_problems
from prompts.library.pages import Pages
from prompts.library.problem import LibraryError, Problem
from prompts.library.references import reference_problems


def problems(folder: Path) -> list[Problem]:
    """Everything that is wrong in this folder, by file and line. Empty when it is fit to use."""
    pages = Pages(folder)
    found = pages.problems + reference_problems(pages)
    all_texts = list(texts(pages))
    try:
        lists = rules(folder)
    except LibraryError as error:
        return sorted([*found, *error.problems])
    found += space_problems(all_texts)
    found += length_problems(all_texts, lists)
    found += openness_problems(all_texts, lists.openness)
    found += tone_problems(all_texts, lists)
    found += near_problems(all_texts, lists)
    found += reading_problems(all_texts, lists)
    found += balance_problems(pages, lists)
    found += ledger_problems(pages)
    return sorted(found)


__all__ = ["problems"]
