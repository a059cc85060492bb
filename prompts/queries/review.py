"""What is said to an author, and to nobody else, when they read their own words once more."""

from collections.abc import Collection, Mapping
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
    under: Under | None
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
    category, quote, said = nothing if off else _about_words(text, hidden, library.language)
    return Remarks(
        under=_under(words, library),
        category=category,
        quote=quote,
        about_words=said,
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


def _under(words: Mapping[str, Any], library: Library) -> Under | None:
    own = words.get("own_feeling", "").strip().casefold()
    said = next((one for one in library.pseudo_feelings if one.word.casefold() == own), None)
    chosen = set(words.get("feelings", ()))
    if said is None or chosen & set(said.under):
        return None
    return Under(said, tuple(library.feeling[key] for key in said.under))
