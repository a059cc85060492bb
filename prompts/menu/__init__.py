"""Three openings for a day. Pure: the clock, the cards and the seed come from the caller."""

from prompts.menu.cards import GENTLY, NOT_NOW, OPEN, Card, History, level, reaches
from prompts.menu.menu import Menu, Opening, choose

__all__ = [
    "GENTLY",
    "NOT_NOW",
    "OPEN",
    "Card",
    "History",
    "Menu",
    "Opening",
    "choose",
    "level",
    "reaches",
]
