"""A text made ready for reading: its sentences, each under a reader, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass

from prompts.coach.fold import Folded, fold
from prompts.coach.hits import Reader, Surroundings
from prompts.coach.model import Profile
from prompts.coach.overlap import Told
from prompts.coach.pack import Pack
from prompts.coach.sentences import Sentence, split

_NEAR = 1500  # words of the text on either side that a guard looks at


@dataclass(slots=True)
class Reply:
    pack: Pack
    profile: Profile
    told: Told
    sentences: list[Sentence]
    readers: list[Reader]
    harm: bool | None = None

    @classmethod
    def of(cls, pack: Pack, folded: Folded, text: str, context: str, profile: Profile) -> Reply:
        told = Told.of(pack, split(fold(context), context, pack.speller))
        sentences = split(folded, text, pack.speller)
        return cls(pack, profile, told, sentences, _readers(pack, sentences, told, profile))

    def states_harm(self) -> bool:
        if self.harm is None:
            self.harm = any(self.pack.states_harm(one.code) for one in self.sentences)
        return self.harm


def _readers(pack: Pack, sentences: list[Sentence], told: Told, profile: Profile) -> list[Reader]:
    found = []
    every = "".join([sentence.code for sentence in sentences])
    end = 0
    for number, sentence in enumerate(sentences):
        start, end = end, end + len(sentence.code)
        before, later = every[max(0, start - _NEAR) : start], every[end : end + _NEAR]
        around = Surroundings(number, before, later, told, profile)
        found.append(Reader(pack, sentence, around))
    return found
