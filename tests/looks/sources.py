"""What the tests of the looks read: style sheets, templates and their sizes on the wire."""

import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import brotli

from config.env import ROOT
from config.stylesheet import CONTENTS, flatten

STATIC = ROOT / "static"
STYLES = sorted((STATIC / "css").rglob("*.css"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def found_in(
    paths: Iterable[Path], look: Callable[[Path], Sequence[str]]
) -> dict[str, Sequence[str]]:
    """What `look` finds in which file; of a rule that is kept: nothing."""
    return {named(path): found for path in paths if (found := look(path))}


def bare(path: Path) -> str:
    """A style sheet without its comments."""
    return COMMENT.sub("", path.read_text())


def sheet() -> str:
    return flatten(lambda path: (STATIC / path).read_text())


def wire(path: str) -> int:
    """Bytes of one file as a server sends it; fonts are compressed already."""
    if path == CONTENTS:
        return len(brotli.compress(sheet().encode()))
    raw = (STATIC / path).read_bytes()
    return len(raw) if path.endswith(".woff2") else len(brotli.compress(raw))
