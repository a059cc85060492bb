from typing import Any

from django import forms

from prompts.forms.disclosure import One, Words
from prompts.library import Library

LONGEST = 200
HOW = ("one", "together")


class OpeningForm(forms.Form):
    """How to begin: an opening of the library by its key, or one's own in words, or none."""

    prompt = Words(forms.HiddenInput())
    own = Words(forms.TextInput())
    topic = One()
    how = One(HOW)

    def __init__(self, data: Any = None, *, library: Library, asked_for: frozenset[str]) -> None:
        """`asked_for`: the opt-in topics that this person has opened on their own card."""
        super().__init__(data)
        self.library = library
        self.topics = tuple(
            topic for topic in library.topics if not topic.opt_in or topic.key in asked_for
        )
        self.fields["topic"].keys = tuple(topic.key for topic in self.topics)  # type: ignore[attr-defined]

    def clean_own(self) -> str:
        own: str = self.cleaned_data["own"].strip()
        if len(own) > LONGEST:
            raise forms.ValidationError("", code="too_long")
        return own

    def words(self) -> dict[str, Any]:
        """What a draft begins with."""
        data = self.cleaned_data
        kind = "together" if data["how"] == "together" else ""
        prompt = self.library.prompt(data["prompt"])
        if prompt:
            said = {"key": prompt.key, "text": prompt.text}
            return {"prompt": said, "kind": kind, "topic": prompt.topic, "depth": prompt.depth}
        said = {"key": "", "text": data["own"]}
        return {"prompt": said, "kind": kind, "topic": data["topic"] or "everyday", "depth": 1}
