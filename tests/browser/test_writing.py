"""Writing on a phone, by keyboard, in two windows, and without a script."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import BrowserContext, Page, Route, expect

from couples import vault
from couples.models import User
from prompts.models import Draft
from tests.cast import pair, person, seat, signed_in
from tests.site import Site

Factory = Callable[..., BrowserContext]
SAVED = "Saved, for you alone"


@pytest.fixture
def ana(site: Site) -> User:
    ana = person("Ana")
    pair(ana, person("Ben"))
    return ana


def enter(context: BrowserContext, user: User, site: Site) -> Page:
    name = settings.SESSION_COOKIE_NAME
    session = signed_in(user).cookies[name].value
    context.add_cookies([{"name": name, "value": session, "url": site.url}])
    page = context.new_page()
    page.goto("/today/")
    return page


def begin(page: Page) -> None:
    page.get_by_text("Something of your own").click()
    page.get_by_label("Your opening").fill("Sunday evening")
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url(re.compile("/write/"))


def fill_and_rest(page: Page, words: str) -> None:
    """Until the page, whose clock can be moved on, keeps them by itself."""
    page.locator("#id_text").fill(words)
    page.clock.run_for(1_000)


def words_of(user: User) -> list[dict[str, Any]]:
    member = seat(user)
    return [vault.words(member, row) for row in Draft.objects.of(member)]


def on(page: Page) -> None:
    page.locator(".step.is-shown [data-step-next]").click()


@pytest.mark.practice("A38", "B17")
def test_a_phone_shows_one_screen_at_a_time(
    phone: Factory, ana: User, site: Site, axe: Any
) -> None:
    page = enter(phone(), ana, site)
    begin(page)
    page.locator("#id_text").fill("I sat in the car.")
    on(page)
    expect(page.get_by_role("heading", name="What did you feel?")).to_be_focused()
    expect(page.locator("#id_text")).to_be_hidden()
    page.get_by_label("Find a word").fill("lone")
    page.locator("label.chip:visible", has_text="lonely").click()
    expect(page.locator("label.chip:visible", has_text="hurt")).to_have_count(0)
    page.locator("#id_own_feeling").fill("small")
    page.locator("#id_own_feeling").press("Enter")
    page.locator("[data-region=chest]").click()
    page.get_by_label("How it was in your chest").select_option(label="tight")
    axe(page)
    on(page)
    page.get_by_text("Just hear me", exact=True).click()
    on(page)
    on(page)
    expect(page.get_by_text(SAVED)).to_be_visible()
    page.get_by_role("button", name="Read it through").click()
    expect(page.locator(".letter")).to_contain_text("I felt lonely and small, tight in my chest.")
    axe(page)
    page.get_by_role("button", name="Send to Ben").click()
    page.wait_for_url(re.compile("/between-us/"))
    expect(page.locator(".letter")).to_contain_text("I sat in the car.")


@pytest.mark.practice("A38")
def test_the_body_can_be_told_by_keyboard(laptop: Factory, ana: User, site: Site) -> None:
    page = enter(laptop(), ana, site)
    begin(page)
    page.get_by_label("throat", exact=True).focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("tight")
    page.get_by_role("button", name="Read it through").press("Enter")
    expect(page.locator(".letter")).to_contain_text("tight in my throat")


def test_two_windows_keep_both_versions(phone: Factory, ana: User, site: Site) -> None:
    context = phone()
    context.clock.install()
    first = enter(context, ana, site)
    begin(first)
    second = context.new_page()
    second.goto(first.url)
    fill_and_rest(first, "from the first")
    expect(first.get_by_text(SAVED)).to_be_visible()
    fill_and_rest(second, "from the second")
    expect(second.get_by_text("Both are kept")).to_be_visible()
    assert second.url != first.url
    fill_and_rest(second, "from the second, and on")
    expect(second.get_by_text(SAVED)).to_be_visible()
    texts = {words["text"] for words in words_of(ana)}
    assert texts == {"from the first", "from the second, and on"}


def test_sending_while_a_save_is_under_way_makes_one_draft(
    laptop: Factory, ana: User, site: Site
) -> None:
    page = enter(laptop(), ana, site)
    begin(page)
    held: list[Route] = []
    page.route("**/save/", lambda route: held.append(route))
    with page.expect_request("**/save/"):
        page.locator("#id_text").fill("half a")
    page.locator("#id_text").fill("half a thought")
    page.get_by_role("button", name="Read it through").click()
    held[0].continue_()
    page.wait_for_url(re.compile("/review/"))
    assert [words["text"] for words in words_of(ana)] == ["half a thought"]


def test_a_text_that_is_too_long_is_there_again(phone: Factory, ana: User, site: Site) -> None:
    page = enter(phone(), ana, site)
    begin(page)
    page.locator("#id_text").fill("word " * 900)
    page.get_by_role("button", name="Keep for later").click()
    page.locator(".today__drafts a").click()
    expect(page.locator("#id_text")).to_have_value("word " * 900)


def test_without_a_script_it_is_one_plain_page(phone: Factory, ana: User, site: Site) -> None:
    page = enter(phone(java_script_enabled=False), ana, site)
    page.get_by_role("button", name="Other ideas").click()
    page.locator(".way").first.click()
    page.get_by_role("button", name="Write to Ben").click()
    for part in ("#id_text", "#id_ask", "[name=tone] >> nth=0"):
        expect(page.locator(part)).to_be_visible()
    expect(page.get_by_role("button", name="Next")).to_have_count(0)
    page.locator("summary", has_text="Sad").click()
    page.locator("label.chip", has_text="lonely").click()
    page.locator("label.chip", has_text="chest").click()
    page.get_by_label("How it was in your chest").select_option(label="tight")
    page.get_by_role("button", name="Read it through").click()
    expect(page.locator(".letter")).to_contain_text("I felt lonely, tight in my chest.")
    page.get_by_role("button", name="Send to Ben").click()
    page.wait_for_url(re.compile("/between-us/"))
