from typing import Any

from django import forms
from django.forms import BoundField

from couples.comfort import ASKED_FIRST, DEEPEST, EASES, Edges
from prompts.library import Library, Topic


class EdgesForm(forms.Form):
    """The comfort card: a depth, and for each topic one of three. Words stand in the template."""

    depth = forms.TypedChoiceField(
        coerce=int,
        choices=[(level, level) for level in range(1, DEEPEST + 1)],
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Any, *, words: Library, held: Edges) -> None:
        super().__init__(data, initial={"depth": held.depth})
        self.topics = [topic for topic in words.topics if topic.closable]
        for topic in self.topics:
            self.fields[topic.key] = forms.ChoiceField(
                choices=[(str(ease), str(ease)) for ease in EASES],
                widget=forms.RadioSelect,
                initial=held.ease(topic.key),
            )

    def rows(self) -> list[tuple[Topic, BoundField]]:
        return [(topic, self[topic.key]) for topic in self.topics if topic.key != ASKED_FIRST]

    def asked_first(self) -> list[tuple[Topic, BoundField]]:
        """Topics that stay closed until each has opened them."""
        return [(topic, self[topic.key]) for topic in self.topics if topic.key == ASKED_FIRST]

    def edges(self) -> Edges:
        chosen = {topic.key: self.cleaned_data[topic.key] for topic in self.topics}
        return Edges(self.cleaned_data["depth"], chosen)
