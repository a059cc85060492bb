import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from scripts.browser import WHAT_TO_DO, environment, find
from tests.browser.visitor import LAPTOP, PHONE, Visitor
from tests.site import Site

Factory = Callable[..., BrowserContext]
ARGUMENTS = ("--disable-background-networking", "--disable-gpu", "--disable-dev-shm-usage")


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One Chromium for these tests. Its event loop runs on, so Django is told to allow that."""
    path = find()
    if path is None:
        pytest.fail(WHAT_TO_DO)
    rootly = ["--no-sandbox"] if os.geteuid() == 0 else []
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=path,
            args=[*ARGUMENTS, *rootly],
            env={**os.environ, **environment(path)},
        )
        yield chromium
        chromium.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="package")
def running_site(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    with django_db_blocker.unblock():
        site = Site(tmp_path_factory.mktemp("site") / "data")
    site.start()
    yield site
    site.stop()


@pytest.fixture
def site(running_site: Site, transactional_db: None, settings: Any) -> Site:
    """The running server with an empty mailbox; mail sent by the test itself lands there too."""
    running_site.empty_mailbox()
    settings.PUBLIC_URL = running_site.url
    settings.MAILBOX_DIR = running_site.mailbox
    settings.EMAIL_BACKEND = "couples.mailbox.FileMailbox"
    return running_site


@pytest.fixture
def visitors() -> Iterator[list[Visitor]]:
    """Every context of the test; fails if one met a script error, a policy report or left us."""
    found: list[Visitor] = []
    yield found
    for one in found:
        one.context.close()
    assert [fault for one in found for fault in one.faults] == []


@pytest.fixture
def visitor(browser: Browser, site: Site, visitors: list[Visitor]) -> Factory:
    def make(**options: Any) -> BrowserContext:
        visitors.append(Visitor(browser, site.url, options))
        return visitors[-1].context

    return make


@pytest.fixture
def phone(visitor: Factory) -> Factory:
    return lambda **options: visitor(**{**PHONE, **options})


@pytest.fixture
def laptop(visitor: Factory) -> Factory:
    return lambda **options: visitor(**{**LAPTOP, **options})


@pytest.fixture
def axe(visitors: list[Visitor]) -> Callable[..., None]:
    """Asserts that axe finds nothing to object to on the page, by day and by night."""

    def check(page: Page, night: bool = True) -> None:
        visitor = next(one for one in visitors if one.context == page.context)
        page.emulate_media(color_scheme="light")
        assert visitor.examine(page) == [], page.url
        if night:
            page.emulate_media(color_scheme="dark")
            assert visitor.examine(page, "color-contrast") == [], f"{page.url} by night"

    return check
