"""Forms carry no wording: labels stand in templates, errors are codes (components/errors.html)."""

from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django import forms

from couples.models import User


def known_zone(name: str) -> str:
    """The zone if it is one, else UTC: a browser's guess is only a guess."""
    return name if name in available_timezones() and ZoneInfo(name) else "UTC"


class SignupForm(forms.Form):
    """What allauth's sign-up asks besides the address."""

    name = forms.CharField(max_length=40, strip=True)
    timezone = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    def signup(self, request: Any, user: User) -> None:
        user.name = self.cleaned_data["name"]
        user.timezone = known_zone(self.cleaned_data["timezone"])
        user.save(update_fields=["name", "timezone"])
