"""The guided disclosure. Everything typed is kept, whatever it is; only sending has limits.

No field refuses anything: an unknown choice is dropped, a NUL is dropped, lines end in a newline.
`words()` is therefore there for every request, and `problems()` says what keeps it from being sent.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import forms

from prompts.library import Library

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


class One(forms.ChoiceField):
    """One of the known keys, or nothing."""

    def __init__(self, keys: Iterable[str] = (), widget: Any = forms.RadioSelect) -> None:
        choices = [(key, key) for key in keys]
        super().__init__(required=False, choices=choices, widget=widget)

    def clean(self, value: Any) -> str:
        return value if isinstance(value, str) and value and self.valid_value(value) else ""


class Several(forms.MultipleChoiceField):
    """Those of the keys that are known, each once, in the order of the library."""

    def __init__(self, keys: Iterable[str] = ()) -> None:
        choices = [(key, key) for key in keys]
        super().__init__(required=False, choices=choices, widget=forms.CheckboxSelectMultiple)

    def clean(self, value: Any) -> list[str]:
        given = set(value) if isinstance(value, (list, tuple)) else set()
        return [key for key, _ in self._known() if key in given]

    def _known(self) -> list[tuple[str, str]]:
        return list(self.choices)  # type: ignore[arg-type]


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
        self.held = held
        self._choose("feelings", ((one.key, one.word) for one in library.feeling.values()))
        self._choose("place", ((region.key, region.name) for region in library.body.regions))
        self._choose("wished", ((wish.key, wish.name) for wish in library.wishes))
        senses = [("", ""), *((one.key, one.name) for one in library.body.sensations)]
        self.sensations = {}
        for region in library.body.regions:
            if region.key != NOWHERE:
                field = One(widget=forms.Select)
                field.choices = senses
                self.fields[name := f"sensation_{region.key}"] = field
                self.sensations[region.key] = name

    def _choose(self, name: str, choices: Iterable[tuple[str, str]]) -> None:
        self.fields[name].choices = list(choices)  # type: ignore[attr-defined]

    def places(self) -> Iterator[tuple[Any, Any]]:
        """Each body place as its box, with the field of how it felt there (none for nowhere)."""
        for option in self["place"]:
            name = self.sensations.get(option.data["value"])
            yield option, self[name] if name else None

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
        body = [
            {"region": key, "sensation": cleaned.get(f"sensation_{key}", "")}
            for key in cleaned["place"]
        ]
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
