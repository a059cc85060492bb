"""What a sentence has in common with the disclosure: content words, and runs of words."""

from __future__ import annotations

from dataclasses import dataclass

from prompts.coach.pack import Pack
from prompts.coach.sentences import Sentence
from prompts.coach.stems import stem

_RUN = 3  # words in a row, told of "you" instead of "I", that make an echo
_MOST = 2  # content words in common that do


@dataclass(slots=True)
class Told:
    """The disclosure, ready for comparing."""

    code: str
    stems: frozenset[str]
    sentences: list[Sentence]
    known_runs: frozenset[tuple[str, ...]] | None = None

    @classmethod
    def of(cls, pack: Pack, sentences: list[Sentence]) -> Told:
        stems = {s for sentence in sentences for s in content(pack, sentence.words)}
        return cls("".join([s.code for s in sentences]), frozenset(stems), sentences)

    def runs(self, pack: Pack) -> frozenset[tuple[str, ...]]:
        if self.known_runs is None:
            turned = [[pack.turned.get(w, w) for w in s.words] for s in self.sentences]
            self.known_runs = frozenset(run for words in turned for run in _runs(words))
        return self.known_runs

    def shared(self, pack: Pack, words: list[str]) -> int:
        """How many different content words are given back."""
        return len(self.stems.intersection(content(pack, words))) if self.stems else 0

    def echoed(self, pack: Pack, words: list[str]) -> bool:
        """Whether these words tell back what the disclosure told."""
        if not self.stems:
            return False
        given = content(pack, words)
        shared = len(self.stems.intersection(given))
        if shared >= _MOST and 2 * shared >= len(given):
            return True
        own = _runs([pack.levelled.get(w, w) for w in words])
        return not self.runs(pack).isdisjoint(own)


def content(pack: Pack, words: list[str]) -> set[str]:
    found = set()
    for word in words:
        known = pack.stems.get(word)
        if known is None and len(word) > 2:
            known = stem(word, pack.lemmas)
        if known:
            found.add(known)
    return found


def _runs(words: list[str]) -> list[tuple[str, ...]]:
    plain = [word for word in words if word.isalpha()]
    return [tuple(plain[at : at + _RUN]) for at in range(len(plain) - _RUN + 1)]
