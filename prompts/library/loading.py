from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from prompts.library.assemble import assemble
from prompts.library.catalogue import Library
from prompts.library.pages import Pages
from prompts.library.problem import LibraryError, Problem
from prompts.library.references import reference_problems

HERE = Path(__file__).parent
FALLBACK = "en"
LANGUAGE = re.compile(r"[a-z]{2,3}\Z")


def load(folder: Path, language: str = FALLBACK) -> Library:
    """Read a library folder. Raises LibraryError with everything that is wrong in it."""
    if not folder.is_dir():
        raise LibraryError([Problem(str(folder), 0, "there is no library here")])
    pages = Pages(folder)
    problems = pages.problems + reference_problems(pages)
    if problems:
        raise LibraryError(problems)
    return assemble(pages, language)


@lru_cache(maxsize=8)
def library(language: str = FALLBACK) -> Library:
    """The words of a language (`en-gb` finds `en`), English where there are none of it."""
    short = language.lower().replace("_", "-").split("-")[0]
    known = LANGUAGE.match(short) and (HERE / short).is_dir()
    return load(HERE / short, short) if known else load(HERE / FALLBACK, FALLBACK)
