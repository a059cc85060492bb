"""What the coach hands back: labels to act on, findings with places, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Profile = Literal["reply", "disclosure", "prompt"]
Tier = Literal["strong", "weak"]

NUDGES = (
    "blame",
    "minimizing",
    "premature_fixing",
    "self_shift",
    "closed_question",
    "generic_praise",
)
TICKS = ("reflection", "feeling_named", "appreciation", "affirmation", "open_question")
UNJUDGED = ("correcting", "presupposition")
CATEGORIES = NUDGES + TICKS + UNJUDGED
HARM = "harm"  # learnt beside the categories and never a finding: it silences remarks
PROFILE_KINDS: Mapping[Profile, frozenset[str]] = {
    "reply": frozenset(CATEGORIES) - {"presupposition"},
    "disclosure": frozenset({"blame"}),
    "prompt": frozenset({"closed_question", "blame", "presupposition"}),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """`start` and `end` count code points of the author's own string."""

    category: str
    rule: str
    start: int
    end: int
    tier: Tier
    message: str
    instead: str

    def quote(self, text: str) -> str:
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Reading:
    labels: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    ticks: tuple[str, ...] = ()
    nudge: Finding | None = None


SILENT = Reading()
