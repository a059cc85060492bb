"""A Chromium of this machine, or one that scripts/fetch_browser.py got earlier."""

import glob
import os
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FETCHED = ROOT / ".tools" / "chromium"
NAMES = (  # the first is the lightest
    *("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"),
    *("google-chrome-stable", "chrome", "msedge", "microsoft-edge"),
)
ELSEWHERE = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
FROM_PLAYWRIGHT = ("chrome", "chrome-headless-shell", "headless_shell", "Chromium")
WHAT_TO_DO = (
    "No Chromium was found and none could be fetched. Install one (Debian: apt-get install "
    "chromium) or name it: BROWSER_PATH=/path/to/chromium make test"
)


def find() -> str | None:
    """$BROWSER_PATH and nothing else if it is set; else the first that answers."""
    if named := os.environ.get("BROWSER_PATH"):
        return named if works(named) else None
    candidates = [shutil.which(name) for name in NAMES]
    candidates += [*ELSEWHERE, from_playwright(), from_npm()]
    return next((path for path in candidates if path and works(path)), None)


def works(path: str) -> bool:
    said = run([path, "--version"], timeout=30, env=environment(path))
    return said is not None and any(char.isdigit() for char in said)


def environment(browser: str) -> dict[str, str]:
    """The npm build brings its own libraries; they lie beside it."""
    beside = Path(browser).with_name("al2023") / "lib"
    return {"LD_LIBRARY_PATH": str(beside)} if beside.is_dir() else {}


def run(command: list[str], timeout: float, env: dict[str, str] | None = None) -> str | None:
    """What the program printed, or None if it failed, hung or is not there."""
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            timeout=timeout,
            env={**os.environ, **(env or {})},
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None


def playwright_folder() -> str:
    """Beside the environment, so that nothing is left in anybody's home."""
    return os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or str(FETCHED / "playwright")


def from_playwright() -> str | None:
    found = glob.glob(f"{playwright_folder()}/chromium*/**/*", recursive=True)
    programs = (path for path in sorted(found) if Path(path).name in FROM_PLAYWRIGHT)
    return next((path for path in programs if os.access(path, os.X_OK)), None)


def from_npm() -> str | None:
    program = FETCHED / "unpacked" / "chromium"
    return str(program) if program.is_file() else None
