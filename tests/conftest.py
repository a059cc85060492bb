import atexit
import signal

import pytest
from django.conf import settings

from tests.engines import TestServers, is_worker

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
    """Browser tests come last: their event loop would trouble the others of their process."""
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)
