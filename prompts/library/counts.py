from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from prompts.library.catalogue import Library


def counts(library: Library) -> Iterator[str]:
    """What the library holds, as a table for the people who write it."""
    held = Counter((prompt.topic, prompt.depth) for prompt in library.prompts)
    yield f"{'prompts':<12}{'ankle':>7}{'knee':>7}{'waist':>7}{'deep':>7}{'all':>7}"
    for topic in library.topics:
        row = [held[topic.key, depth] for depth in range(1, 5)]
        yield _row(topic.key, row)
    yield _row("all", [sum(1 for p in library.prompts if p.depth == d) for d in range(1, 5)])
    kinds = Counter(prompt.kind for prompt in library.prompts)
    yield "kinds: " + ", ".join(f"{kind.key} {kinds[kind.key]}" for kind in library.kinds)
    yield "also: " + ", ".join(f"{number} {name}" for name, number in _others(library).items())


def _row(name: str, row: list[int]) -> str:
    return f"{name:<12}" + "".join(f"{number:>7}" for number in [*row, sum(row)])


def _others(library: Library) -> dict[str, int]:
    return {
        "feelings": len(library.feeling),
        "groups of feelings": len(library.feelings),
        "pseudo-feelings": len(library.pseudo_feelings),
        "needs": len(library.need),
        "groups of needs": len(library.needs),
        "body regions": len(library.body.regions),
        "sensations": len(library.body.sensations),
        "wished responses": len(library.wishes),
        "stems": len(library.reply.stems),
        "ways to be all right": len(library.reply.all_right),
        "holding replies": len(library.reply.holding),
        "repair sentences": sum(len(family.sentences) for family in library.repair),
        "things to do": len(library.activities),
        "gestures": len(library.gestures),
        "circle texts": len(library.circle.lines) + len(library.circle.steps),
        "settling lines": len(library.settling),
    }
