"""For pages that hold many of the same: what a loop repeats is worked out once."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.template.base import FilterExpression, Node, NodeList, Parser, Token
from django.template.context import Context
from django.template.engine import Engine
from django.utils.safestring import SafeString

register = template.Library()


class Once(Node):
    def __init__(self, keys: Sequence[FilterExpression], nodelist: NodeList) -> None:
        self.keys, self.nodelist = keys, nodelist

    def render(self, context: Context) -> SafeString:
        made = context.render_context.get(self)
        if made is None:
            made = context.render_context[self] = {}
        key = tuple([key.resolve(context) for key in self.keys])
        if key not in made:
            made[key] = self.nodelist.render(context)
        text: SafeString = made[key]
        return text


@register.tag
def once(parser: Parser, token: Token) -> Once:
    """`{% once key… %}`: rendered once in a template for the same values of its keys.

    What it holds may depend on those and on what is the same in the whole template, no more.
    """
    keys = [parser.compile_filter(bit) for bit in token.split_contents()[1:]]
    nodelist = parser.parse(("endonce",))
    parser.delete_first_token()
    return Once(keys, nodelist)


class Pasted(Node):
    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        return self.nodelist.render(context)


@register.tag
def paste(parser: Parser, token: Token) -> Pasted:
    """`{% paste "file" %}`: an include that is read with the template, and so is cheap in loops."""
    name = token.split_contents()[1].strip('"')
    return Pasted(Engine.get_default().get_template(name).nodelist)


@register.filter
def listed(words: Sequence[Any], last: str) -> str:
    """`a, b and c`, where `last` is the "and"."""
    *most, end = words
    return f"{', '.join(most)} {last} {end}" if most else end
