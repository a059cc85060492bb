"""Two open pages: what one shares stands on the other's without a reload."""

import re
from collections.abc import Callable

import pytest
from django.conf import settings
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

from couples import leaving
from couples.models import User
from prompts.actions import answering
from tests.cast import pair, person, seat, signed_in
from tests.exchanges import disclosure_of, share
from tests.site import Site

Factory = Callable[..., BrowserContext]
STAMP = "window.opened = true"
STILL = "() => window.opened === true"
AT_ONCE = 8_000  # ms; asking now and then would take longer


@pytest.fixture
def couple(site: Site) -> tuple[User, User]:
    ana, ben = person("Ana"), person("Ben")
    pair(ana, ben)
    return ana, ben


def enter(context: BrowserContext, site: Site, user: User) -> None:
    browser = signed_in(user)
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": browser.cookies[name].value, "url": site.url}])
    return browser


def opened(page: Page, path: str) -> Page:
    page.goto(path)
    page.evaluate(STAMP)
    return page


def source(part: Locator) -> str:
    """What stands in the page, but for the form's token, which is new each time."""
    return re.sub(r'value="\w{64}"', "", part.inner_html())


@pytest.mark.safety("S1")
def test_what_ana_shares_arrives_on_bens_page_and_opening_it_changes_nothing_on_hers(
    site: Site, phone: Factory, laptop: Factory, couple: tuple[User, User]
) -> None:
    ana, ben = couple
    hers, his = laptop(), phone()
    enter(hers, site, ana)
    enter(his, site, ben)
    exchange = share(ana)
    at_home = opened(his.new_page(), "/between-us/")
    expect(at_home.locator("[id^='x-']")).to_have_count(1)
    another = share(ana, text="The new neighbour plays the cello at night.")
    expect(at_home.locator(f"#x-{another.id}")).to_be_visible(timeout=AT_ONCE)
    assert at_home.evaluate(STILL)

    page = opened(hers.new_page(), f"/between-us/{exchange.id}/")
    piece = page.locator(f"#x-{exchange.id}")
    before = source(piece)
    answering.open_disclosure(member=seat(ben), disclosure=disclosure_of(ana, exchange))
    with page.expect_response(f"**/between-us/{exchange.id}/"):
        share(ben, text="A word of mine.")
    expect(page.locator(".htmx-request")).to_have_count(0)
    assert source(piece) == before


def test_without_a_stream_the_page_asks_now_and_then(
    site: Site, phone: Factory, couple: tuple[User, User]
) -> None:
    ana, ben = couple
    context = phone()
    enter(context, site, ben)
    refused: list[str] = []

    def refuse(route: Route) -> None:
        refused.append(route.request.url)
        route.fulfill(status=503)

    context.route("**/live/?token=*", refuse)
    context.clock.install()
    page = opened(context.new_page(), "/between-us/")
    with page.expect_response("**/live/now/*") as asked:
        exchange = share(ana)
        page.clock.run_for(AT_ONCE)
    assert asked.value.ok
    expect(page.locator(f"#x-{exchange.id}")).to_be_visible(timeout=AT_ONCE)
    assert page.evaluate(STILL)
    assert refused


@pytest.mark.safety("S8")
@pytest.mark.safety("S12")
def test_when_ana_leaves_bens_open_page_closes_by_itself(
    site: Site, phone: Factory, couple: tuple[User, User]
) -> None:
    ana, ben = couple
    context = phone()
    enter(context, site, ben)
    exchange = share(ana)
    page = opened(context.new_page(), "/between-us/")
    expect(page.locator(f"#x-{exchange.id}")).to_be_visible()
    leaving.leave(member=seat(ana))
    page.wait_for_url("**/closed/", timeout=AT_ONCE)
    expect(page.locator(f"#x-{exchange.id}")).to_have_count(0)


@pytest.mark.safety("S12")
def test_signing_out_in_one_tab_empties_the_other(
    site: Site, laptop: Factory, couple: tuple[User, User]
) -> None:
    ana, ben = couple
    context = laptop()
    enter(context, site, ben)
    exchange = share(ana)
    page = opened(context.new_page(), "/between-us/")
    expect(page.locator(f"#x-{exchange.id}")).to_be_visible()
    opened(context.new_page(), "/us/").evaluate("navigator.sendBeacon('/exit/')")
    page.wait_for_url("**/accounts/**", timeout=AT_ONCE)
    expect(page.locator(f"#x-{exchange.id}")).to_have_count(0)
