"""What is said in templates because no Python file may say it."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorList
from django.template.loader import render_to_string

from config.env import ROOT

RAISED = re.compile(r'ValidationError\(\s*"", code="(\w+)"')
APPS = ("couples", "prompts", "rituals")
CODES = sorted(
    {
        code
        for app in APPS
        for path in (ROOT / app).rglob("*.py")
        for code in RAISED.findall(path.read_text())
    }
)
LINUX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1"
)
EDGE = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0"
)
ANDROID = (
    "Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/140.0.0.0 Mobile Safari/537.36"
)


def said(code: str) -> str:
    errors = ErrorList([ValidationError("", code=code)])
    html = render_to_string("components/errors.html", {"errors": errors, "id": "x"})
    return re.sub(r"<[^>]+>|\s+", " ", html).strip()


@pytest.mark.parametrize("code", CODES)
def test_every_code_has_a_sentence(code: str) -> None:
    assert said(code).endswith(".")
    assert "!" not in said(code)


def test_some_codes_are_raised_and_an_unknown_one_says_nothing() -> None:
    assert "too_long" in CODES
    assert said("nobody_wrote_this") == ""


@pytest.mark.safety("S16")
@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (LINUX, "Firefox on Linux"),
        (IPHONE, "Safari on an iPhone"),
        (EDGE, "Edge on Windows"),
        (ANDROID, "Chrome on Android"),
        ("curl/8.9", "A browser"),
    ],
)
def test_a_session_is_named_plainly(agent: str, name: str) -> None:
    assert render_to_string("usersessions/device.html", {"agent": agent}).strip() == name
