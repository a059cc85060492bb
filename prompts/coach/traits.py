"""What a sentence looks like to learnt weights: words and classes in a row, persons, mood.

A trait is a short string over the pack's one character a word, so that making one costs little.
Those of a whole sentence or clause begin with a letter of the alphabet, which stands for no word;
those that tell what rules found, with "=".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import add
from typing import Any

from prompts.coach.grammar import END, START
from prompts.coach.inflect import FORMS
from prompts.coach.lexicon import NUMBER, UNKNOWN

_CLASS = 0xE100  # the characters of classes begin here
_LETTERS = re.compile(r"[A-Za-z0-9]*")
_EDGES = {START: "<s>", END: "</s>", NUMBER: "<0>"}


@dataclass(frozen=True, slots=True)
class Traits:
    """By the character of a word: its class and its person; and the words that deny."""

    to_class: Mapping[int, str]
    person: Mapping[str, str]
    persons: tuple[tuple[str, frozenset[str]], ...]
    denial: frozenset[str]
    classes: frozenset[str]
    word_of: Mapping[str, str]
    char_of: Mapping[str, str]

    @classmethod
    def of(
        cls,
        table: Mapping[str, Any],
        classes: Mapping[str, frozenset[str]],
        chars: Mapping[str, str],
    ) -> Traits:
        names = {chr(_CLASS + n): full for n, full in enumerate(_forms(table["classes"].split()))}
        to_class: dict[int, str] = {}
        for letter, full in names.items():
            for char in classes.get(full, ()):
                to_class.setdefault(ord(char), letter)
        for word, char in chars.items():
            to_class.setdefault(ord(char), _ending(word))
        for char in _chars(table["kept"], chars):
            to_class[ord(char)] = char
        persons = tuple((p, _chars(words, chars)) for p, words in table["persons"].items())
        word_of = {char: word for word, char in chars.items()} | _EDGES
        word_of |= {char: f"<+{ending}>" for ending, char in UNKNOWN.items()}
        word_of |= {letter: f"<{full}>" for letter, full in names.items()}
        return cls(
            to_class,
            {char: person for person, own in persons for char in own},
            persons,
            _chars(table["denial"], chars),
            frozenset(names),
            word_of,
            {word: char for char, word in word_of.items()},
        )

    def coded(self, code: str) -> str:
        """Words as their classes; those that are kept, as themselves."""
        return code.translate(self.to_class)

    def people(self, chars: frozenset[str]) -> str:
        return "".join([name for name, words in self.persons if not words.isdisjoint(chars)])

    def first(self, code: str) -> str:
        """The person that is named first, "0" for none."""
        return next(filter(None, map(self.person.get, code)), "0")

    def write(self, trait: str) -> str:
        """As words that a person can read."""
        if trait.startswith("="):
            return trait
        letters = _LETTERS.match(trait)[0]  # type: ignore[index]
        return " ".join([letters or ".", *(self.word_of.get(c, c) for c in trait[len(letters) :])])

    def read(self, text: str) -> str | None:
        """None for a trait of words that the pack knows no more."""
        if text.startswith("="):
            return text
        letters, *words = text.split(" ")
        chars = [w if len(w) == 1 and not w.isalnum() else self.char_of.get(w) for w in words]
        return None if None in chars else letters.removeprefix(".") + "".join(filter(None, chars))


def _forms(names: Sequence[str]) -> Iterator[str]:
    for name in names:
        yield from (f"{name}.{form}" for form in FORMS)
        yield name


def _ending(word: str) -> str:
    for ending, letter in UNKNOWN.items():
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return letter
    return UNKNOWN[""]


def _chars(words: str, chars: Mapping[str, str]) -> frozenset[str]:
    return frozenset(chars[word] for word in words.split() if word in chars)


def runs(code: str, coded: str) -> set[str]:
    """Words and pairs of words; pairs and threes of classes."""
    pairs = list(map(add, coded, coded[1:]))
    found = {*code, *pairs}
    found.update(map(add, code, code[1:]))
    found.update(map(add, pairs, coded[2:]))
    return found
