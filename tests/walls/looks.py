"""All that one person can open, raw and whole, to be compared with itself later."""

from django.test import Client

from tests.walls.matrix import MATRIX
from tests.walls.plain import plain
from tests.walls.routes import address
from tests.walls.scene import Scene

ALL = [
    name
    for name, route in sorted(MATRIX.items())
    if route.who in ("person", "couple") and not route.ends
]


def pages(client: Client, scene: Scene, *names: str) -> dict[str, str]:
    """The named pages and answers with their headers, or every one."""
    return {name: look(client, address(name, scene)) for name in names or ALL}


def look(client: Client, path: str) -> str:
    answer = client.get(path)
    return f"{answer.status_code} {sorted(answer.items())} {plain(answer)}"


def changes(before: dict[str, str], after: dict[str, str]) -> set[str]:
    return {name for name in after if after[name] != before[name]}
