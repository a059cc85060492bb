"""A disclosure as its reader meets it, pure: keys become the library's words, wording stays in
`prompts/parts/disclosure_letter.html`. A key the library no longer has is passed over."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from prompts.library import Library
from prompts.rows import Row

NOWHERE = "nowhere"
SHORT_ASK = 60


@dataclass(frozen=True, slots=True)
class Letter(Row):
    text: str
    feelings: tuple[str, ...]
    intensity: str
    body: tuple[str, ...]
    nowhere: bool
    wished: str
    ask: str
    no_ask: bool
    door: str
    gift: bool
    tone: str
    pace: str
    marks: tuple[str, ...]

    @property
    def sentence(self) -> bool:
        return bool(self.feelings or self.body or self.nowhere)

    @property
    def short_ask(self) -> str:
        """The ask, if it fits on a chip."""
        return self.ask if len(self.ask) <= SHORT_ASK and "\n" not in self.ask else ""

    @property
    def long_ask(self) -> str:
        return "" if self.short_ask else self.ask

    @property
    def tags(self) -> bool:
        """Is there anything to put on chips under the words?"""
        chips = (self.wished, self.tone, self.pace, self.marks, self.gift, self.no_ask)
        return any(chips) or bool(self.short_ask)

    @property
    def empty(self) -> bool:
        """Nothing was said: how to be answered is not yet something to answer."""
        return not (self.text or self.sentence or self.ask or self.door)


def letter(words: Mapping[str, Any], library: Library) -> Letter:
    places = words.get("body", ())
    return Letter(
        text=words.get("text", "").strip(),
        feelings=_feelings(words, library),
        intensity=words.get("intensity", ""),
        body=tuple(_places(places, library)),
        nowhere=any(place.get("region") == NOWHERE for place in places),
        wished=_wished(words.get("wished", ""), library),
        ask=words.get("ask", "").strip(),
        no_ask=bool(words.get("no_ask")),
        door=words.get("door", "").strip(),
        gift=bool(words.get("gift")),
        tone=words.get("tone", ""),
        pace=words.get("pace", ""),
        marks=tuple(words.get("marks", ())),
    )


def _feelings(words: Mapping[str, Any], library: Library) -> tuple[str, ...]:
    known = library.feeling
    chosen = [known[key].word for key in words.get("feelings", ()) if key in known]
    own = words.get("own_feeling", "").strip()
    return (*chosen, own) if own else tuple(chosen)


def _places(places: Any, library: Library) -> list[str]:
    if not places:
        return []
    regions = {region.key: region.sentence for region in library.body.regions}
    senses = {sensation.key: sensation.name for sensation in library.body.sensations}
    return [
        f"{senses.get(place.get('sensation', ''), '')} {regions[place['region']]}".lstrip()
        for place in places
        if place["region"] in regions and place["region"] != NOWHERE
    ]


def _wished(key: str, library: Library) -> str:
    return next((wish.name for wish in library.wishes if wish.key == key), "")
