"""What is said to an author, and to nobody else, when they read their own words once more."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from prompts.coach import Words, read, wording
from prompts.library import Feeling, Library, PseudoFeeling

SOFT_TEXT = 800
SOFT_ASK = 140


@dataclass(frozen=True)
class Under:
    """A word about the other, and the feelings that may lie under it."""

    said: PseudoFeeling
    feelings: tuple[Feeling, ...]


@dataclass(frozen=True)
class Remarks:
    """`care`: what was said of a feeling may speak of fear."""

    under: Under | None
    care: bool
    category: str
    quote: str
    about_words: Words | None
    long: bool
    big_ask: bool


def remarks(
    words: Mapping[str, Any], library: Library, *, off: bool, hidden: Collection[str]
) -> Remarks:
    """`off` and `hidden`: what the author does not want to be told about their wording."""
    text = words.get("text", "")
    nothing: tuple[str, str, Words | None] = ("", "", None)
    category, quote, about = nothing if off else _about_words(text, hidden, library.language)
    said = _said(words.get("own_feeling", ""), library)
    return Remarks(
        under=_under(said, words, library),
        care=said is not None and said.care,
        category=category,
        quote=quote,
        about_words=about,
        long=len(text) > SOFT_TEXT,
        big_ask=len(words.get("ask", "")) > SOFT_ASK,
    )


def _about_words(
    text: str, hidden: Collection[str], language: str
) -> tuple[str, str, Words | None]:
    found = read(text, profile="disclosure", language=language, hidden=hidden).nudge
    if found is None:
        return "", "", None
    return found.category, found.quote(text), wording(found, text, language)


def _said(own: str, library: Library) -> PseudoFeeling | None:
    """What may speak of fear goes before anything else that was said."""
    text = own.casefold()
    said = [one for one in library.pseudo_feelings if _holds(text, one.spellings)]
    return max(said, key=lambda one: one.care, default=None)


def _holds(text: str, spellings: Iterable[str]) -> bool:
    return re.search(rf"\b({'|'.join(map(re.escape, spellings))})\b", text) is not None


def _under(said: PseudoFeeling | None, words: Mapping[str, Any], library: Library) -> Under | None:
    if said is None or not set(said.under).isdisjoint(words.get("feelings", ())):
        return None
    return Under(said, tuple(library.feeling[key] for key in said.under))
