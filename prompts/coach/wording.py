"""The sentences shown beside a finding, from the pack's messages."""

from __future__ import annotations

import re
from dataclasses import dataclass

from prompts.coach.model import Finding
from prompts.coach.pack import pack

_LONGEST_QUOTE = 70
_TO_THE_NEXT_MARK = re.compile(r"[^.,;:!?…\n–—]*")


@dataclass(frozen=True, slots=True)
class Words:
    saw: str
    why: str
    instead: str


def wording(finding: Finding, text: str, language: str = "en") -> Words | None:
    """None when the pack has no words for it: then nothing is shown."""
    words = pack(language)
    if words is None:
        return None
    tables = words.messages
    saw = tables["saw"].get(finding.message)
    why = tables["why"].get(finding.message)
    instead = tables["instead"].get(finding.instead)
    if saw is None or why is None or instead is None:
        return None
    return Words(saw.replace("{quote}", _quote(finding, text)), why, instead)


def kind_names(language: str = "en") -> dict[str, str]:
    """A short name for each kind that can be switched off."""
    words = pack(language)
    return dict(words.messages["kinds"]) if words else {}


def _quote(finding: Finding, text: str) -> str:
    """What was found and the rest of its clause, so that its writer knows it again."""
    rest = _TO_THE_NEXT_MARK.match(text, finding.end)
    plain = " ".join(text[finding.start : rest.end() if rest else finding.end].split())
    return plain if len(plain) <= _LONGEST_QUOTE else plain[: _LONGEST_QUOTE - 1].rstrip() + "…"
