"""What no template may hold, and what an enhanced element must keep for life without JavaScript."""

import re

import pytest

from tests.looks.sources import TEMPLATES, found_in, named

MARKUP = re.compile(r"<(?P<name>[a-z][\w-]*)(?P<rest>(?:\s[^<>]*?)?)>", re.DOTALL)
TAG = re.compile(r"\{%.*?%\}|\{#.*?#\}", re.DOTALL)
BANNED = re.compile(
    r"hx-on\b|\bjs:|\sstyle=|<style\b|javascript:|\son[a-z]+=|https?://(?!www\.wikipedia\.org/\")"
)
ACTS = {"a": r"\shref=", "form": r"\saction=", "button": r"\sformaction="}
INLINE = re.compile(r"<script(?![^>]*(?:\bsrc=|application/json))[^>]*>")
PAGES = [path for path in TEMPLATES if "emails" not in path.parts]


def plain(path) -> str:
    return TAG.sub("", path.read_text())


def elements(path):
    for found in MARKUP.finditer(plain(path)):
        yield found["name"], found["rest"]


def lifeless(path) -> list[str]:
    return [
        name
        for name, rest in elements(path)
        if re.search(r"\shx-(?:get|post)=", rest)
        and not re.search(r"\s(?:data-live-refresh|aria-live)\b", rest)
        and not re.search(ACTS.get(name, r"$^"), rest)
    ]


def test_behaviour_and_style_live_in_files() -> None:
    assert found_in(PAGES, lambda path: BANNED.findall(plain(path))) == {}
    assert found_in(PAGES, lambda path: INLINE.findall(plain(path))) == {}


def test_every_enhanced_element_works_without_javascript() -> None:
    """A person's acts sit on real links and forms. An area that fills itself is marked as one."""
    assert found_in(PAGES, lifeless) == {}


@pytest.mark.safety("S25")
def test_titles_say_nothing() -> None:
    for path in PAGES:
        found = re.findall(r"<title>(.*?)</title>", path.read_text(), re.DOTALL)
        assert set(found) <= {'{% trans "Notes for two" %}'}, named(path)


def test_links_off_the_site_tell_nothing() -> None:
    for path in PAGES:
        for name, rest in elements(path):
            if name == "a" and re.search(r'href="(?:https?:|\{\{ exit_url)', rest):
                assert "noreferrer" in rest, f"{named(path)}: {rest}"
