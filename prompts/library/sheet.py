from __future__ import annotations

import textwrap
from collections.abc import Iterator

from prompts.library.catalogue import Library
from prompts.library.model import Prompt

WIDTH = 88


def sheet(library: Library, topic: str = "", depth: int = 0) -> Iterator[str]:
    """Lines for reading prompts on paper, by topic and depth; all of them without a choice."""
    depths = {level.level: level for level in library.depths}
    for part in library.topics:
        if topic and part.key != topic:
            continue
        yield from ("", f"{part.name.upper()}  ({part.key})", part.line)
        for level in sorted(depths):
            held = [p for p in library.prompts if p.topic == part.key and p.depth == level]
            if held and depth in (0, level):
                yield from ("", f"-- {depths[level].name}: {depths[level].line}", "")
                for prompt in held:
                    yield from _prompt(prompt)


def _prompt(prompt: Prompt) -> Iterator[str]:
    yield from textwrap.wrap(prompt.text, WIDTH)
    yield f"    {prompt.kind}, {prompt.minutes} min, {prompt.key}"
    yield f"    for: {prompt.purpose}"
    for followup in prompt.followups:
        yield f"    then: {followup}"
    if prompt.settling:
        yield f"    first: {prompt.settling}"
    yield ""
