from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from prompts.library import model
from prompts.library.check.rules import Rules
from prompts.library.check.texts import Text
from prompts.library.pages import Pages
from prompts.library.problem import Problem


def length_problems(all_texts: Iterable[Text], rules: Rules) -> list[Problem]:
    return [
        text.problem(f"{len(text.words)} letters, at most {most}")
        for text in all_texts
        if len(text.words) > (most := rules.lengths.get(text.entry, rules.lengths["text"]))
    ]


def space_problems(all_texts: Iterable[Text]) -> list[Problem]:
    return [
        text.problem("stray spaces or a line break")
        for text in all_texts
        if text.words != " ".join(text.words.split())
    ]


def balance_problems(pages: Pages, rules: Rules) -> Iterator[Problem]:
    """A topic needs enough prompts at each depth to be worth opening every week."""
    held = Counter((prompt.topic, prompt.depth) for prompt in pages.all(model.Prompt))
    for row, topic in pages.rows(model.Topic):
        least = rules.balance["least_opt_in" if topic.opt_in else "least"]
        for depth, wanted in enumerate(least, start=1):
            if (have := held[topic.key, depth]) < wanted:
                yield row.problem(f"{have} prompts of depth {depth}, at least {wanted}", "key")
