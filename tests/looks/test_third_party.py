import hashlib
import re

from config.env import ROOT
from tests.looks.sources import STATIC

ROW = re.compile(r"^\| `(static/[^`]+)` \|.*\| `([0-9a-f]{64})` \|$", re.MULTILINE)
LISTED = dict(ROW.findall((ROOT / "THIRD_PARTY.md").read_text()))


def test_every_vendored_file_is_listed() -> None:
    fetched = [*STATIC.glob("fonts/*"), *STATIC.glob("vendor/*"), STATIC / "icons/sprite.svg"]
    kept = {path.relative_to(ROOT).as_posix() for path in fetched if path.suffix != ".txt"}
    assert kept == set(LISTED)


def test_vendored_files_are_the_ones_listed() -> None:
    found = {name: hashlib.sha256((ROOT / name).read_bytes()).hexdigest() for name in LISTED}
    assert found == LISTED


def test_each_vendored_thing_brings_its_licence() -> None:
    licences = {path.name for path in STATIC.rglob("*-LICENSE.txt")}
    names = ("figtree", "literata", "htmx", "lucide")
    assert licences == {f"{name}-LICENSE.txt" for name in names}
