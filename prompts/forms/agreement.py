from collections.abc import Mapping
from typing import Any

from django import forms

from couples.agreement import Lines
from prompts.library import Library

FREE = ("line_1", "line_2", "line_3")
STEMS_A_PART = 1


class AgreementForm(forms.Form):
    """One's own lines: how I mostly like to be answered, sentences I like to hear, own words."""

    wished = forms.ChoiceField(required=False, widget=forms.RadioSelect)
    stems = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    line_1 = forms.CharField(required=False, max_length=160)
    line_2 = forms.CharField(required=False, max_length=160)
    line_3 = forms.CharField(required=False, max_length=160)

    def __init__(self, data: Any, *, words: Library, held: Lines) -> None:
        own = dict(zip(FREE, held.get("lines", []), strict=False))
        chosen = list(held.get("stems", []))
        super().__init__(data, initial={"wished": held.get("wished", ""), "stems": chosen, **own})
        wished, stems = self.fields["wished"], self.fields["stems"]
        assert isinstance(wished, forms.ChoiceField)
        assert isinstance(stems, forms.MultipleChoiceField)
        wished.choices = [(wish.key, wish.name) for wish in words.wishes]
        offered = dict.fromkeys([*chosen, *_stems(words)])
        stems.choices = [(text, text) for text in offered]

    def lines(self) -> Lines:
        said = self.cleaned_data
        free = [said[name] for name in FREE if said[name]]
        return {"wished": said["wished"], "stems": said["stems"], "lines": free}


def _stems(words: Library) -> list[str]:
    """A few beginnings that fit whatever was shared, from every open part of a reply."""
    parts = [part.key for part in words.reply.parts if not part.locked]
    plain = [stem for stem in words.reply.stems if not stem.wishes and not stem.situations]
    return [
        text
        for part in parts
        for text in [stem.text for stem in plain if stem.part == part][:STEMS_A_PART]
    ]


def readable(lines: Mapping[str, Any], words: Library) -> Lines:
    """Lines with the name of the wished response in place of its key; none stay none."""
    if not lines:
        return {}
    names = {wish.key: wish for wish in words.wishes}
    return {**lines, "wish": names.get(lines.get("wished", ""))}
