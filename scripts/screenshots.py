"""Takes the pictures of the README from a fresh local run with the demo couple."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from config.env import ROOT
from scripts.browser import WHAT_TO_DO, environment, find

PICTURES = ROOT / "docs" / "pictures"
PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2}
LAPTOP = {"viewport": {"width": 1280, "height": 800}, "device_scale_factor": 1.5}
DOOR = re.compile(r"Be (\w+):\s+(\S+)")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as door:
        port: int = door.getsockname()[1]
        return port


def doors(run: "subprocess.Popen[str]") -> dict[str, str]:
    """One-click addresses of the demo couple, as the run prints them."""
    found: dict[str, str] = {}
    assert run.stdout
    for line in run.stdout:
        found.update(DOOR.findall(line))
        if len(found) == 2:
            return found
    raise SystemExit("The local run ended before it was ready.")


def page(browser: Browser, door: str, shape: dict[str, object]) -> Page:
    opened = browser.new_context(**shape).new_page()  # type: ignore[arg-type]
    opened.goto(door)
    return opened


def take(browser: Browser, found: dict[str, str]) -> None:
    ana = page(browser, found["Ana"], PHONE)
    ana.get_by_role("heading", level=1).wait_for()
    ana.screenshot(path=PICTURES / "today.png")
    ben = page(browser, found["Ben"], LAPTOP)
    ben.get_by_role("link", name="Between us").first.click()
    ben.get_by_role("button", name="Read when ready").first.click()
    heard = ben.locator("textarea[name=heard]")
    heard.fill("They came with numbers and you came with a feeling, and you felt small.")
    sense = ben.locator("textarea[name=sense]")
    sense.press_sequentially("You know that ward. But it's really not a big deal.")
    ben.locator(".notice").wait_for()
    ben.screenshot(path=PICTURES / "exchange.png")


def main() -> None:
    chromium = find()
    if chromium is None:
        sys.exit(WHAT_TO_DO)
    PICTURES.mkdir(parents=True, exist_ok=True)
    data = Path(tempfile.mkdtemp(prefix="leeway-pictures-"))
    run = subprocess.Popen(
        [sys.executable, "-m", "config.local.run"],
        env={**os.environ, "DATA_DIR": str(data), "PORT": str(free_port())},
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    try:
        found = doors(run)
        with sync_playwright() as playwright:
            rootly = ["--no-sandbox"] if os.geteuid() == 0 else []
            browser = playwright.chromium.launch(
                executable_path=chromium,
                args=["--disable-background-networking", *rootly],
                env={**os.environ, **environment(chromium)},
            )
            take(browser, found)
    finally:
        run.send_signal(signal.SIGTERM)
        run.wait(15)
        shutil.rmtree(data, ignore_errors=True)


if __name__ == "__main__":
    main()
