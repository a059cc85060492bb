"""Forms carry no wording: labels stand in templates, errors are codes (components/errors.html)."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS
from django.core.validators import EmailValidator
from django.forms.utils import flatatt
from django.utils.choices import BaseChoiceIterator
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from couples.addresses import refuse_disguised
from couples.choices import Choices
from couples.comfort import DEEPEST
from couples.errors import TooMany
from couples.models import User

NOT_PLACES = ("Etc/", "SystemV/", "US/", "posix/", "right/")
_TOKEN = re.compile(r"(?:^|/i/)([\w-]{43})/?(?:[?#].*)?$")


@cache
def _known() -> frozenset[str]:
    return frozenset(available_timezones())


def known_zone(name: str) -> str:
    """The zone if it is one, else UTC: a browser's guess is only a guess."""
    return name if name in _known() and ZoneInfo(name) else "UTC"


@cache
def zones() -> list[tuple[str, str]]:
    """Places by name, as a person would look for theirs: "Europe/Berlin", no technical ones."""
    names = (name for name in _known() if "/" in name)
    places = sorted(name for name in names if not name.startswith(NOT_PLACES))
    return [(name, name.replace("_", " ").replace("/", " · ")) for name in [*places, "UTC"]]


class Places(BaseChoiceIterator):
    """Django's own for a function makes all five hundred anew to look at the first."""

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(zones())


@lru_cache(maxsize=8)
def _options(choices: tuple[tuple[str, str], ...]) -> Choices:
    return Choices(format_html_join("", '<option value="{}">{}</option>', choices))


class Select(forms.Select):
    """Of words that are the same for all; Django renders two templates for each of them."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        attrs = self.build_attrs({**self.attrs, "name": name}, attrs)
        options = _options(tuple(self.choices)).marked(value)
        return format_html("<select{}>{}</select>", flatatt(attrs), options)


class ZoneField(forms.ChoiceField):
    widget = Select

    def __init__(self) -> None:
        super().__init__(choices=Places())


def too_many(form: forms.Form) -> None:
    """Nothing is wrong with what was typed; there was much of it."""
    form.add_error(None, forms.ValidationError("", code=TooMany.code))


def status_of(form: forms.Form) -> int:
    """Of a page that shows this form: 422 with something to mend, 429 after `too_many`."""
    if not form.is_bound:
        return 200
    return 429 if form.has_error(NON_FIELD_ERRORS, TooMany.code) else 422


class SignupForm(forms.Form):
    """What allauth's sign-up asks besides the address."""

    name = forms.CharField(max_length=40, strip=True)
    timezone = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    def signup(self, request: Any, user: User) -> None:
        user.name = self.cleaned_data["name"]
        user.timezone = known_zone(self.cleaned_data["timezone"])
        user.save(update_fields=["name", "timezone"])


class PersonForm(forms.Form):
    """The few things a person says about themselves; all can be changed at any time."""

    name = forms.CharField(max_length=40, strip=True)
    timezone = ZoneField()
    language = forms.ChoiceField(choices=settings.LANGUAGES, widget=Select)


class WhereForm(forms.Form):
    name = forms.CharField(max_length=40, strip=True)
    timezone = ZoneField()


class DepthForm(forms.Form):
    depth = forms.TypedChoiceField(
        coerce=int,
        choices=[(level, level) for level in range(1, DEEPEST + 1)],
        widget=forms.RadioSelect,
    )


class Address(forms.EmailField):
    default_validators = [EmailValidator(code="invalid_email"), refuse_disguised]


class AddressForm(forms.Form):
    email = Address(max_length=254)


class LinkForm(forms.Form):
    """A pasted link, or only its token."""

    link = forms.CharField(max_length=400, strip=True)

    def clean_link(self) -> str:
        found = _TOKEN.search(self.cleaned_data["link"])
        if not found:
            raise forms.ValidationError("", code="not_a_link")
        return found[1]
