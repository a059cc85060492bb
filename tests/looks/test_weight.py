"""First visits over the wire, brotli where a server would use it."""

import brotli
from django.template.loader import render_to_string

from tests.looks.sources import wire

SCRIPTS = ("js/app.js", "vendor/htmx.min.js")
SHELL = (
    "css/app.css",
    "js/app.js",
    "fonts/figtree-latin-wght-normal.woff2",
    "icons/sprite.svg",
    "icons/favicon.svg",
)
WORDS = ("vendor/htmx.min.js", "fonts/literata-latin-400-normal.woff2")
PICTURE = len(brotli.compress(render_to_string("components/boat.html").encode()))
HTML = 6_000  # a page's own markup, compressed; the budget of later page views


def test_scripts_are_small() -> None:
    assert sum(map(wire, SCRIPTS)) <= 20_000


def test_before_anyones_words_show() -> None:
    total = sum(map(wire, SHELL)) + wire("vendor/htmx.min.js") + PICTURE + HTML
    assert total <= 60_000


def test_a_first_visit_with_words() -> None:
    total = sum(map(wire, SHELL + WORDS)) + PICTURE + HTML
    assert total <= 120_000


def test_the_serif_is_not_fetched_ahead() -> None:
    head = render_to_string("layouts/plain.html")
    assert "figtree-latin-wght" in head
    assert "literata" not in head
    assert "htmx.min" not in head
