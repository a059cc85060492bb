from __future__ import annotations

import re
from collections.abc import Iterator

from prompts.library import model, words
from prompts.library.pages import Pages
from prompts.library.problem import Problem
from prompts.library.tables import EFFORTS, HOLDING_SORTS, MONEY, PLACES

KEY = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*\Z")
MINUTES = range(1, 31)


def reference_problems(pages: Pages) -> list[Problem]:
    """What a single row can't tell: keys told apart, and each name pointing at something."""
    found = [*_keys(pages), *_depths(pages), *_prompts(pages)]
    for shape, entry, known in _pointers(pages):
        for row, made in pages.rows(shape):
            value = getattr(made, entry)
            for name in value if isinstance(value, tuple) else (value,):
                if name not in known:
                    found.append(row.problem(f"'{name}' is not a known {entry}", entry))
    return found


def _pointers(pages: Pages) -> list[tuple[type[object], str, set[str]]]:
    def keys(shape: type[object]) -> set[str]:
        return {getattr(made, "key", "") for made in pages.all(shape)}

    return [
        (model.Prompt, "topic", keys(model.Topic)),
        (model.Prompt, "kind", keys(model.Kind)),
        (model.Prompt, "settling", keys(model.Settling) | {""}),
        (model.Feeling, "group", keys(model.FeelingGroup)),
        (model.PseudoFeeling, "under", keys(model.Feeling)),
        (model.Need, "group", keys(model.NeedGroup)),
        (words.Stem, "part", keys(words.Part)),
        (words.Stem, "wishes", keys(model.Wish)),
        (words.Stem, "situations", {"good_news", "old_pain", "hard_day"}),
        (words.Holding, "sort", set(HOLDING_SORTS)),
        (words.RepairSentence, "family", keys(words.RepairFamily)),
        (words.Activity, "effort", set(EFFORTS)),
        (words.Activity, "place", set(PLACES)),
        (words.Activity, "money", set(MONEY)),
        (words.CircleLine, "step", keys(words.Step)),
    ]


def _keys(pages: Pages) -> Iterator[Problem]:
    first: dict[tuple[type, str], str] = {}
    for row, made in pages.every_row():
        key = getattr(made, "key", None)
        if key is None:
            continue
        if not KEY.match(key):
            yield row.problem(f"key '{key}': small letters, digits and _ only", "key")
        place = first.setdefault((type(made), key), f"{row.file}:{row.line}")
        if place != f"{row.file}:{row.line}":
            yield row.problem(f"key '{key}' is already used in {place}", "key")


def _depths(pages: Pages) -> Iterator[Problem]:
    rows = pages.rows(model.Depth)
    if rows and [depth.level for _, depth in rows] != [1, 2, 3, 4]:
        yield rows[0][0].problem("depths are the four levels 1, 2, 3, 4, in this order")


def _prompts(pages: Pages) -> Iterator[Problem]:
    for row, prompt in pages.rows(model.Prompt):
        if prompt.depth not in range(1, 5):
            yield row.problem(f"depth {prompt.depth}: it is 1, 2, 3 or 4", "depth")
        if prompt.minutes not in MINUTES:
            yield row.problem(f"minutes {prompt.minutes}: between 1 and 30", "minutes")
        if not 1 <= len(prompt.followups) <= 2:
            yield row.problem("one or two followups", "followups")
        if prompt.depth >= 3 and not prompt.settling:
            yield row.problem("a prompt of depth 3 or 4 names a settling line")
        if prompt.depth <= 2 and prompt.settling:
            yield row.problem("a settling line belongs to depth 3 and 4", "settling")
