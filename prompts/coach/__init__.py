from prompts.coach.engine import read
from prompts.coach.fold import utf16_span
from prompts.coach.model import NUDGES, TICKS, Finding, Reading
from prompts.coach.wording import Words, kind_names, wording

__all__ = [
    "NUDGES",
    "TICKS",
    "Finding",
    "Reading",
    "Words",
    "kind_names",
    "read",
    "utf16_span",
    "wording",
]
