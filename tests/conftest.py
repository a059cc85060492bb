import atexit
import gc
import signal
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction

from tests.engines import TestServers, is_worker

gc.set_threshold(50_000, 20, 50)  # a tenth of the time of a run was looking for cycles
servers: TestServers | None = None
if not is_worker():
    if settings.configured:
        raise pytest.UsageError("Unset DJANGO_SETTINGS_MODULE: the tests choose their own servers.")
    servers = TestServers()
    servers.announce()
    atexit.register(servers.stop)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends like Ctrl-C: tidily

import django  # noqa: E402

django.setup()

from django.test import TransactionTestCase  # noqa: E402

from tests.cast import Cast, everybody  # noqa: E402
from tests.engines import empty_tables  # noqa: E402

# Django's own truncates each table and makes content types anew: a fifth of a second every time.
TransactionTestCase._fixture_teardown = lambda case: empty_tables()


def make_secrets() -> None:
    from config.env import ensure_local_secrets
    from couples import keyring

    ensure_local_secrets()
    keyring.create(settings.KEY_FILE)


if servers:
    make_secrets()


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    if servers and not session.config.option.collectonly:
        servers.start()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests, which wait a lot, come first: one process does them while others work.

    So does what takes long by itself, or one process would be left alone with it at the end.
    """
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> int:
    name = item.path.name
    if item.get_closest_marker("browser"):
        return 0 if name == "test_loop.py" else 1
    return 2 if name in ("test_reminders.py", "test_local_run.py") else 3


@pytest.fixture(scope="module")
def lasting(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """What a fixture of a module puts there is there for each of its tests, as if newly made."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def _everybody(lasting: None) -> Cast:
    return everybody()


@pytest.fixture
def cast(_everybody: Cast) -> Cast:
    return deepcopy(_everybody)
