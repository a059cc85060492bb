"""A share that is taken back unread goes from open pages as it came."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from couples.models import User
from prompts.actions import sharing
from prompts.models import Exchange
from tests.browser.test_live import AT_ONCE, STILL, enter, opened
from tests.cast import pair, person, seat
from tests.exchanges import disclosure_of, share
from tests.site import Site

pytestmark = pytest.mark.safety("S4")
Factory = Callable[..., BrowserContext]


@pytest.fixture
def couple(site: Site) -> tuple[User, User]:
    ana, ben = person("Ana"), person("Ben")
    pair(ana, ben)
    return ana, ben


@pytest.fixture
def his(site: Site, phone: Factory, couple: tuple[User, User]) -> BrowserContext:
    context = phone()
    enter(context, site, couple[1])
    return context


def take_back(author: User, exchange: Exchange) -> None:
    sharing.take_back(member=seat(author), disclosure=disclosure_of(author, exchange))


def source(page: Page) -> str:
    """The page as it stands, without the form tokens that are new with each answer."""
    return re.sub(r'value="\w{64}"', "", page.locator("body").inner_html())


@pytest.mark.parametrize("path", ["/between-us/", "/today/"])
def test_an_open_page_is_again_what_it_was_and_asks_no_more(
    his: BrowserContext, couple: tuple[User, User], path: str
) -> None:
    ana, asked = couple[0], []
    his.on("request", lambda request: asked.append(request.url))
    page = opened(his.new_page(), path)
    before = source(page)
    asked.clear()
    with page.expect_response(f"**{path}"):
        exchange = share(ana)
    there = page.get_by_text("Ana opened up to you")
    expect(there).to_be_visible(timeout=AT_ONCE)
    later = opened(his.new_page(), "/between-us/")
    expect(later.locator(f"#x-{exchange.id}")).to_be_visible()
    with page.expect_response(f"**{path}"):
        take_back(ana, exchange)
    expect(there).to_have_count(0, timeout=AT_ONCE)
    expect(later.locator(f"#x-{exchange.id}")).to_have_count(0, timeout=AT_ONCE)
    expect(page.locator(".htmx-request")).to_have_count(0)
    assert source(page) == before
    assert page.evaluate(STILL)
    assert later.evaluate(STILL)
    page.evaluate("new Promise((done) => requestIdleCallback(done))")
    assert len([url for url in asked if url.endswith(path)]) == (2 if path == "/today/" else 4)


def test_the_quiet_link_goes_too(his: BrowserContext, couple: tuple[User, User]) -> None:
    page = opened(his.new_page(), "/us/")
    before, link = source(page), page.locator("[data-live] a")
    exchange = share(couple[0])
    expect(link).to_be_visible(timeout=AT_ONCE)
    take_back(couple[0], exchange)
    expect(link).to_be_hidden(timeout=AT_ONCE)
    assert source(page) == before


def test_its_own_page_says_that_nothing_is_here(
    his: BrowserContext, couple: tuple[User, User]
) -> None:
    exchange = share(couple[0])
    page = his.new_page()
    page.goto(f"/between-us/{exchange.id}/")
    expect(page.locator(f"#x-{exchange.id}")).to_be_visible()
    with page.expect_navigation() as gone:
        take_back(couple[0], exchange)
    assert gone.value
    assert gone.value.status == 404


def test_a_part_that_could_not_be_fetched_stays_and_is_asked_for_again(
    his: BrowserContext, couple: tuple[User, User]
) -> None:
    first = share(couple[0])
    page = opened(his.new_page(), "/between-us/")

    def fail(route: Route) -> None:
        route.fulfill(status=503, body="")

    page.route("**/between-us/", fail)
    with page.expect_response("**/between-us/"):
        second = share(couple[0])
    expect(page.locator("[data-live] a")).to_be_visible()
    expect(page.locator(f"#x-{first.id}")).to_be_visible()
    page.unroute("**/between-us/")
    take_back(couple[0], second)
    expect(page.locator(f"#x-{first.id}")).to_be_visible()
    with page.expect_response("**/between-us/"):
        third = share(couple[0])
    expect(page.locator(f"#x-{third.id}")).to_be_visible(timeout=AT_ONCE)
    expect(page.locator("[data-live] a")).to_be_hidden()
    assert page.evaluate(STILL)
