"""Finds uv, or fetches the pinned one: by pip, by a venv's pip, or from the index itself."""

import hashlib
import json
import os
import platform
import re
import shutil
import ssl
import subprocess
import sys
import urllib.error
import urllib.request
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urldefrag, urljoin

PIN = json.loads(Path(__file__).with_name("uv.json").read_text())
PIP = ["install", "--quiet", "--disable-pip-version-check", f"uv=={PIN['version']}"]


def find(tools: Path) -> str:
    for candidate in (shutil.which("uv"), str(tools / "uv" / "bin" / "uv")):
        if candidate and suits(candidate):
            return candidate
    print(f"setup: fetching uv {PIN['version']}", flush=True)
    for way in (by_pip, by_venv, by_download):
        shutil.rmtree(tools / "uv", ignore_errors=True)
        found = way(tools / "uv")
        if found and suits(found):
            return found
    sys.exit("setup: uv could not be fetched; install it (https://docs.astral.sh/uv/) and retry.")


def suits(program: str) -> bool:
    try:
        said = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return False
    found = re.match(r"uv (\d+)\.(\d+)\.(\d+)", said.stdout)
    oldest = tuple(int(part) for part in PIN["oldest"].split("."))
    return found is not None and tuple(int(part) for part in found.groups()) >= oldest


def quiet(*command: str) -> bool:
    env = {**os.environ, "PIP_ROOT_USER_ACTION": "ignore"}
    try:
        return subprocess.run(command, capture_output=True, env=env, timeout=300).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def by_pip(place: Path) -> str | None:
    return at(place) if quiet(sys.executable, "-m", "pip", *PIP, "--target", str(place)) else None


def by_venv(place: Path) -> str | None:
    """Where pip is kept inside ensurepip only (Debian splits that off; then this fails)."""
    if not quiet(sys.executable, "-m", "venv", str(place)):
        return None
    return at(place) if quiet(str(place / "bin" / "python"), "-m", "pip", *PIP) else None


def by_download(place: Path) -> str | None:
    wheel = PIN["wheels"].get(f"{sys.platform}-{platform.machine()}")
    if not wheel:
        return None
    archive = place / wheel["file"]
    place.mkdir(parents=True, exist_ok=True)
    try:
        archive.write_bytes(fetch(address_of(wheel["file"])))
    except (urllib.error.URLError, TimeoutError, LookupError) as error:
        print(f"setup: no uv from the package index: {error}", flush=True)
        return None
    if hashlib.sha256(archive.read_bytes()).hexdigest() != wheel["sha256"]:
        sys.exit("setup: the uv that came is not the one that was asked for; nothing was run.")
    with zipfile.ZipFile(archive) as content:
        program = next(name for name in content.namelist() if name.endswith("/scripts/uv"))
        (place / "bin").mkdir()
        (place / "bin" / "uv").write_bytes(content.read(program))
    (place / "bin" / "uv").chmod(0o755)
    archive.unlink()
    return at(place)


def at(place: Path) -> str:
    return str(place / "bin" / "uv")


class Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if tag == "a" and name == "href" and value]


def address_of(file: str) -> str:
    index = os.environ.get("PIP_INDEX_URL", "https://pypi.org/simple").rstrip("/") + "/uv/"
    page = Links()
    page.feed(fetch(index).decode())
    links = (urljoin(index, urldefrag(link).url) for link in page.found)
    return next((link for link in links if link.endswith("/" + file)), "") or missing(file)


def missing(file: str) -> str:
    raise LookupError(f"it does not list {file}")


def fetch(address: str) -> bytes:
    try:
        with urllib.request.urlopen(address, timeout=120) as answer:  # noqa: S310
            return bytes(answer.read())
    except urllib.error.URLError as error:
        if not isinstance(error.reason, ssl.SSLCertVerificationError):
            raise
    # A bare machine may lack root certificates. The pinned hash decides what is let in.
    unchecked = ssl._create_unverified_context()  # noqa: S323
    with urllib.request.urlopen(address, timeout=120, context=unchecked) as answer:  # noqa: S310
        return bytes(answer.read())
