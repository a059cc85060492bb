"""Inputs without templates: Django renders three for each of them."""

from collections.abc import Mapping
from html import escape
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.utils.safestring import SafeString

Widget = Mapping[str, Any]
PLACE = "django/forms/widgets/{}.html"
INPUTS = (
    *("checkbox", "checkbox_option", "email", "hidden", "number", "password", "radio_option"),
    *("text", "time"),
)


def _attributes(widget: Widget) -> str:
    held = ((name, value) for name, value in widget["attrs"].items() if value is not False)
    return "".join(
        [f" {name}" if value is True else f' {name}="{escape(str(value))}"' for name, value in held]
    )


def _input(widget: Widget) -> str:
    value = widget["value"]
    said = "" if value is None else f' value="{escape(str(value))}"'
    named = f'type="{widget["type"]}" name="{escape(widget["name"])}"'
    return f"<input {named}{said}{_attributes(widget)}>"


def _textarea(widget: Widget) -> str:
    said = escape(str(widget["value"] or ""))
    return f'<textarea name="{escape(widget["name"])}"{_attributes(widget)}>\n{said}</textarea>'


DRAWN = {
    **{PLACE.format(name): _input for name in INPUTS},
    PLACE.format("textarea"): _textarea,
}


class Drawing(DjangoTemplates):
    """Says what Django's templates say; what it cannot draw itself, it leaves to them."""

    def render(self, template_name: str, context: Any, request: Any = None) -> SafeString:
        draw = DRAWN.get(template_name)
        if draw is None or context["widget"].get("wrap_label"):
            return SafeString(super().render(template_name, context, request))
        return SafeString(draw(context["widget"]))
