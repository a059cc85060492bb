"""A browser context that notices what must never happen, whatever the test is about."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

STILL = {"reduced_motion": "reduce"}  # a test that waits for no animation is a quick one
PHONE = {
    **STILL,
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "has_touch": True,
    "is_mobile": True,
}
EXAMINE = """async (options) => {
    const { violations } = await axe.run(options);
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}"""
LAPTOP = {**STILL, "viewport": {"width": 1280, "height": 800}}


class Visitor:
    """`context` and the list of its faults: script errors, policy reports, foreign requests."""

    def __init__(self, browser: Browser, url: str, options: dict[str, Any]) -> None:
        self.url = url
        self.faults: list[str] = []
        self.under_examination = False
        self.context: BrowserContext = browser.new_context(base_url=url, **options)
        self.context.set_default_timeout(10_000)
        self.context.on("weberror", lambda error: self._failed(str(error.error)))
        self.context.on("console", self._console)
        self.context.on("request", self._request)

    def _failed(self, error: str) -> None:
        """A page left while it still fades in says so; that is the browser's own affair."""
        if "Transition was " not in error:
            self.faults.append(f"script: {error}")

    def _console(self, message: ConsoleMessage) -> None:
        if self.under_examination or message.type != "error":
            return
        if "Content Security Policy" in message.text:
            self.faults.append(f"policy: {message.text}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.url, "data:", "blob:", "about:")):
            self.faults.append(f"left the site: {request.url}")

    def examine(self, page: Page, *rules: str) -> list[str]:
        """What axe finds. It styles the page inline, which our policy reports: not our fault."""
        self.under_examination = True
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE_SCRIPT)
        options = {"resultTypes": ["violations"], **({"runOnly": list(rules)} if rules else {})}
        found: list[str] = page.evaluate(EXAMINE, options)
        page.evaluate("0")
        self.under_examination = False
        return found
