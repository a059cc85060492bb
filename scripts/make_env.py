"""Writes .env, keys/ and caddy/ for docker-compose.yml, with secrets nobody has seen.

Usage: python3 scripts/make_env.py https://leeway.example.org
Needs no package, and never replaces a file that is there.
"""

import base64
import json
import os
import secrets
import sys
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
CONTAINER_USER = 10001  # when root sets it up: the user of the image


def write(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)


def key_ring() -> str:
    """The form that couples.keyring reads."""
    name = f"k{secrets.token_hex(4)}"
    key = base64.b64encode(secrets.token_bytes(32)).decode()
    return json.dumps({"active": name, "keys": {name: key}})


def owner() -> tuple[int, int]:
    return (os.getuid(), os.getgid()) if os.getuid() else (CONTAINER_USER, CONTAINER_USER)


def filled(example: str, values: dict[str, str]) -> str:
    lines = []
    for line in example.splitlines():
        name = line.partition("=")[0]
        lines.append(f"{name}={values[name]}" if name in values else line)
    return "\n".join(lines) + "\n"


def make(root: Path, public_url: str) -> None:
    keys, caddy = root / "keys", root / "caddy"
    for folder in (keys, caddy):
        folder.mkdir(mode=0o700)
    write(keys / "ring.json", key_ring())
    write(keys / "secret", secrets.token_urlsafe(64))
    uid, gid = owner()
    values = {
        "PUBLIC_URL": public_url.rstrip("/"),
        "POSTGRES_PASSWORD": secrets.token_urlsafe(32),
        "LEEWAY_USER": f"{uid}:{gid}",
    }
    write(root / ".env", filled((ROOT / ".env.example").read_text(), values))
    if os.getuid() == 0:
        for path in (keys, caddy, *keys.iterdir()):
            os.chown(path, uid, gid)


def main() -> None:
    address = urlsplit(sys.argv[1] if len(sys.argv) == 2 else "")
    if address.scheme not in ("http", "https") or not address.hostname or address.path.strip("/"):
        sys.exit("Say the address people will type: make_env.py https://leeway.example.org")
    for name in (".env", "keys", "caddy"):
        if (ROOT / name).exists():
            sys.exit(f"{name} is already there; it is left as it is. Move it away to begin anew.")
    make(ROOT, sys.argv[1])
    print("Wrote .env and keys/. Copy keys/ring.json to a second, safe place now.")
    print("Then say in .env who runs the server (OPERATOR) and how mail is sent (EMAIL_URL).")


if __name__ == "__main__":
    main()
