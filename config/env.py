"""Everything the environment may say, read in one place.

Lists are separated by commas. A value that cannot be used raises
`BadEnvironment` with one sentence.
"""

import os
import secrets
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

ROOT = Path(__file__).resolve().parent.parent


class BadEnvironment(Exception):
    """A setting is missing or cannot be used; the message says what to do."""


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def flag(name: str, default: bool = False) -> bool:
    value = text(name).lower()
    if value in ("", "0", "1", "true", "false", "yes", "no"):
        return value in ("1", "true", "yes") if value else default
    raise BadEnvironment(f"{name} is {value!r}; say 1 or 0.")


def number(name: str, default: int) -> int:
    value = text(name, str(default))
    if not value.isascii() or not value.isdigit():
        raise BadEnvironment(f"{name} is {value!r}; it must be a whole number.")
    return int(value)


def data_dir() -> Path:
    return Path(text("DATA_DIR", str(ROOT / "var"))).expanduser().absolute()


def key_file() -> Path:
    return Path(text("KEY_FILE", str(data_dir() / "keys" / "ring.json"))).expanduser().absolute()


def secret_key(*, required: bool) -> str:
    """The signing key: SECRET_KEY, else SECRET_KEY_FILE, else the local file of a first run.

    Where none is required, one that nobody knows and that ends with the process.
    """
    if value := text("SECRET_KEY"):
        return value
    path = Path(text("SECRET_KEY_FILE", str(data_dir() / "keys" / "secret")))
    if path.is_file():
        return path.read_text().strip()
    if required:
        raise BadEnvironment("SECRET_KEY is missing; set it or SECRET_KEY_FILE.")
    return secrets.token_urlsafe(64)


def ensure_local_secrets() -> None:
    """Create the signing key of a local run (0600). Never replaces one that is there."""
    path = data_dir() / "keys" / "secret"
    if text("SECRET_KEY") or text("SECRET_KEY_FILE") or path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(secrets.token_urlsafe(64))


def database(url: str) -> dict[str, object]:
    """Django's settings for `postgresql://user:password@host:port/name?option=value`.

    A unix socket folder is given as `?host=/folder`.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise BadEnvironment("DATABASE_URL must begin with postgresql://.")
    query = dict(parse_qsl(parts.query))
    host = query.pop("host", parts.hostname or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "leeway",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or query.pop("port", "")),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 5, **query},
    }


def email(url: str) -> dict[str, object]:
    """Django's mail settings for `smtp://`, `smtps://`, `smtp+tls://` or `file:`."""
    parts = urlsplit(url)
    if parts.scheme == "file":
        return {"EMAIL_BACKEND": "couples.mailbox.FileMailbox"}
    if parts.scheme not in ("smtp", "smtps", "smtp+tls"):
        raise BadEnvironment("EMAIL_URL must begin with smtp://, smtp+tls:// or smtps://.")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or {"smtps": 465, "smtp+tls": 587}.get(parts.scheme, 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_TIMEOUT": 10,
    }
