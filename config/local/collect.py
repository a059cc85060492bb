"""Collects, hashes and compresses static files, but only when one of them changed."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from config.env import ROOT


def collect() -> bool:
    """Returns whether there was anything to do."""
    stamp, made_from = Path(settings.STATIC_ROOT) / "made-from", fingerprint()
    if stamp.is_file() and stamp.read_text() == made_from:
        return False
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(made_from)
    return True


def fingerprint() -> str:
    """Of every file of ours by name, size and time, and of what others bring by the lock file."""
    digest = hashlib.sha256()
    for path in sources():
        seen = path.stat()
        digest.update(f"{path}\0{seen.st_size}\0{seen.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def sources() -> Iterator[Path]:
    yield ROOT / "uv.lock"
    yield ROOT / "config" / "stylesheet.py"
    yield from sorted(path for path in (ROOT / "static").rglob("*") if path.is_file())
