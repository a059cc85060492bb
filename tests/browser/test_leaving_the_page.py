"""What stays behind a page that was left: nothing that Back or Forward could show."""

import re
import time
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.cast import person, signed_in
from tests.site import Site

PRIVATE = ("/today/", "/us/", "/settings/")


@pytest.fixture
def eve(browser: Browser, site: Site) -> Iterator[BrowserContext]:
    """Eve's browser, signed in. It may leave the site: the neutral page is ours."""
    session = signed_in(person("Eve")).cookies[settings.SESSION_COOKIE_NAME].value
    context = browser.new_context(base_url=site.url)
    context.route("https://**", lambda route: route.fulfill(status=200, body="a neutral page"))
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site.url}])
    yield context
    context.close()


def session_ends(page: Page) -> None:
    """The beacon may still be under way while the neutral page is there already."""
    until = time.monotonic() + 20
    while Session.objects.exists():
        assert time.monotonic() < until
        page.wait_for_timeout(50)


@pytest.mark.safety("S21")
def test_back_shows_nothing_after_leaving(eve: BrowserContext) -> None:
    page = eve.new_page()
    for path in PRIVATE:
        page.goto(path)
        expect(page.locator("body")).to_have_attribute("data-private", "")
    with page.expect_request(re.compile("/exit/$")):
        page.get_by_role("link", name="Exit this page", exact=True).click()
    page.wait_for_url(re.compile("^https://"))
    session_ends(page)
    for _ in PRIVATE[:-1]:
        page.go_back()
        page.wait_for_url(re.compile("/accounts/"))
        expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    assert "Eve" not in page.content()


@pytest.mark.safety("S21")
def test_a_slow_way_out_is_not_overtaken(eve: BrowserContext) -> None:
    """The session's end reaches the page by its stream long before the neutral page comes."""
    slow: list[Route] = []
    eve.route("https://**", lambda route: slow.append(route))
    page = eve.new_page()
    page.goto("/today/")
    with page.expect_request(re.compile("^https://")):
        page.get_by_role("link", name="Exit this page", exact=True).dispatch_event("click")
    session_ends(page)
    page.wait_for_timeout(500)
    slow[0].fulfill(status=200, body="a neutral page")
    page.wait_for_url(re.compile("^https://"))


@pytest.mark.safety("S21", "S24")
def test_a_page_kept_by_the_browser_asks_again(eve: BrowserContext) -> None:
    page = eve.new_page()
    page.goto("/settings/")
    eve.clear_cookies()
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    page.wait_for_url(re.compile("/accounts/"))
    assert "Eve" not in page.content()
