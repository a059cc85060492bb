"""Every route of the project, as Django resolves it."""

from collections.abc import Iterator
from typing import Any, NamedTuple
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.walls.matrix import ALLAUTH_ARGS, MATRIX
from tests.walls.scene import Scene


class Found(NamedTuple):
    name: str
    parameters: frozenset[str]
    view: Any


def routes() -> list[Found]:
    return list(_within(get_resolver().url_patterns))


def _within(patterns: Any) -> Iterator[Found]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _within(pattern.url_patterns)
        elif isinstance(pattern, URLPattern):
            named = pattern.pattern.converters or pattern.pattern.regex.groupindex  # type: ignore[attr-defined]
            yield Found(pattern.name or "", frozenset(named), pattern.callback)


def address(name: str, scene: Scene, instead: UUID | None = None) -> str:
    """The route's address with the scene's ids, or with one other id everywhere."""
    if name not in MATRIX:
        return reverse(name, kwargs=ALLAUTH_ARGS.get(name, {}))
    ids = {key: instead or _value(held, scene) for key, held in MATRIX[name].ids.items()}
    return reverse(name, kwargs=ids)


def _value(held: str, scene: Scene) -> Any:
    return held.removeprefix("word:") if held.startswith("word:") else scene.ids[held]
