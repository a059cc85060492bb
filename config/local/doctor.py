"""`make doctor`: one line a check, ok or what to do. Changes nothing; status 1 if one is amiss."""

import fcntl
import os
import shutil
import socket
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator

import psycopg

from config import env
from config.local import addresses, binaries
from config.local.account import engine_account
from config.local.run import ENOUGH_SPACE
from config.local.trouble import Trouble

Check = Callable[[], str]


class Amiss(Exception):
    """What to do about it."""


def python() -> str:
    return sys.version.split()[0]


def engines() -> str:
    for program in (binaries.postgres_folder() / "bin" / "postgres", binaries.valkey_program()):
        done = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise Amiss(f"{program.name} does not run here: set DATABASE_URL and REDIS_URL")
    if binaries.needs_copy(engine_account(env.data_dir() / "postgres")):
        return "found; copied aside at each start, because only root may enter this folder"
    return "found"


def data_folder() -> str:
    data = env.data_dir()
    if not data.exists():
        parent = next(folder for folder in data.parents if folder.exists())
        if not os.access(parent, os.W_OK):
            raise Amiss(f"{parent} can't be written: choose another DATA_DIR")
        return f"{data} will be made"
    if not os.access(data, os.W_OK | os.X_OK):
        raise Amiss(f"{data} can't be written: choose another DATA_DIR")
    if stat.S_IMODE(data.stat().st_mode) & 0o077:
        raise Amiss(f"others may enter {data}: chmod 700 '{data}'")
    return str(data)


def disk() -> str:
    data = env.data_dir()
    place = next(folder for folder in (data, *data.parents) if folder.exists())
    free = shutil.disk_usage(place).free
    if free < ENOUGH_SPACE:
        raise Amiss(f"free some space: {free // 1_000_000} MB left beside {place}")
    return f"{free // 1_000_000_000} GB free"


def is_running() -> str | None:
    lock = env.data_dir() / "lock"
    if not lock.exists():
        return None
    with lock.open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return file.read().strip()
    return None


def port() -> str:
    number = env.number("PORT", 8000)
    with socket.socket() as door:
        door.settimeout(1)
        taken = door.connect_ex(("127.0.0.1", number)) == 0
    if not taken:
        return f"{number} is free"
    if holder := is_running():
        return f"{number}: Leeway is running (process {holder})"
    raise Amiss(f"another program has port {number}: choose one with PORT={number + 1}")


def database() -> str:
    if not (url := env.text("DATABASE_URL")):
        return "the embedded one"
    addresses.check_database(url)
    return addresses.place(url)


def broker() -> str:
    if not (url := env.text("REDIS_URL")):
        return "the embedded one"
    addresses.check_redis(url)
    return addresses.place(url)


def mail() -> str:
    url = env.text("EMAIL_URL", "file:")
    found = env.email(url)
    if "EMAIL_HOST" not in found:
        return "files in DATA_DIR/mailbox, shown at /dev/mailbox/"
    place = (str(found["EMAIL_HOST"]), int(str(found["EMAIL_PORT"])))
    try:
        socket.create_connection(place, timeout=5).close()
    except OSError as error:
        raise Amiss(f"EMAIL_URL: {place[0]}:{place[1]} does not answer ({error})") from None
    return f"{place[0]}:{place[1]}"


def keys() -> str:
    ring, data = env.key_file(), env.data_dir()
    if not ring.exists():
        url = env.text("DATABASE_URL")
        if addresses.holds_words(url) if url else (data / "postgres").exists():
            raise Amiss(f"put the copy of the key ring back at {ring}: the database needs it")
        return "will be made at the first start"
    if stat.S_IMODE(ring.stat().st_mode) & 0o077:
        raise Amiss(f"others may read the key ring: chmod 600 '{ring}'")
    return str(ring)


def browser() -> str:
    sys.path.insert(0, str(env.ROOT))
    from scripts.browser import find

    found = find()
    return found or "none yet; make test fetches one"


CHECKS: dict[str, Check] = {
    "python": python,
    "engines": engines,
    "data": data_folder,
    "disk": disk,
    "port": port,
    "database": database,
    "broker": broker,
    "mail": mail,
    "keys": keys,
    "browser": browser,
}


def verdicts() -> Iterator[tuple[str, bool, str]]:
    for name, check in CHECKS.items():
        try:
            yield name, True, check()
        except (Amiss, Trouble, env.BadEnvironment, OSError, psycopg.Error) as trouble:
            yield name, False, str(trouble)


def main() -> int:
    status = 0
    for name, fine, words in verdicts():
        print(f"{name:10} {'ok   ' if fine else 'AMISS'}  {words}")
        status = status if fine else 1
    return status


if __name__ == "__main__":
    sys.exit(main())
