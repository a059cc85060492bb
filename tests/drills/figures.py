"""What a drill found: the sink's word against the database's."""

import argparse
from collections import Counter
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Figures:
    due: int
    delivered: int
    kills: int
    crashes: int
    flushes: int
    ambiguous: int
    """Reminders whose worker died, or whose server fell, around the final dot."""
    lost: int
    expired: int
    duplicated: int
    most_copies: int
    unplanned: int
    seconds: float

    def line(self) -> str:
        return (
            f"REMINDERS due={self.due} delivered={self.delivered} | kills={self.kills}"
            f" pg_crashes={self.crashes} flushes={self.flushes} beats=2"
            f" ambiguous={self.ambiguous} | lost={self.lost} expired={self.expired}"
            f" dup={self.duplicated} (bound {self.ambiguous}) max_copies={self.most_copies}"
            f" | {self.seconds:.1f} s | mode=plain"
        )

    def good(self) -> bool:
        return (
            self.lost == self.expired == self.unplanned == 0
            and self.duplicated <= self.ambiguous
            and self.most_copies <= 2
        )


def read_figures(journal: Path, options: argparse.Namespace, seconds: float) -> Figures:
    """`journal` holds one Message-ID a line for each mail the sink accepted."""
    from rituals.models import Reminder

    accepted = Counter(journal.read_text().split())
    rows = list(Reminder.objects.across_couples().values_list("id", "state", "copies"))
    copies = [accepted[f"<reminder.{pk}@localhost>"] for pk, _, _ in rows]
    return Figures(
        due=options.due,
        delivered=sum(map(bool, copies)),
        kills=options.kills,
        crashes=options.crashes,
        flushes=options.flushes,
        ambiguous=sum(many == 2 for _, _, many in rows),
        lost=sum(not many for many in copies),
        expired=sum(state == "expired" for _, state, _ in rows),
        duplicated=sum(copies) - sum(map(bool, copies)),
        most_copies=max(copies, default=0),
        unplanned=options.due - len(rows),
        seconds=seconds,
    )
