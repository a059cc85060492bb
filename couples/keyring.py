"""The master keys, in a file outside the database: `{"active": id, "keys": {id: base64}}`.

They wrap the data key of each seat and nothing else. Without the file no word can be read, by
anyone. Other processes may rotate it: it is read again whenever it changed.
"""

import base64
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.keywrap import (
    InvalidUnwrap,
    aes_key_unwrap,
    aes_key_wrap,
)
from django.conf import settings


class KeyRingMissing(Exception):
    """There is no key ring file, or it lacks the key that a seat was wrapped with."""


@dataclass(frozen=True)
class KeyRing:
    active: str
    keys: dict[str, bytes]

    def wrap(self, key: bytes) -> tuple[str, bytes]:
        return self.active, aes_key_wrap(self.keys[self.active], key)

    def unwrap(self, ring_key: str, wrapped: bytes) -> bytes:
        if ring_key not in self.keys:
            raise KeyRingMissing(f"The key ring has no key {ring_key!r}; is it the newest one?")
        try:
            return aes_key_unwrap(self.keys[ring_key], wrapped)
        except InvalidUnwrap:
            raise KeyRingMissing(f"Key {ring_key!r} of the ring is not the one used.") from None

    def with_new_key(self) -> "KeyRing":
        name = f"k{secrets.token_hex(4)}"
        return KeyRing(name, {**self.keys, name: secrets.token_bytes(32)})

    def only(self, used: set[str]) -> "KeyRing":
        """Without the keys that no seat is wrapped with; the active one always stays."""
        wanted = used | {self.active}
        return KeyRing(self.active, {name: self.keys[name] for name in self.keys if name in wanted})

    def save(self, path: Path) -> None:
        """Replaces the file in one step, readable by its owner only."""
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        words = {
            "active": self.active,
            "keys": {name: base64.b64encode(key).decode() for name, key in self.keys.items()},
        }
        beside = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump(words, file)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)


def load(path: Path) -> KeyRing:
    try:
        words = json.loads(path.read_text())
        keys = {name: base64.b64decode(key) for name, key in words["keys"].items()}
        return KeyRing(words["active"], keys)
    except FileNotFoundError:
        raise KeyRingMissing(f"There is no key ring at {path}; restore it from its copy.") from None
    except (ValueError, KeyError, TypeError):
        raise KeyRingMissing(f"The key ring at {path} is damaged; restore its copy.") from None


def create(path: Path) -> None:
    """A first key ring. Raises FileExistsError rather than replace one."""
    if path.exists():
        raise FileExistsError(path)
    KeyRing("", {}).with_new_key().save(path)


_loaded: tuple[Path, int, KeyRing] | None = None


def ring() -> KeyRing:
    global _loaded
    path: Path = settings.KEY_FILE
    try:
        stamp = path.stat().st_mtime_ns
    except FileNotFoundError:
        raise KeyRingMissing(f"There is no key ring at {path}; restore it from its copy.") from None
    if _loaded is None or _loaded[:2] != (path, stamp):
        _loaded = (path, stamp, load(path))
    return _loaded[2]
