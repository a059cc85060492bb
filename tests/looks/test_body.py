"""The drawing and the list name the same places."""

import re

from prompts.library import library
from tests.looks.sources import STATIC, TEMPLATES

LIST_ONLY = {"all_over", "nowhere", "eyes"}  # eyes are too small to tap
FIGURE = next(path for path in TEMPLATES if path.name == "figure.html").read_text()
STYLE = (STATIC / "css/parts/body.css").read_text()


def regions() -> set[str]:
    return {region.key for region in library("en").body.regions} - LIST_ONLY


def test_every_place_of_the_list_is_drawn() -> None:
    assert set(re.findall(r'data-region="(\w+)"', FIGURE)) == regions()


def test_a_chosen_place_shows_without_a_script() -> None:
    assert set(re.findall(r'\[value="(\w+)"\]:checked\) \[data-region="\1"\]', STYLE)) == regions()
    assert '[value="all_over"]:checked' in STYLE
