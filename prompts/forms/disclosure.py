"""The guided disclosure. Everything typed is kept, whatever it is; only sending has limits.

No field refuses anything: an unknown choice is dropped, a NUL is dropped, lines end in a newline.
`words()` is therefore there for every request, and `problems()` says what keeps it from being sent.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import forms

from prompts.library import FeelingGroup, Library, Region

LONGEST = {"text": 4000, "ask": 300, "door": 200, "own_feeling": 60}
MOST_FEELINGS = 4
INTENSITIES = ("little", "quite", "very")
TONES = ("calm", "tender", "raw", "playful")
MARKS = ("old_pain", "good_news")
NOWHERE = "nowhere"
KEPT_FROM_DRAFT = ("prompt", "kind", "topic", "kept")


class Words(forms.CharField):
    def __init__(self, widget: forms.Widget) -> None:
        widget.attrs.setdefault("dir", "auto")
        super().__init__(required=False, strip=False, widget=widget)
        self.validators = []

    def to_python(self, value: Any) -> str:
        text = "" if value is None else str(value)
        return text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")


class Known(forms.Field):
    """Knows keys and no words: templates draw what there is to choose from."""

    def __init__(self, keys: Iterable[str] = ()) -> None:
        super().__init__(required=False)
        self.keys = tuple(keys)


class One(Known):
    """One of the known keys, or nothing."""

    def clean(self, value: Any) -> str:
        return value if isinstance(value, str) and value in self.keys else ""


class Several(Known):
    """Those of the keys that are known, each once, in the order of the library."""

    widget = forms.SelectMultiple

    def clean(self, value: Any) -> list[str]:
        given = set(value) if isinstance(value, (list, tuple)) else set()
        return [key for key in self.keys if key in given]


class DisclosureForm(forms.Form):
    text = Words(forms.Textarea(attrs={"rows": 6}))
    feelings = Several()
    own_feeling = Words(forms.TextInput(attrs={"autocapitalize": "none"}))
    intensity = One(INTENSITIES)
    place = Several()
    wished = One()
    marks = Several(MARKS)
    ask = Words(forms.Textarea(attrs={"rows": 2}))
    no_ask = forms.BooleanField(required=False)
    door = Words(forms.TextInput(attrs={"list": "doors"}))
    gift = forms.BooleanField(required=False)
    depth = One("1234")
    tone = One(TONES)
    slow = forms.BooleanField(required=False)

    def __init__(self, data: Any, *, library: Library, held: Mapping[str, Any]) -> None:
        super().__init__(data, initial=as_fields(held))
        self.held, self.library = held, library
        self._know("feelings", library.feeling)
        self._know("place", (region.key for region in library.body.regions))
        self._know("wished", (wish.key for wish in library.wishes))

    def _know(self, name: str, keys: Iterable[str]) -> None:
        self.fields[name].keys = tuple(keys)  # type: ignore[attr-defined]

    def felt(self) -> Iterator[tuple[FeelingGroup, list[str]]]:
        """The groups of feelings, each with those chosen."""
        chosen = set(self["feelings"].value() or ())
        for group in self.library.feelings:
            yield group, [one.key for one in group.feelings if one.key in chosen]

    def places(self) -> Iterator[tuple[Region, str]]:
        """Each body place, and how it felt there."""
        for region in self.library.body.regions:
            yield region, self._sense(region.key)

    def _sense(self, place: str) -> str:
        given = (self.data if self.is_bound else self.initial).get(f"sensation_{place}")
        known = any(one.key == given for one in self.library.body.sensations)
        return str(given) if known and place != NOWHERE else ""

    def clean(self) -> dict[str, Any]:
        cleaned = dict(self.cleaned_data)
        self.typed = self._words(cleaned)
        for name, code in problems(self.typed):
            self.add_error(name or None, forms.ValidationError("", code=code))
        return cleaned

    def words(self) -> dict[str, Any]:
        """What was typed, to be kept, sendable or not."""
        self.is_valid()
        return self.typed

    def _words(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        held = {key: self.held[key] for key in KEPT_FROM_DRAFT if key in self.held}
        same = {key: cleaned[key] for key in SAME}
        body = [{"region": key, "sensation": self._sense(key)} for key in cleaned["place"]]
        depth = int(cleaned["depth"] or self.held.get("depth") or 1)
        pace = "slow" if cleaned["slow"] else ""
        return {**held, **same, "body": body, "depth": depth, "pace": pace}


SAME = (
    *("text", "feelings", "own_feeling", "intensity", "wished", "marks"),
    *("ask", "no_ask", "door", "gift", "tone"),
)


def as_fields(words: Mapping[str, Any]) -> dict[str, Any]:
    """Kept words as the values of the form's fields."""
    body = words.get("body", ())
    fields = {key: words[key] for key in SAME if key in words}
    fields |= {f"sensation_{place['region']}": place["sensation"] for place in body}
    fields["place"] = [place["region"] for place in body]
    fields["depth"] = str(words.get("depth", 1))
    fields["slow"] = bool(words.get("pace"))
    return fields


def problems(words: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """(field, code) of each thing that keeps the words from being sent; "" is the whole."""
    for name, longest in LONGEST.items():
        if len(words.get(name, "")) > longest:
            yield name, "too_long"
    if len(words.get("feelings", ())) > MOST_FEELINGS:
        yield "feelings", "too_many_feelings"
    said = ("text", "feelings", "own_feeling", "body", "ask", "door")
    if not any(_said(words.get(name)) for name in said):
        yield "", "nothing_yet"


def _said(value: Any) -> bool:
    return bool(value.strip() if isinstance(value, str) else value)
