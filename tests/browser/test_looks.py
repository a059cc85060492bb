"""Every part in a real browser: accessible by day and by night, small and large, and it behaves."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

SIZES = ("phone", "laptop")


@pytest.fixture(params=SIZES)
def visit(request, phone, laptop):
    return {"phone": phone, "laptop": laptop}[request.param]


def parts(visit, **options) -> Page:
    page = visit(**options).new_page()
    page.goto("/dev/ui/")
    return page


def test_every_part_is_accessible(visit, axe, site) -> None:
    page = parts(visit)
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_part_that_is_not_would_be_found(laptop, axe, site) -> None:
    page = parts(laptop)
    page.evaluate("document.querySelector('main').append(document.createElement('button'))")
    with pytest.raises(AssertionError, match="button-name"):
        axe(page)


def test_targets_are_large_enough(phone, site) -> None:
    page = parts(phone)
    small = page.evaluate(
        """() => [...document.querySelectorAll("button, select, summary, label.chip, a.btn")]
        .filter((part) => part.checkVisibility() && part.getBoundingClientRect().height < 43.5)
        .map((part) => part.outerHTML.slice(0, 90))"""
    )
    assert small == []


def test_the_other_theme_can_be_looked_at(laptop, site) -> None:
    page = laptop(color_scheme="light").new_page()
    ground = "getComputedStyle(document.body).backgroundColor"
    page.goto("/dev/ui/?theme=day")
    day = page.evaluate(ground)
    page.goto("/dev/ui/?theme=night")
    assert page.evaluate(ground) != day


def test_a_place_touched_is_its_box_ticked(phone, site) -> None:
    page = parts(phone)
    throat = page.get_by_role("checkbox", name="throat")
    page.locator('[data-region="throat"]').click()
    expect(throat).to_be_checked()
    page.locator('[data-region="throat"]').click()
    expect(throat).not_to_be_checked()


def test_places_can_be_chosen_without_the_drawing(phone, site) -> None:
    page = parts(phone, java_script_enabled=False)
    page.get_by_role("checkbox", name="stomach").focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("checkbox", name="stomach")).to_be_checked()
    drawn = page.locator('[data-region="stomach"]')
    expect(drawn).to_have_css("fill", page_colour(page, "--me"))


def page_colour(page: Page, token: str) -> str:
    """What the browser makes of a token; read from the dot of a "who" line, which wears it."""
    assert token == "--me"
    dot = page.locator(".who:not(.who--partner)").first
    return dot.evaluate("(line) => getComputedStyle(line, '::before').backgroundColor")


def test_the_ring_follows_the_server(laptop, site) -> None:
    page = laptop().new_page()
    page.clock.install()
    page.goto("/dev/ui/")
    clock = page.locator("[data-ring-clock]")
    page.clock.run_for(60_000)
    expect(clock).to_have_text(re.compile(r"^2:1[12]$"))
    page.clock.run_for(140_000)
    expect(clock).to_have_text("0:00")


def test_a_draft_that_could_not_be_kept_is_kept_later(laptop, site) -> None:
    page = laptop().new_page()
    answers = [{"status": 503}, {"status": 200, "json": {"revision": 7}}]
    sent: list[str | None] = []

    def answer(route) -> None:
        if route.request.method == "GET":
            return route.continue_()
        sent.append(route.request.post_data)
        return route.fulfill(**answers[len(sent) - 1])

    page.route("**/dev/ui/", answer)
    page.clock.install()
    page.goto("/dev/ui/")
    state = page.locator("[data-save-state]")
    page.locator("#ui-heard").fill("You waited in the rain.")
    page.clock.run_for(1000)
    expect(state).to_have_text("Not saved yet. Your words are still here.")
    page.clock.run_for(11_000)
    expect(state).to_have_text("Saved just now")
    expect(page.locator('input[name="revision"]').first).to_have_value("7")
    assert all("You waited in the rain." in str(data) for data in sent)


@pytest.fixture
def leaver(browser, site) -> Iterator[Page]:
    """A page that may leave the site; what it meets there is ours, the network is not asked."""
    context = browser.new_context(base_url=site.url)
    context.route("https://**", lambda route: route.fulfill(status=200, body="a neutral page"))
    yield context.new_page()
    context.close()


def press_link(page: Page) -> None:
    page.get_by_role("link", name="Exit this page", exact=True).click()


def press_skip_link(page: Page) -> None:
    page.get_by_role("link", name="Exit this page now").focus()
    page.keyboard.press("Enter")


def press_shift(page: Page) -> None:
    for _ in range(3):
        page.keyboard.press("Shift")


@pytest.mark.safety("S21")
@pytest.mark.parametrize("press", [press_link, press_skip_link, press_shift])
def test_leaving_at_once(leaver, site, press) -> None:
    leaver.goto("/dev/ui/")
    away = str(leaver.locator("a.exit").get_attribute("href"))
    with leaver.expect_request(f"{site.url}/exit/") as told:
        press(leaver)
    leaver.wait_for_url(re.compile(r"^https://"))
    assert told.value.method == "POST"
    assert leaver.url.rstrip("/") == away.rstrip("/")
    assert leaver.evaluate("document.referrer") == ""
    assert leaver.evaluate("history.length") <= 2


def test_shift_with_other_keys_is_only_typing(laptop, site) -> None:
    page = parts(laptop)
    page.locator("#ui-heard").focus()
    for key in ("Shift", "a", "Shift", "b", "Shift"):
        page.keyboard.press(key)
    expect(page.locator("html")).not_to_have_class(re.compile("is-left"))
