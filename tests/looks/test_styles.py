import re

from tests.looks.sources import STATIC, STYLES, TEMPLATES, bare, found_in, named, sheet

LITERAL = re.compile(
    r"#[0-9a-f]{3,8}\b(?=[^{]*[;}])|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch)\(\s*[\d.]"
    r"|:\s*(?:white|black|red|green|blue|gr[ae]y)\b",
    re.IGNORECASE,
)
IMPORTED = re.compile(r'@import url\("([^"]+)"\)')
CLASSES = re.compile(r'class="([^"]*)"')
CHOSEN = re.compile(r"[\w-]+--(?:\{[%{].*?[%}]\}[\w-]*)+")
TAG = re.compile(r"\{[%{#].*?[%}#]\}", re.DOTALL)


def test_colours_are_named_only_in_tokens() -> None:
    others = [path for path in STYLES if path.name != "colour.css"]
    assert found_in(others, lambda path: LITERAL.findall(bare(path))) == {}


def test_the_literals_would_be_found() -> None:
    assert LITERAL.search("a { color: #0f2a33; }")
    assert LITERAL.search("a { color: oklch(0.4 0.1 200); }")
    assert LITERAL.search("a { background: white; }")


def test_the_contents_name_every_file_once() -> None:
    listed = IMPORTED.findall((STATIC / "css/app.css").read_text())
    there = [path.relative_to(STATIC / "css").as_posix() for path in STYLES]
    assert sorted(listed) == [path for path in sorted(there) if path != "app.css"]


def test_the_one_sheet_has_no_imports_and_finds_its_fonts() -> None:
    whole = sheet()
    assert "@import" not in whole
    fonts = set(re.findall(r'url\("\.\./(fonts/[^"]+)"\)', whole))
    assert fonts
    assert all((STATIC / font).is_file() for font in fonts)


def test_sides_are_logical() -> None:
    physical = re.compile(r"\b(?:margin|padding)-(?:left|right|top|bottom)\b")
    assert found_in(STYLES, lambda path: physical.findall(bare(path))) == {}


def test_every_token_used_is_given() -> None:
    whole = sheet()
    given = set(re.findall(r"(--[\w-]+)\s*:", whole))
    used = set(re.findall(r"var\((--[\w-]+)\)", whole))
    assert used <= given


def test_templates_use_only_classes_that_exist() -> None:
    known = set(re.findall(r"\.(-?[a-z][\w-]*)", sheet()))
    unknown = {
        f"{named(path)}: {name}"
        for path in TEMPLATES
        if "emails" not in path.parts
        for value in CLASSES.findall(TAG.sub(" ", CHOSEN.sub("", path.read_text())))
        for name in value.split()
        if name not in known
    }
    assert unknown == set()
