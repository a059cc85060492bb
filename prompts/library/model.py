"""What the library holds. Every class but `Library` mirrors one kind of table in the TOML files:
a field without a default must be written there, and no other field may be."""

from __future__ import annotations

from dataclasses import dataclass, field

INNER = {"inner": True}  # filled from other tables, never written in this one


@dataclass(frozen=True, slots=True)
class Topic:
    key: str
    name: str
    line: str
    closable: bool = True
    opt_in: bool = False


@dataclass(frozen=True, slots=True)
class Depth:
    level: int
    key: str
    name: str
    line: str


@dataclass(frozen=True, slots=True)
class Kind:
    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Settling:
    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """An opening. `settling` names a settling line in the file and holds its text once loaded."""

    key: str
    text: str
    purpose: str
    topic: str
    depth: int
    kind: str
    followups: tuple[str, ...]
    minutes: int
    settling: str = ""


@dataclass(frozen=True, slots=True)
class Feeling:
    key: str
    group: str
    word: str
    gloss: str


@dataclass(frozen=True, slots=True)
class FeelingGroup:
    key: str
    name: str
    line: str
    feelings: tuple[Feeling, ...] = field(default=(), metadata=INNER)


@dataclass(frozen=True, slots=True)
class PseudoFeeling:
    """A word that sounds like a feeling and tells what someone else did; never refused.

    `also` are other ways to say or spell it. `care`: it may speak of fear, so the writer, and
    nobody else, is quietly shown the way to the safety page.
    """

    key: str
    word: str
    offer: str
    under: tuple[str, ...]
    also: tuple[str, ...] = ()
    care: bool = False

    @property
    def spellings(self) -> tuple[str, ...]:
        return (self.word, *self.also)


@dataclass(frozen=True, slots=True)
class Need:
    key: str
    group: str
    word: str
    gloss: str


@dataclass(frozen=True, slots=True)
class NeedGroup:
    key: str
    name: str
    line: str
    needs: tuple[Need, ...] = field(default=(), metadata=INNER)


@dataclass(frozen=True, slots=True)
class Region:
    key: str
    name: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Sensation:
    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Wish:
    """How the discloser would like to be answered: their own line, and what the replier reads."""

    key: str
    name: str
    line: str
    for_replier: str
