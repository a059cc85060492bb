"""What Ana and Ben do in their browsers, in their words, for the test of the whole loop."""

import re

from playwright.sync_api import Page, expect

from tests.signing import code_in
from tests.site import Site


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()
    page.wait_for_load_state()


def follow(page: Page, name: str) -> None:
    page.get_by_role("link", name=name).first.click()
    page.wait_for_load_state()


def newest_code(site: Site, address: str) -> str:
    body = site.mails(address)[-1].get_body(("plain",))
    assert body
    return code_in(body.get_content())


def sign_up(page: Page, site: Site, name: str) -> None:
    address = f"{name.lower()}@example.org"
    page.get_by_label("Your first name").fill(name)
    page.get_by_label("Your e-mail address").fill(address)
    press(page, "Send me a code")
    page.locator("input[name=code]").fill(newest_code(site, address))
    page.locator("form:has(input[name=code]) button[type=submit]").first.click()
    page.wait_for_load_state()


def pair(ana: Page, ben: Page, site: Site, script: bool) -> None:
    """Two sign-ups, a link handed over, a code compared, a confirmation."""
    ana.goto("/accounts/signup/")
    sign_up(ana, site, "Ana")
    expect(ana).to_have_url(re.compile("/welcome/"))
    ana.goto("/invite/")
    press(ana, "Make a link")
    ben.goto(ana.locator("#link").input_value())
    expect(ben.get_by_text("Ana").first).to_be_visible()
    press(ben, "Continue")
    sign_up(ben, site, "Ben")
    press(ben, "Yes, join Ana")
    seen = re.sub(r"\D", "", ben.locator(".code").first.inner_text())
    ana.goto("/invite/")
    assert re.sub(r"\D", "", ana.locator(".code").first.inner_text()) == seen
    press(ana, "The digits match. Confirm")
    if script:
        ben.wait_for_url("**/us/two/")  # his open page moves on by itself
    ben.goto("/today/")
    expect(ben.get_by_role("heading", level=1)).to_be_visible()


def agree(ana: Page, ben: Page) -> None:
    ana.goto("/us/agreement/")
    ana.locator("input[name=line_1]").fill("First say back what you heard.")
    press(ana, "Save my lines")
    ben.goto("/us/agreement/")
    expect(ben.get_by_text("First say back what you heard.").first).to_be_visible()
    press(ben, "Yes, this is how")


def tick(page: Page, name: str, value: str) -> None:
    """A chip: its box is drawn by its label, so the label is what a finger meets."""
    page.locator(f'label:has(input[name="{name}"][value="{value}"])').click()
