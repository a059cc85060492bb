"""The pages of pairing, Us, settings and safety, looked at by axe."""

from collections.abc import Callable

import pytest
from django.conf import settings
from playwright.sync_api import BrowserContext, Page

from couples import agreement, invitations
from couples.models import User
from tests.browser.conftest import Factory
from tests.browser.visitor import LAPTOP, PHONE
from tests.cast import pair, person, seat, signed_in
from tests.site import Site

pytestmark = pytest.mark.browser
OPEN = (
    *("/", "/how/", "/privacy/", "/safety/", "/i/", f"/i/{'x' * 43}/"),
    *("/accounts/signup/", "/accounts/login/code/"),
)
TWO = ("/us/", "/us/two/", "/us/agreement/", "/us/edges/", "/settings/", "/settings/leave/")
ALONE = ("/us/", "/invite/", "/welcome/", "/welcome/depth/", "/welcome/two/", "/settings/leave/")
Axe = Callable[..., None]


def enter(context: BrowserContext, user: User, site: Site) -> Page:
    session = signed_in(user).cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site.url}])
    return context.new_page()


def look_at(page: Page, paths: tuple[str, ...], axe: Axe) -> None:
    """On a phone and on a laptop, by day and by night."""
    for path in paths:
        page.goto(path)
        assert page.locator("h1").count() == 1, path
        for size in (PHONE, LAPTOP):
            page.set_viewport_size(size["viewport"])
            axe(page, night=size is PHONE)
            wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert wide <= 0, f"{path} is wider than the screen"


def test_signed_out(site: Site, laptop: Factory, axe: Axe) -> None:
    look_at(laptop().new_page(), OPEN, axe)


def test_two(site: Site, laptop: Factory, axe: Axe) -> None:
    ana, ben = person("Ana"), person("Ben")
    pair(ana, ben)
    agreement.write(member=seat(ben), lines={"lines": ["Look up when I talk."], "wished": "hear"})
    look_at(enter(laptop(), ana, site), TWO, axe)


def test_alone_and_waiting(site: Site, laptop: Factory, axe: Axe) -> None:
    eve, kim = person("Eve"), person("Kim")
    invitation = invitations.invite(member=seat(eve))
    page = enter(laptop(), eve, site)
    look_at(page, ALONE, axe)
    link = invitations.link(member=seat(eve), invitation=invitation)
    invitations.accept(member=seat(kim), token=link.rstrip("/").rsplit("/", 1)[-1])
    look_at(page, ("/invite/", "/us/"), axe)
    look_at(enter(laptop(), kim, site), ("/join/",), axe)


def test_pages_that_fade_into_each_other_can_be_used_meanwhile(site: Site, phone: Factory) -> None:
    """Everybody else in these tests has asked for less motion."""
    ana = person("Ana")
    pair(ana, person("Ben"))
    page = enter(phone(reduced_motion="no-preference"), ana, site)
    page.goto("/today/")
    for path in ("/between-us/", "/rituals/", "/us/", "/today/"):
        page.locator(f"nav a[href='{path}']:visible").first.click()
        page.wait_for_url(f"**{path}")
    assert page.locator("h1").count() == 1
