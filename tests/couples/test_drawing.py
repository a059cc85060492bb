"""What is drawn faster than Django would says the same, and keeps nothing of a person."""

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.template import engines
from django.utils import translation

from couples.choices import Choices
from couples.drawing import Drawing
from couples.forms import PersonForm, zones

ODD = "<i>\"x\" & 'y'</i>\u202e {{ 1 }}\r\n\x00"
COLOURS = [("red", "Red"), ("blue & green", "<b>Both</b>"), ("", "None")]


class Every(forms.Form):
    words = forms.CharField(max_length=4, help_text="A hint")
    long = forms.CharField(widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}))
    address = forms.EmailField(required=False, disabled=True)
    number = forms.IntegerField(min_value=1, localize=True)
    secret = forms.CharField(widget=forms.PasswordInput)
    at = forms.TimeField(widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    yes = forms.BooleanField()
    hidden = forms.CharField(widget=forms.HiddenInput(attrs={"data-a": ODD, "hidden": False}))
    one = forms.ChoiceField(choices=COLOURS, widget=forms.RadioSelect)
    some = forms.MultipleChoiceField(choices=COLOURS, widget=forms.CheckboxSelectMultiple)
    listed = forms.ChoiceField(choices=[("warm", COLOURS)])


HELD = {"some": ["red", ""], "one": "blue & green", "number": 1234567, "yes": True, "listed": "red"}


@pytest.mark.parametrize(
    ("data", "initial"),
    [
        (None, {}),
        (None, dict.fromkeys(Every.base_fields, ODD) | {"some": [ODD]}),
        (None, {**HELD, "words": 0, "long": 0, "at": "07:05"}),
        ({}, {}),
        (dict.fromkeys(Every.base_fields, ODD), {}),
        ({**HELD, "words": "long & wrong", "yes": "on"}, {}),
    ],
)
def test_every_input_is_the_one_django_draws(data, initial):
    ours, djangos = (
        Every(data, initial=initial, renderer=renderer()) for renderer in (Drawing, DjangoTemplates)
    )
    for mine, theirs in zip(ours, djangos, strict=True):
        assert str(mine) == str(theirs)
        assert [option.tag() for option in mine] == [option.tag() for option in theirs]
        assert [str(option) for option in mine] == [str(option) for option in theirs]


def test_a_long_list_says_which_one_is_chosen():
    form = PersonForm(initial={"timezone": "Asia/Tokyo"})
    html = str(form["timezone"])
    assert html.count("<option ") == len(zones())
    assert html.count(" selected") == 1
    assert '<option value="Asia/Tokyo" selected>Asia · Tokyo</option>' in html
    assert " selected" not in str(PersonForm({"timezone": "Nowhere/At"})["timezone"])


@pytest.mark.parametrize(
    ("chosen", "marked"),
    [
        ("b&<", {"b&<"}),
        (1, {"1"}),
        (["1", "b&<"], {"1", "b&<"}),
        ("", {""}),
        (None, {""}),
        ((), set()),
        (["unknown", ODD], set()),
    ],
)
def test_what_is_chosen_is_marked(chosen, marked):
    html = "".join(
        f'<input name="n" value="{value}" id="i"><option value="{value}">x</option><p title="1">'
        for value in ("", "1", "b&amp;&lt;")
    )
    said = Choices(html).marked(chosen)
    for value in ("", "1", "b&<"):
        escaped = value.replace("&", "&amp;").replace("<", "&lt;")
        is_marked = value in marked
        assert (f'<input name="n" value="{escaped}" id="i" checked>' in said) is is_marked
        assert (f'<option value="{escaped}" selected>x' in said) is is_marked
    assert said.replace(" checked>", ">").replace(" selected>", ">") == html


def page(source):
    return engines["django"].from_string(f"{{% load i18n fixed %}}{source}")


def test_what_is_kept_for_all_sees_nothing_of_a_person():
    both = page("{% fixed word=word chosen=mine %}{{ word }}{{ mine }}{{ secret }}{% endfixed %}")
    said = [both.render({"word": "a", "mine": mine, "secret": mine}) for mine in ("one", "two")]
    assert said == ["a", "a"]
    assert both.render({"word": "b"}) == "b"


def test_what_is_kept_speaks_each_language():
    with_words = page('{% fixed %}{% trans "Monday" %}{% endfixed %}')
    assert with_words.render() == "Monday"
    with translation.override("de"):
        assert with_words.render() == "Montag"


def test_only_so_much_is_kept():
    counted = page("{% fixed number=number %}{{ number }}{% endfixed %}")
    assert [counted.render({"number": str(n)}) for n in range(250)] == [str(n) for n in range(250)]
    node = counted.template.nodelist[-1]
    assert len(node.made) <= 100
