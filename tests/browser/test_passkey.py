"""A passkey made and used in a real browser; the mailed code keeps working beside it."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from playwright.sync_api import Page, expect

from tests.browser.conftest import Factory
from tests.browser.steps import newest_code, press
from tests.cast import person, signed_in
from tests.site import Site

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def with_authenticator(page: Page) -> None:
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})


@pytest.mark.browser
def test_a_passkey_lets_one_in_and_the_code_still_does(site: Site, phone: Factory) -> None:
    eve = person("Eve")
    context = phone()
    session = signed_in(eve).cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site.url}])
    page = context.new_page()
    with_authenticator(page)
    page.goto("/accounts/2fa/webauthn/add/")
    page.locator("input[name=name]").fill("My phone")
    expect(page.locator("input[name=passwordless]")).to_be_checked()
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url(re.compile("/accounts/2fa/webauthn/$"))
    expect(page.get_by_text("My phone").first).to_be_visible()
    assert {row.type for row in Authenticator.objects.filter(user=eve)} == {"webauthn"}

    context.clear_cookies()
    page.goto("/accounts/login/code/")
    page.locator("#passkey_login").click()
    page.wait_for_url(re.compile("/today/"))

    context.clear_cookies()
    page.goto("/accounts/login/code/")
    page.get_by_label("Your e-mail address").fill(eve.email)
    press(page, "Send me a code")
    page.locator("input[name=code]").fill(newest_code(site, eve.email))
    page.locator("form:has(input[name=code]) button[type=submit]").first.click()
    page.wait_for_url(re.compile("/today/"))
