"""Makes .venv from uv.lock with nothing but a bare python3 (no pip, venv or uv needed).

Usage: python3 scripts/bootstrap.py run|all
Everything it fetches goes to .venv and .tools in this checkout.
"""

import fcntl
import hashlib
import os
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036
    sys.exit("Leeway needs Python 3.11 or newer: name one with `make PYTHON=/path/to/python3`.")

sys.path.insert(0, str(Path(__file__).resolve().parent))
import get_uv  # type: ignore[import-not-found]  # it runs before there is an environment

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
TOOLS = ROOT / ".tools"
STAMP = VENV / "made-from"
WHAT = {
    "run": ["--no-default-groups", "--group", "embedded", "--inexact"],
    "all": ["--all-groups"],
}


def fingerprint() -> str:
    """Changes whenever .venv has to be made anew."""
    parts = [sys.version, base_python(), str(ROOT)]
    parts += [(ROOT / name).read_text() for name in ("uv.lock", "pyproject.toml")]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def base_python() -> str:
    return getattr(sys, "_base_executable", None) or sys.executable


def is_ready(what: str) -> bool:
    if not os.access(VENV / "bin" / "python", os.X_OK) or not STAMP.is_file():
        return False
    made, _, scope = STAMP.read_text().strip().partition(" ")
    return made == fingerprint() and scope in (what, "all")


def writable(folder: Path) -> bool:
    while not folder.exists():
        folder = folder.parent
    return os.access(folder, os.W_OK | os.X_OK)


def uv_environment() -> dict[str, str]:
    env = {key: value for key, value in os.environ.items() if key != "VIRTUAL_ENV"}
    env.update(
        UV_PYTHON=base_python(),
        UV_PYTHON_DOWNLOADS="never",
        UV_PROJECT_ENVIRONMENT=str(VENV),
        UV_NO_PROGRESS="1",
    )
    env.setdefault("UV_HTTP_TIMEOUT", "120")
    if ssl.create_default_context().get_ca_certs():  # companies add their own to the system's
        env.setdefault("UV_SYSTEM_CERTS", "true")
        env.setdefault("UV_NATIVE_TLS", "true")  # its name in older versions
    home = os.environ.get("HOME", "")
    usual = os.environ.get("XDG_CACHE_HOME") or (f"{home}/.cache" if home else "")
    if "UV_CACHE_DIR" not in env and not (usual and writable(Path(usual) / "uv")):
        env["UV_CACHE_DIR"] = str(TOOLS / "cache")
    if not home:
        env["HOME"] = str(TOOLS)
    env.setdefault("UV_LINK_MODE", "copy" if crosses_disks(env, usual) else "hardlink")
    return env


def crosses_disks(env: dict[str, str], usual: str) -> bool:
    cache = Path(env.get("UV_CACHE_DIR") or Path(usual) / "uv")
    while not cache.exists():
        cache = cache.parent
    return cache.stat().st_dev != ROOT.stat().st_dev


@contextmanager
def alone() -> Iterator[None]:
    """Two runs at once: the second waits, and then finds everything done."""
    TOOLS.mkdir(exist_ok=True)
    with (TOOLS / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("setup: another run is at it, waiting", flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def sync(uv: str, what: str) -> None:
    print(f"setup: installing what uv.lock names into {VENV}", flush=True)
    if STAMP.exists():
        STAMP.unlink()
    elif VENV.exists() and not (VENV / "pyvenv.cfg").exists():
        sys.exit(f"{VENV} is there but is no Python environment of ours: move it away first.")
    command = [uv, "sync", "--frozen", "--quiet", "--compile-bytecode", *WHAT[what]]
    if subprocess.run(command, cwd=ROOT, env=uv_environment()).returncode != 0:
        sys.exit("setup: uv could not install the packages; the lines above say why.")
    STAMP.write_text(f"{fingerprint()} {what}\n")


def main() -> None:
    what = sys.argv[1] if len(sys.argv) > 1 else "all"
    if is_ready(what):
        return
    began = time.monotonic()
    try:
        with alone():
            if is_ready(what):
                return
            sync(get_uv.find(TOOLS), what)
    except OSError as error:
        sys.exit(f"setup: {error.filename or ROOT} can't be used: {error.strerror or error}.")
    print(f"setup: ready after {time.monotonic() - began:.0f} s", flush=True)


if __name__ == "__main__":
    main()
