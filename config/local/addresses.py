"""Servers somebody else runs: DATABASE_URL and REDIS_URL, looked at before anything starts."""

from urllib.parse import urlsplit

import psycopg
import redis

from config.local.trouble import Trouble


def place(url: str) -> str:
    """The address without user and password."""
    parts = urlsplit(url)
    return f"{parts.hostname or ''}{f':{parts.port}' if parts.port else ''}{parts.path}"


def check_database(url: str) -> None:
    try:
        if urlsplit(url).scheme not in ("postgres", "postgresql"):
            raise Trouble("DATABASE_URL must begin with postgresql://.")
        psycopg.connect(url, connect_timeout=5).close()
    except (psycopg.Error, ValueError) as error:
        raise Trouble(
            f"DATABASE_URL: no database can be used at {place(url)} ({reason(error)})."
        ) from None


def holds_words(url: str) -> bool:
    """Whether somebody has a key in this database, so that the key ring must not be lost."""
    with psycopg.connect(url, connect_timeout=5) as connection:
        table = connection.execute("select to_regclass('couples_seatkey')").fetchone()
        if not table or table[0] is None:
            return False
        found = connection.execute("select exists (select from couples_seatkey)").fetchone()
        return bool(found and found[0])


def check_redis(url: str) -> None:
    try:
        client = redis.Redis.from_url(url, socket_connect_timeout=5, socket_timeout=5)
        client.ping()
        client.close()
    except (redis.RedisError, ValueError, OSError) as error:
        raise Trouble(
            f"REDIS_URL: no Valkey or Redis can be used at {place(url)} ({reason(error)})."
        ) from None


def reason(error: Exception) -> str:
    """The gist of a driver's message, on one line."""
    line = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    return line.rsplit("failed: ", 1)[-1].removeprefix("FATAL:  ").rstrip(".")
