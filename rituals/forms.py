"""What HTTP sent about rituals. Labels stand in the templates; errors are codes."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS

from couples.forms import ZoneField
from rituals.models.reminders import EVERY, LEADS, SUBJECTS
from rituals.session import Move, Step

ONE_LINE = 140
A_NOTE = 800


class PlanForm(forms.Form):
    weekday = forms.TypedChoiceField(
        choices=tuple(WEEKDAYS.items()), coerce=int, widget=forms.RadioSelect
    )
    local_time = forms.TimeField(
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        input_formats=["%H:%M", "%H:%M:%S"],
    )
    tz = ZoneField()


class MineForm(forms.Form):
    wording = forms.CharField(
        max_length=280, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    own_words = forms.BooleanField(required=False)
    mail_on = forms.BooleanField(required=False)
    lead_minutes = forms.TypedChoiceField(
        choices=[(minutes, "") for minutes in LEADS], coerce=int, widget=forms.RadioSelect
    )
    subject = forms.ChoiceField(choices=[(key, "") for key in SUBJECTS], widget=forms.RadioSelect)
    every = forms.TypedChoiceField(
        choices=[(turns, "") for turns in EVERY], coerce=int, widget=forms.RadioSelect
    )


class StepForm(forms.Form):
    """One move of a circle, with whatever the step lets its member note."""

    step = forms.ChoiceField(choices=[(step.value, "") for step in Step])
    move = forms.TypedChoiceField(choices=[(move.value, "") for move in Move], coerce=Move)
    feeling = forms.CharField(max_length=40, required=False)
    need = forms.CharField(max_length=ONE_LINE, required=False)
    heard = forms.CharField(max_length=A_NOTE, required=False)
    summary = forms.CharField(max_length=280, required=False)
    fits = forms.BooleanField(required=False)
    thanks = forms.CharField(max_length=280, required=False)
    small_step = forms.CharField(max_length=ONE_LINE, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        going_on = cleaned.get("move") == Move.ON
        if cleaned.get("step") == Step.SUMMARY and going_on and not cleaned.get("summary"):
            self.add_error("summary", ValidationError("", code="required"))
        return cleaned

    def words(self) -> dict[str, Any]:
        """What was written at this step; a field that was not on the page is left alone."""
        skipped = {"step", "move"}
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in skipped and name in self.data
        }
