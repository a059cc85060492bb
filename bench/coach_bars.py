"""The score from which on a kind is found: what finds most at a share of right."""

from __future__ import annotations

import math
from collections.abc import Iterable


def bar(scored: Iterable[tuple[float, bool]], goal: float) -> float:
    """Infinite where nothing is sure enough."""
    lowest, right = math.inf, 0
    for found, (score, yes) in enumerate(sorted(scored, reverse=True), 1):
        right += yes
        if yes and right >= goal * found:
            lowest = score
    return lowest
