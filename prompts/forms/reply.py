"""The structured reply. Labels and hints are the library's; errors are codes."""

from typing import Any

from django import forms

from prompts.library import Library

LONGEST = 2000
PARTS = ("with_you", "heard", "sense", "thanks", "question", "ideas")


def _words(required: bool = False) -> forms.CharField:
    box = forms.Textarea(attrs={"rows": 2})
    return forms.CharField(required=required, max_length=LONGEST, strip=True, widget=box)


class ReplyForm(forms.Form):
    """`ideas` is there only when the discloser has asked for ideas.

    What is missing is said by us, kindly, and not by the browser while somebody still types.
    """

    use_required_attribute = False

    with_you = _words()
    heard = _words(required=True)
    sense = _words()
    thanks = _words(required=True)
    all_right = forms.ChoiceField(required=False, widget=forms.RadioSelect)
    all_right_own = forms.CharField(required=False, max_length=400, strip=True)
    question = _words()
    ideas = _words()
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, words: Library, ideas: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(choice.key, choice.text) for choice in words.reply.all_right]
        self.fields["all_right"].choices = choices  # type: ignore[attr-defined]
        if not ideas:
            del self.fields["ideas"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("all_right") and not cleaned.get("all_right_own"):
            self.add_error("all_right", forms.ValidationError("", code="required"))
        return cleaned

    def words(self) -> dict[str, str]:
        """What was typed, valid or not: for a draft, which is never refused."""
        kept = {}
        for name in self.fields:
            if name != "revision":
                text = str(self.data.get(name, "")).strip().replace("\x00", "")
                if text:
                    kept[name] = text[: LONGEST * 4]
        return kept


class HoldingForm(forms.Form):
    """A short word meanwhile. A day is a word, never a date: nobody can be late."""

    DAYS = ("tonight", "tomorrow", "weekend", "few_days")

    holding = forms.CharField(max_length=40)
    until = forms.ChoiceField(required=False, choices=[(day, day) for day in DAYS])

    def __init__(self, *args: Any, words: Library, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {holding.key: holding for holding in words.reply.holding}

    def clean_holding(self) -> str:
        key: str = self.cleaned_data["holding"]
        if key not in self.known:
            raise forms.ValidationError("", code="invalid_choice")
        return key

    def words(self) -> dict[str, str]:
        holding = self.known[self.cleaned_data["holding"]]
        later = holding.sort == "later"
        until = (self.cleaned_data["until"] or "few_days") if later else ""
        return {"holding": holding.key, "text": holding.text, "until": until}


class NoteForm(forms.Form):
    """What the discloser adds to "almost" or "there is more", or the other's ideas."""

    note = _words()
