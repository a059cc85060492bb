from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from prompts.library import model, words
from prompts.library.catalogue import Body, Circle, Library, Reply
from prompts.library.pages import Pages


def assemble(pages: Pages, language: str) -> Library:
    """Put checked rows together; groups get their members, prompts their settling line."""
    feelings = pages.all(model.Feeling)
    needs = pages.all(model.Need)
    prompts = _prompts(pages)
    return Library(
        language=language,
        topics=pages.all(model.Topic),
        depths=pages.all(model.Depth),
        kinds=pages.all(model.Kind),
        settling=pages.all(model.Settling),
        prompts=prompts,
        feelings=tuple(
            replace(group, feelings=tuple(f for f in feelings if f.group == group.key))
            for group in pages.all(model.FeelingGroup)
        ),
        pseudo_feelings=pages.all(model.PseudoFeeling),
        needs=tuple(
            replace(group, needs=tuple(n for n in needs if n.group == group.key))
            for group in pages.all(model.NeedGroup)
        ),
        body=Body(pages.all(model.Region), pages.all(model.Sensation)),
        wishes=pages.all(model.Wish),
        reply=Reply(
            pages.all(words.Part),
            pages.all(words.Stem),
            pages.all(words.Choice),
            pages.all(words.Holding),
        ),
        repair=_repair(pages),
        activities=pages.all(words.Activity),
        gestures=pages.all(words.Gesture),
        circle=Circle(pages.all(words.Step), pages.all(words.CircleLine)),
        cards=MappingProxyType({card.key: card for card in pages.all(words.Card)}),
        by_key=MappingProxyType({prompt.key: prompt for prompt in prompts}),
        feeling=MappingProxyType({feeling.key: feeling for feeling in feelings}),
        need=MappingProxyType({need.key: need for need in needs}),
    )


def _prompts(pages: Pages) -> tuple[model.Prompt, ...]:
    lines = {line.key: line.text for line in pages.all(model.Settling)}
    return tuple(
        replace(prompt, settling=lines.get(prompt.settling, ""))
        for prompt in pages.all(model.Prompt)
    )


def _repair(pages: Pages) -> tuple[words.RepairFamily, ...]:
    sentences = pages.all(words.RepairSentence)
    return tuple(
        replace(family, sentences=tuple(s for s in sentences if s.family == family.key))
        for family in pages.all(words.RepairFamily)
    )
