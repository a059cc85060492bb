"""The small pattern language of a pack, compiled to a regex over one character per word.

    you (are|seem) <degree>{0,2} <praise> (?! for|that)

A word stands for itself, `<name>` for a word class, `<!name>` for any word outside it, `_` for any
word, `^` and `$` for the ends of the sentence, `@name` for a macro of the pack. Gaps are bounded:
`*`, `+` and `{n,}` are refused, so is a repeated group that holds another repeat.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

START, END = "\x02", "\x03"
PUNCTUATION = ',;:.!?-"'
ANY_WORD = f"[^{START}{END}{re.escape(PUNCTUATION)}]"
MAX_GAP, MAX_WIDTH, MAX_DEMANDS = 14, 70, 3

_TOKEN = re.compile(
    r"\s+|(?P<look>\(\?<?[=!])|(?P<open>\((?:\?:)?)|(?P<close>\))|(?P<alt>\|)"
    r"|(?P<times>\{\d+,\d+\}|\?)|<(?P<cls>!?[a-z0-9_.]+)>|(?P<any>_)|(?P<edge>[\^$])"
    r"|(?P<punct>[,;:.!\-\"])|(?P<word>[^\W_]+(?:'[^\W_]+)*|'s)|(?P<bad>.)"
)

WordSet = tuple[frozenset[str], tuple[str, ...]]
Demands = tuple[frozenset[str], ...]


class PatternError(ValueError):
    """The pattern can't be read, or could run away."""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a compiled pattern; of each of `demands` one character must occur, rarest first.

    `options` are patterns that together match the same: each can be skipped on its own.
    """

    regex: str
    width: int
    demands: Demands = ()
    repeats: bool = False
    options: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Scope:
    """Where words get their characters and classes their members.

    `common`: how much oftener than a rare word one occurs.
    """

    char: Callable[[str], str]
    classes: Mapping[str, WordSet]
    macros: Mapping[str, str]
    common: Mapping[str, int] = field(default_factory=dict)

    def rarest(self, demands: list[frozenset[str]]) -> Demands:
        """The demands that the fewest sentences meet."""
        distinct = sorted(set(demands), key=lambda d: (self.weight(d), sorted(d)))
        return tuple(distinct[:MAX_DEMANDS])

    def weight(self, chars: Iterable[str]) -> int:
        return sum(self.common.get(char, 1) for char in chars)


def expand(source: str, macros: Mapping[str, str], depth: int = 0) -> str:
    if depth > 8:
        raise PatternError("macros refer to each other in a circle")

    def put(found: re.Match[str]) -> str:
        name = found[1]
        if name not in macros:
            raise PatternError(f"no macro @{name}")
        return f"({expand(macros[name], macros, depth + 1)})"

    return re.sub(r"@([a-z0-9_]+)", put, source)


def compile_pattern(source: str, scope: Scope) -> Part:
    text = expand(source, scope.macros)
    if re.search(r"[*+]|\{\d*,\}|\{,", text):
        raise PatternError("unbounded: use {n,m} with small numbers instead of *, + or {n,}")
    parser = _Parser(text, scope)
    part = parser.alternatives()
    if parser.at < len(parser.tokens):
        raise PatternError("a bracket closes that was never opened")
    if part.width > MAX_WIDTH:
        raise PatternError(f"may span {part.width} words, at most {MAX_WIDTH} are allowed")
    return part


class _Parser:
    def __init__(self, text: str, scope: Scope) -> None:
        self.tokens = [t for t in _TOKEN.finditer(text) if t.lastgroup]
        self.scope = scope
        self.at = 0

    def peek(self) -> str | None:
        return self.tokens[self.at].lastgroup if self.at < len(self.tokens) else None

    def take(self) -> re.Match[str]:
        self.at += 1
        return self.tokens[self.at - 1]

    def alternatives(self) -> Part:
        parts = [self.sequence()]
        while self.peek() == "alt":
            self.take()
            parts.append(self.sequence())
        if len(parts) == 1:
            return parts[0]
        demands: Demands = ()
        if all(part.demands for part in parts):
            demands = (frozenset().union(*(part.demands[0] for part in parts)),)
        regex = "(?:" + "|".join(part.regex for part in parts) + ")"
        options = tuple(option for part in parts for option in part.options or (part,))
        width = max(part.width for part in parts)
        return Part(regex, width, demands, any(p.repeats for p in parts), options)

    def sequence(self) -> Part:
        parts = []
        while self.peek() not in (None, "alt", "close"):
            parts.append(self.repeated())
        return parts[0] if len(parts) == 1 else self.chain(parts)

    def chain(self, parts: list[Part]) -> Part:
        return Part(
            "".join(part.regex for part in parts),
            sum(part.width for part in parts),
            self.scope.rarest([demand for part in parts for demand in part.demands]),
            any(part.repeats for part in parts),
        )

    def repeated(self) -> Part:
        part = self.atom()
        if self.peek() != "times":
            return part
        low, high = _bounds(self.take()[0])
        if part.repeats and high > 1:
            raise PatternError("a repeated group may not hold another repeat")
        if high > MAX_GAP or low > high:
            raise PatternError(f"a gap may span at most {MAX_GAP} words")
        times = "?" if (low, high) == (0, 1) else f"{{{low},{high}}}"
        return Part(
            f"(?:{part.regex}){times}",
            part.width * high,
            part.demands if low else (),
            part.repeats or high > 1,
        )

    def atom(self) -> Part:
        token = self.take()
        kind, text = token.lastgroup, token[0]
        if kind in ("look", "open"):
            return self.group(text, look=kind == "look")
        if kind == "cls":
            return self.word_class(token["cls"])
        if kind == "any":
            return Part(ANY_WORD, 1)
        if kind == "edge":
            char = START if text == "^" else END
            return Part(char, 1)
        if kind == "punct":
            return Part(re.escape(text), 1, (frozenset(text),))
        if kind == "word":
            char = self.scope.char(text)
            return Part(re.escape(char), 1, (frozenset(char),))
        raise PatternError(f"can't read {text!r} here")

    def group(self, opening: str, *, look: bool) -> Part:
        inner = self.alternatives()
        if self.peek() != "close":
            raise PatternError("a bracket is never closed")
        self.take()
        if not look:
            return replace(inner, regex=f"(?:{inner.regex})")
        regex = f"{opening}{inner.regex})"
        if "<" in opening:
            re.compile(regex)  # raises if what is behind may have different widths
        return Part(regex, 0, inner.demands if opening == "(?=" else ())

    def word_class(self, name: str) -> Part:
        if name.startswith("!"):
            return self.any_but(name[1:])
        if name not in self.scope.classes:
            raise PatternError(f"no word class <{name}>")
        chars, phrases = self.scope.classes[name]
        demands = (chars.union(min(phrase, key=self.scope.weight) for phrase in phrases),)
        single = "[" + "".join(re.escape(c) for c in sorted(chars)) + "]" if chars else ""
        options = sorted(phrases, key=len, reverse=True) + ([single] if single else [])
        width = max([1, *map(len, phrases)])
        regex = options[0] if len(options) == 1 else "(?:" + "|".join(options) + ")"
        return Part(regex, width, demands)

    def any_but(self, name: str) -> Part:
        if name not in self.scope.classes:
            raise PatternError(f"no word class <{name}>")
        chars, phrases = self.scope.classes[name]
        if phrases:
            raise PatternError(f"<!{name}> needs a class of single words")
        return Part(ANY_WORD[:-1] + "".join(map(re.escape, sorted(chars))) + "]", 1)


def _bounds(times: str) -> tuple[int, int]:
    if times == "?":
        return 0, 1
    low, high = times[1:-1].split(",")
    return int(low), int(high)
