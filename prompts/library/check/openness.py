"""Is it one open question, or one invitation? Judged clause by clause, by how each begins."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from prompts.library.check.rules import phrases
from prompts.library.check.texts import Text
from prompts.library.problem import Problem

SENTENCE_END = re.compile(r"(?<=[.?])[\"”']?\s+|(?<=…)\s+(?=[A-Z])")
CLAUSE_START = re.compile(r"[,;:–—(]\s*|\s+(?=(?:and|or|but)\s)|[\"“”]")
WORD = re.compile(r"[\w'’-]+")


def openness_problems(all_texts: Iterable[Text], lists: Mapping[str, list[str]]) -> list[Problem]:
    return [
        text.problem(reason)
        for text in all_texts
        if _asks(text)
        for reason in reasons(text.words, lists)
    ]


def _asks(text: Text) -> bool:
    match text.row.table, text.entry:
        case ("prompt", "text" | "followups") | ("activity", "question"):
            return True
        case ("stem", "text"):
            return text.row.data.get("part") == "question"
        case ("line", "text"):
            return text.row.data.get("step") == "warm_up"
    return False


def reasons(words: str, lists: Mapping[str, list[str]]) -> Iterator[str]:
    """Why this is not one open question or invitation; nothing when it is."""
    words = words.replace("’", "'")
    if words.count("?") > 1:
        yield "more than one question"
    if phrases(lists["numbers"]).search(words):
        yield "asks for a number"
    if phrases(lists["accusing"]).search(words):
        yield "asks for a justification"
    sentences = SENTENCE_END.split(words)
    questions = [sentence for sentence in sentences if sentence.rstrip("\"”' ").endswith("?")]
    if not questions and not any(_invites(sentence, lists) for sentence in sentences):
        yield "neither a question nor an invitation"
    for question in questions:
        clauses = [WORD.findall(clause.lower()) for clause in CLAUSE_START.split(question)]
        if any(_closed(clause, lists) for clause in clauses) or _tagged(question, lists):
            yield "a closed question: yes or no would answer it"
        elif not any(_open(clause, lists) for clause in clauses):
            yield "not an open question: begin with what, how, which, who, where or when"


def _strip(clause: list[str], lists: Mapping[str, list[str]]) -> list[str]:
    while clause and clause[0] in lists["before"]:
        clause = clause[1:]
    return clause


def _open(clause: list[str], lists: Mapping[str, list[str]]) -> bool:
    first = _strip(clause, lists)[:1]
    return bool(first) and first[0] in lists["open"]


def _closed(clause: list[str], lists: Mapping[str, list[str]]) -> bool:
    first = _strip(clause, lists)[:2]
    return len(first) == 2 and first[0] in lists["verbs"] and first[1] in lists["asked"]


def _tagged(question: str, lists: Mapping[str, list[str]]) -> bool:
    end = question.rstrip("?\"”' ").lower()
    return any(end.endswith(f", {tag}") for tag in lists["tags"])


def _invites(sentence: str, lists: Mapping[str, list[str]]) -> bool:
    words = WORD.findall(sentence.lower())
    return bool(words) and words[0] in lists["invitations"]
