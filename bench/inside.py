"""What can be told of a page from inside its process: buffers, and the share of encryption."""

import json
import time
from collections.abc import Callable
from functools import cache
from typing import Any

REPEATS = 5


@cache
def _application() -> Any:
    from django.core.wsgi import get_wsgi_application

    return get_wsgi_application()


def answer(path: str, session: str) -> bytes:
    from django.test import RequestFactory

    asked = RequestFactory(SERVER_NAME="localhost").get(path, HTTP_COOKIE=f"session={session}")
    found: list[str] = []
    response = _application()(asked.environ, lambda status, *_: found.append(status))
    body = b"".join(response)
    response.close()
    if found != ["200 OK"]:
        raise RuntimeError(f"{path}: {found}")
    return body


def buffers(statements: list[str]) -> int:
    """Pages of the database that these statements touch; an exact count."""
    from django.db import connection

    touched = 0
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute("explain (analyze, buffers, format json) " + statement)
            plan = cursor.fetchone()[0]
            plan = (json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]
            touched += plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]
    return touched


def encryption(path: str, session: str, rounds: int) -> list[float]:
    """The share of a page's time that goes into opening sealed words, reading JSON left out."""
    from couples import vault

    opened: list[tuple[Any, ...]] = []
    unseal = vault.unseal

    def noted(*blob: Any) -> Any:
        opened.append(blob)
        return unseal(*blob)

    vault.unseal = noted
    answer(path, session)
    vault.unseal = unseal
    plain = [json.dumps(unseal(*blob), ensure_ascii=False) for blob in opened]
    shares = []
    for _ in range(rounds):
        whole = _seconds(lambda: answer(path, session))
        opening = _seconds(lambda: [unseal(*blob) for blob in opened])
        reading = _seconds(lambda: [json.loads(text) for text in plain])
        shares.append((opening - reading) / whole)
    return shares


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    for _ in range(REPEATS):
        work()
    return time.perf_counter() - began
