from __future__ import annotations

from collections.abc import Iterable

from prompts.library.check.rules import Rules
from prompts.library.check.texts import Text
from prompts.library.problem import Problem

VOICED = {
    ("prompt", "text"), ("prompt", "followups"), ("prompt", "purpose"),
    ("activity", "text"), ("activity", "question"),
}  # fmt: skip


def tone_problems(all_texts: Iterable[Text], rules: Rules) -> list[Problem]:
    """Forbidden subjects, jargon, pushing, presuming, and the voice of the prompts."""
    return [
        text.problem(f"{reason}: '{found}'")
        for text in all_texts
        for reason, found in [*_banned(text, rules), *_voice(text, rules)]
    ]


def _banned(text: Text, rules: Rules) -> list[tuple[str, str]]:
    found = []
    for ban in rules.bans:
        if ban.tables and text.row.table not in ban.tables:
            continue
        if ban.outside_topic and text.topic == ban.outside_topic:
            continue
        if match := ban.pattern.search(text.words.replace("’", "'")):
            found.append((ban.reason, match[0]))
    return found


def _voice(text: Text, rules: Rules) -> list[tuple[str, str]]:
    if (text.row.table, text.entry) not in VOICED:
        return []
    match = rules.voice.search(text.words.replace("’", "'"))
    return [("this speaks to you, and has no I or we of its own", match[0])] if match else []
