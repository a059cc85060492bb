"""The whole loop, as two people go through it: Ana on a phone, Ben on a laptop.

Once with JavaScript and once without: everything but live arrival works either way.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import EmailMessage

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from couples.clock import app_now
from couples.models import ClockShift
from prompts.models import Disclosure
from rituals.models import Reminder, Ritual
from rituals.tasks import sweep
from tests.browser.steps import agree, pair, press, tick
from tests.site import Site

Factory = Callable[..., BrowserContext]
Axe = Callable[[Page], None]
TOLD = "They moved my review again. I laughed it off and sat in the car."


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without"])
@pytest.mark.practice("A8", "A21", "A24", "A28", "A37", "A38", "A39", "A44", "A45")
@pytest.mark.safety("S5", "S6", "S7", "S19")
def test_the_whole_loop(site: Site, phone: Factory, laptop: Factory, axe: Axe, script: bool):
    ana = phone(java_script_enabled=script).new_page()
    ben = laptop(java_script_enabled=script).new_page()
    check = axe if script else lambda page: None
    pair(ana, ben, site, script)
    agree(ana, ben)
    disclose(ana, check, script)
    read(ben, check)
    reply(ben, check, script)
    land(ana, ben, check, script)
    plan_the_circle(ana, ben, check)
    the_mail_comes_and_stops(ana, site)


def disclose(ana: Page, check: Axe, script: bool) -> None:
    ana.goto("/today/")
    expect(ana.get_by_role("heading", name="Three ways in")).to_be_visible()
    check(ana)
    ana.locator("a.way").first.click()
    press(ana, "Write to Ben")
    ana.locator("textarea[name=text]").fill(TOLD)
    check(ana)
    go_through(ana, script)
    press(ana, "Send to Ben")
    expect(ana.get_by_text(TOLD)).to_be_visible()


def go_through(ana: Page, script: bool) -> None:
    """One screen at a time on a phone; one long page without JavaScript."""

    def on() -> None:
        if script:
            ana.locator("[data-step-next]:visible").first.click()

    on()
    ana.locator("details:has(label:has-text('disappointed')) > summary").first.click()
    ana.locator("label", has_text="disappointed").first.click()
    on()
    ana.locator("[data-body] label.chip", has_text="chest").first.click()
    on()
    tick(ana, "wished", "hear")
    on()
    ana.locator("[name=ask]").fill("Sit with me for ten minutes")
    on()
    ana.locator("button.write__done").click()
    ana.wait_for_load_state()
    expect(ana.get_by_role("heading", name="As Ben will read it")).to_be_visible()


def read(ben: Page, check: Axe) -> None:
    ben.goto("/today/")
    expect(ben.get_by_text("Ana opened up to you")).to_be_visible()
    expect(ben.get_by_text(TOLD)).to_have_count(0)
    check(ben)
    ben.goto("/between-us/")
    press(ben, "Read when ready")
    expect(ben.get_by_text(TOLD)).to_be_visible()
    expect(ben.get_by_text("First say back what you heard.")).to_be_visible()


def reply(ben: Page, check: Axe, script: bool) -> None:
    ben.locator("textarea[name=heard]").fill("You laughed it off, and you were disappointed.")
    ben.locator("textarea[name=sense]").fill("It's not a big deal, you're overreacting.")
    if not script:
        press(ben, "Save for later")
    expect(ben.locator(".notice")).to_have_count(1)
    check(ben)
    ben.locator("textarea[name=sense]").fill("You had prepared for weeks.")
    press(ben, "Send to Ana")
    expect(ben.get_by_text("A word or two here, then we can go on.").first).to_be_visible()
    expect(ben.locator("textarea[name=sense]")).to_have_value("You had prepared for weeks.")
    ben.locator("textarea[name=thanks]").fill("Thank you for telling me about the car.")
    tick(ben, "all_right", "with_you")
    press(ben, "Send to Ana")
    expect(ben.get_by_role("button", name="Send to Ana")).to_have_count(0)


def land(ana: Page, ben: Page, check: Axe, script: bool) -> None:
    ana.goto("/between-us/")
    ana.locator(".exchange__ask a").first.click()
    expect(ana.get_by_text("Thank you for telling me about the car.")).to_be_visible()
    check(ana)
    if script:
        expect(ben.locator(".exchange")).to_be_visible()
    press(ana, "That’s it")
    if not script:
        ben.reload()
    expect(ben.get_by_text("It landed")).to_be_visible(timeout=20_000)
    assert Disclosure.objects.across_couples().get().state == "landed"


def plan_the_circle(ana: Page, ben: Page, check: Axe) -> None:
    ana.goto("/rituals/circle/plan/")
    check(ana)
    press(ana, "Suggest it to Ben")
    ben.goto("/rituals/")
    ben.locator("form[action='/rituals/circle/agree/'] button").click()
    ben.wait_for_load_state()
    ana.goto("/rituals/circle/mine/")
    ana.locator("[name=wording]").fill("after dinner, tea first")
    ana.locator("[name=own_words]").check()
    press(ana, "Keep it like this")


def sweep_at(moment: datetime) -> None:
    """What beat has a worker do, at a moment of the one clock everything follows."""
    ClockShift.objects.all().delete()
    ClockShift.objects.create(shift=moment - app_now())
    sweep()


def reminders(site: Site) -> list[EmailMessage]:
    return [mail for mail in site.mails("ana@example.org") if mail["List-Unsubscribe"]]


def the_mail_comes_and_stops(ana: Page, site: Site) -> None:
    """The clock goes on to the circle; the sweep a worker runs sends the mail; one POST ends it."""
    circle = Ritual.objects.across_couples().get().next_due_at
    assert circle
    sweep_at(circle - timedelta(days=1))
    anas = Reminder.objects.across_couples().filter(author__user__email="ana@example.org")
    sweep_at(anas.get().due_at + timedelta(minutes=1))
    (mail,) = reminders(site)
    whole = str(mail.get_body(("plain",))) + str(mail.get_body(("html",))) + mail["Subject"]
    assert "after dinner, tea first" in whole
    for private in ("Ben", "Ana", TOLD, "disappointed"):
        assert private not in whole
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    stop = mail["List-Unsubscribe"].strip(" <>")
    assert ana.request.get(stop).ok
    posted = ana.request.post(stop, form={"List-Unsubscribe": "One-Click"}, max_redirects=0)
    assert posted.status == 200
    for days in (6, 7):
        sweep_at(circle + timedelta(days=days, minutes=1))
    assert len(reminders(site)) == 1
