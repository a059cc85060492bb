"""All that one person can open, raw and whole, to be compared with itself later."""

from django.test import Client

from tests.walls.matrix import MATRIX
from tests.walls.plain import plain
from tests.walls.routes import address
from tests.walls.scene import Scene


def pages(client: Client, scene: Scene, *, but: tuple[str, ...] = ()) -> dict[str, str]:
    """Every page and answer with its headers; `but` names those to leave out."""
    return {
        name: look(client, address(name, scene))
        for name, route in sorted(MATRIX.items())
        if route.who in ("person", "couple") and not route.ends and name not in but
    }


def look(client: Client, path: str) -> str:
    answer = client.get(path)
    return f"{answer.status_code} {sorted(answer.items())} {plain(answer)}"


def changes(before: dict[str, str], after: dict[str, str]) -> set[str]:
    return {name for name in before if after[name] != before[name]}
