"""Rules that can be read off the source: the narrow doors, the words, the guards."""

import ast
import re
from pathlib import Path

import pytest

from config.env import ROOT
from tests.walls.matrix import MATRIX
from tests.walls.routes import routes

APPS = ("couples", "prompts", "rituals", "config")
PYTHON = sorted(
    path.relative_to(ROOT)
    for app in APPS
    for path in (ROOT / app).rglob("*.py")
    if "migrations" not in path.parts
)
TEMPLATES = sorted(
    path for path in (ROOT / "templates").rglob("*.*") if path.suffix in (".html", ".txt")
)
# Who may look across couples: accounts, sweeps, tokens, commands. Everybody else goes as somebody.
ACROSS = {
    "couples/invitations.py",
    "couples/leaving.py",
    "couples/memberships.py",
    "couples/tenancy.py",
    "prompts/moving.py",
    "rituals/due.py",
    "rituals/lifecycle.py",
    "rituals/outbox.py",
    "rituals/tokens.py",
}
BOTH = {
    "couples/cards.py",
    "couples/tenancy.py",
    "prompts/actions/sharing.py",
    "prompts/views/reply.py",
    "rituals/actions/plan.py",
}
UNGUARDED = {"couples/tenancy.py"}


def using(word: str) -> set[str]:
    pattern = re.compile(rf"\b{word}\b")
    return {str(path) for path in PYTHON if pattern.search((ROOT / path).read_text())}


@pytest.mark.safety("S34")
@pytest.mark.parametrize(
    ("word", "allowed"),
    [
        ("across_couples", ACROSS),
        ("both_of", BOTH),
        (r"\w+\.unguarded", UNGUARDED),
        ("_base_manager", set()),
        ("_default_manager", set()),
        ("get_object_or_404", set()),
        ("get_list_or_404", set()),
    ],
)
def test_the_wide_doors_are_used_where_it_is_written_and_nowhere_else(word, allowed):
    assert using(word) - allowed == set()


def test_raw_sql_stands_in_few_files():
    with_cursor = {
        str(path)
        for path in PYTHON
        if re.search(r"\.cursor\(\)|\.raw\(", (ROOT / path).read_text())
    }
    own = {name for name in with_cursor if not name.startswith(("config/live", "config/local"))}
    assert own <= {
        "couples/clock.py",
        "couples/limits.py",
        "couples/live.py",
        "couples/memberships.py",
        "couples/rotation.py",
        "couples/views/health.py",
        "rituals/due.py",
        "rituals/outbox.py",
        "rituals/steady.py",
    }


@pytest.mark.safety("S34")
def test_views_come_from_small_functions_that_someone_guards():
    own = [one for one in routes() if one.name in MATRIX]
    assert len(own) > 60
    for one in own:
        assert not hasattr(one.view, "view_class"), one.name
        assert hasattr(one.view, "login_required") or one.view.__module__.split(".")[1] == "views"


SENTENCE = re.compile(r"^[A-Z][a-z’']+( [\w’',;:-]+){2,}[.?…]?$")
# What operators read, not the two: commands, logs, checks, refusals to start.
FOR_OPERATORS = ("management/", "config/", "checks.py", "rotation.py", "keyring.py")
FOR_THE_TWO = [path for path in PYTHON if not any(part in str(path) for part in FOR_OPERATORS)]


def sentences(path: Path) -> list[str]:
    tree = ast.parse((ROOT / path).read_text())
    quiet = set()
    for node in ast.walk(tree):
        if isinstance(node, (ast.Raise, ast.Assert)):
            quiet |= {id(inner) for inner in ast.walk(node)}
        elif isinstance(node, ast.Expr):
            quiet.add(id(node.value))
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") in LOGGED:
            quiet |= {id(inner) for inner in ast.walk(node)}
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if id(node) not in quiet and SENTENCE.match(node.value.strip())
    ]


LOGGED = {"warning", "info", "error", "exception", "debug", "critical"}


def test_no_wording_for_the_two_stands_in_python():
    assert {path: found for path in FOR_THE_TWO if (found := sentences(path))} == {}


def words_of(path: Path) -> str:
    """A template's own text, without tags and comments."""
    text = re.sub(r"{% comment %}.*?{% endcomment %}", "", path.read_text(), flags=re.DOTALL)
    return re.sub(r"<[^>]*>", " ", text)


BANNED = re.compile(
    r"\b(last seen|is online|is typing|streak|badge earned|your score|points|leaderboard|nudge them"
    r"|remind (him|her|them) to|waiting for your partner|relationship score"
    r"|login as|log in as|secret question|recovery contact)\b",
    re.IGNORECASE,
)
DENIED = re.compile(r"\bNo\b[^.]*|\bno\b[^.]*|“[^”]*”")


@pytest.mark.safety("S18")
@pytest.mark.safety("S31")
@pytest.mark.practice("A13", "A17")
def test_no_page_counts_watches_or_urges():
    said = {path: DENIED.sub("", words_of(path)) for path in TEMPLATES}
    assert {path: found[0] for path, text in said.items() if (found := BANNED.search(text))} == {}


@pytest.mark.safety("S24")
def test_no_page_asks_another_host_for_anything():
    loading = re.compile(r"""(?:src|srcset|data-src|action|poster)=["']https?:|<link[^>]+https?:""")
    found = [path.name for path in TEMPLATES if loading.search(path.read_text(errors="ignore"))]
    assert found == []
