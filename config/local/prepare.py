"""Before web, worker and beat: secrets, tables, demo content. A process of its own.

Lines that begin with a word and a tab are for config.local.run; the others are for the terminal.
"""

import sys

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connection
from django.db.utils import OperationalError

from config import env
from config.local.collect import collect
from config.local.messages import compile_messages

DEMO_ADDRESSES = "@example.org"


class CannotGoOn(Exception):
    pass


def main() -> int:
    try:
        prepare()
    except (CannotGoOn, env.BadEnvironment, ImproperlyConfigured) as error:
        return complain(str(error))
    except OperationalError as error:
        return complain(f"The database did not take this: {str(error).splitlines()[0]}")
    except OSError as error:
        return complain(f"{error.filename or 'A file'} can't be used: {error.strerror}.")
    return 0


def complain(sentence: str) -> int:
    print(f"trouble\t{sentence}", flush=True)
    return 1


def prepare() -> None:
    compile_messages()
    env.ensure_local_secrets()
    django.setup()
    look_after_key_ring()
    if settings.STATIC_BUILT:  # as on a real server; STATIC_BUILT=0 shows the sources as they are
        collect()
    call_command("migrate", interactive=False, verbosity=0)
    if env.flag("DEMO", default=settings.DEBUG) and is_empty():
        print("putting in the demo couple", flush=True)
        call_command("demo")
    for name, address in demo_partners():
        print(f"sign-in\t{name}\t{address}", flush=True)


def demo_partners() -> list[tuple[str, str]]:
    """Names and one-click addresses of the demo couple, if it is still here (DEBUG only)."""
    from couples.models import User
    from couples.views.dev import sign_in_address

    people = User.objects.filter(email__endswith=DEMO_ADDRESSES).order_by("email")[:2]
    return [(user.name, sign_in_address(user)) for user in people if settings.DEBUG]


def look_after_key_ring() -> None:
    """A new ring only for a database that holds nothing sealed; never in place of a lost one."""
    from couples import keyring

    path = env.key_file()
    used = keys_in_use()
    if path.exists():
        try:
            lost = used - set(keyring.load(path).keys)
        except keyring.KeyRingMissing as missing:
            raise CannotGoOn(str(missing)) from None
        if lost:
            raise CannotGoOn(
                f"The key ring at {path} is not the one this database was written with: "
                "put its newest copy there; nothing was changed."
            )
    elif used:
        raise CannotGoOn(
            f"The key ring is missing at {path}, and the database holds words that only it opens: "
            "put its copy back; nothing was changed."
        )
    else:
        keyring.create(path)


def keys_in_use() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("select to_regclass('couples_seatkey') is not null")
        if not cursor.fetchone()[0]:
            return set()
        cursor.execute("select distinct ring_key from couples_seatkey")
        return {name for (name,) in cursor.fetchall()}


def is_empty() -> bool:
    from django.contrib.auth import get_user_model

    return not get_user_model().objects.exists()


if __name__ == "__main__":
    sys.exit(main())
