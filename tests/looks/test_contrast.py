"""Text on its ground is at least 4.5:1 by day and by night, a sign 3:1; from the tokens."""

import math
import re
from collections.abc import Iterator

import pytest

from tests.looks.sources import STATIC, bare

TOKENS = dict(re.findall(r"(--[\w-]+):\s*([^;]+);", bare(STATIC / "css/tokens/colour.css")))
COLOUR = re.compile(r"oklch\(([\d.]+) ([\d.]+) ([\d.]+)")
GROUNDS = ("page", "surface", "sunken", "me-fill", "partner-fill", "partner-fill-strong")
TEXT = [
    *((ink, ground) for ink in ("ink", "ink-soft") for ground in (*GROUNDS, "lamp-fill")),
    *((ink, ground) for ink in ("link", "ember") for ground in ("page", "surface", "sunken")),
    ("link", "partner-fill-strong"),
    ("on-action", "action"),
    ("on-action", "action-hover"),
    ("on-partner", "partner"),
    ("me-ink", "me-fill"),
    ("me-ink", "surface"),
    ("partner-ink", "surface"),
    ("partner-ink", "partner-fill"),
    ("partner-ink", "partner-fill-strong"),
    ("lamp-ink", "lamp-fill"),
    ("ember", "ember-fill"),
    ("ink", "ember-fill"),
    ("ink", "raised"),
]
SIGNS = [
    ("focus", "page"),
    ("focus", "surface"),
    ("line-strong", "surface"),
    ("glass", "surface"),
    ("me", "page"),
    ("partner", "page"),
    ("lamp-sign", "lamp-fill"),
]
SESSION = [("mist-50", "session-high"), ("mist-50", "session-low"), ("sea-100", "session-high")]


def value(name: str, night: bool) -> str:
    """A token's colour once its meaning and its paint are followed."""
    text = TOKENS[f"--{name}"].strip()
    if text.startswith("light-dark("):
        text = list(choices(text))[night]
    if text.startswith("var("):
        return value(text[6:-1], night)
    return text


def choices(text: str) -> Iterator[str]:
    yield from (part.strip() for part in re.split(r",(?![^()]*\))", text[11:-1]))


def luminance(colour: str) -> float:
    found = COLOUR.match(colour)
    assert found, colour
    light, chroma, hue = map(float, found.groups())
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short
    clipped = (min(max(part, 0), 1) for part in (red, green, blue))
    return sum(w * part for w, part in zip((0.2126, 0.7152, 0.0722), clipped, strict=True))


def contrast(first: str, second: str, night: bool) -> float:
    dark, bright = sorted(luminance(value(name, night)) for name in (first, second))
    return (bright + 0.05) / (dark + 0.05)


def test_the_measure_is_right() -> None:
    assert luminance("oklch(1 0 0)") == pytest.approx(1, abs=0.001)
    assert luminance("oklch(0.554 0.086 198)") == pytest.approx(0.1795, abs=0.003)  # #1f8285


@pytest.mark.parametrize("night", [False, True], ids=["day", "night"])
@pytest.mark.parametrize("pair", TEXT, ids=" on ".join)
def test_text(pair: tuple[str, str], night: bool) -> None:
    assert contrast(*pair, night) >= 4.5


@pytest.mark.parametrize("night", [False, True], ids=["day", "night"])
@pytest.mark.parametrize("pair", SIGNS, ids=" on ".join)
def test_signs(pair: tuple[str, str], night: bool) -> None:
    assert contrast(*pair, night) >= 3


@pytest.mark.parametrize("pair", SESSION, ids=" on ".join)
def test_session(pair: tuple[str, str]) -> None:
    assert contrast(*pair, night=True) >= 4.5
