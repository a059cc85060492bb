from typing import Any

from django import template
from django.template.base import FilterExpression, Node, NodeList, Parser, Token, token_kwargs
from django.template.context import Context
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from couples.choices import Choices

register = template.Library()
MOST = 100


class Fixed(Node):
    def __init__(self, given: dict[str, FilterExpression], nodelist: NodeList) -> None:
        self.chosen = given.pop("chosen", None)
        self.given, self.nodelist = given, nodelist
        self.made: dict[tuple[Any, ...], Choices] = {}

    def render(self, context: Context) -> SafeString:
        given = {name: value.resolve(context) for name, value in self.given.items()}
        key = (get_language(), *given.values())
        made = self.made.get(key)
        if made is None:
            if len(self.made) == MOST:
                self.made.clear()
            made = self.made[key] = Choices(self.nodelist.render(context.new(given)))
        return made.marked(self.chosen.resolve(context) if self.chosen else ())


@register.tag
def fixed(parser: Parser, token: Token) -> Fixed:
    """`{% fixed name=value… chosen=value %}`: rendered once in a process for the same values.

    What it holds sees those values and nothing else of the page, so that nothing of a person
    stays: give it what is the same for all. `chosen` is not seen; it marks the inputs and options
    with that value, or those values.
    """
    given = token_kwargs(token.split_contents()[1:], parser)
    nodelist = parser.parse(("endfixed",))
    parser.delete_first_token()
    return Fixed(given, nodelist)
