"""The front door in a real browser, and the fixtures the other browser tests stand on."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, expect

from tests.site import Site

Factory = Callable[..., BrowserContext]


def test_the_front_page_opens_on_a_phone(site: Site, phone: Factory) -> None:
    page = phone().new_page()
    page.goto("/")
    expect(page).to_have_title("Notes for two")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_the_front_page_opens_on_a_laptop_without_javascript(site: Site, laptop: Factory) -> None:
    page = laptop(java_script_enabled=False).new_page()
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
