"""A new master key for the ring: added, every seat's key rewrapped, the unused ones dropped.

Pages go on being served meanwhile. A seat that begins meanwhile takes a lock before it wraps its
key (`hold_while_wrapping`); once the rotation has held that lock alone, no key wrapped with the old
one can appear any more. Readers find both keys in the ring until `grace` has passed after that.
"""

import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from couples import keyring
from couples.models import SeatKey

BATCH = 500
# Longer than any page or task takes between reading a wrapped key and opening it.
GRACE_SECONDS = 30.0
_WRAPPING, _ROTATING = 0x6C656577617901, 0x6C656577617902  # "leeway": advisory locks


class AlreadyRotating(Exception):
    """Another rotation is running; two at once could drop a key that is in use."""


def hold_while_wrapping() -> None:
    """Within a transaction that writes a wrapped key: a rotation ends before it or after it."""
    _lock("pg_advisory_xact_lock_shared", _WRAPPING)


def rotate(*, grace: float = GRACE_SECONDS, sleep: Callable[[float], None] = time.sleep) -> int:
    """How many seats were rewrapped. May be run again after it was stopped at any point."""
    if not _lock("pg_try_advisory_lock", _ROTATING):
        raise AlreadyRotating
    try:
        path: Path = settings.KEY_FILE
        keyring.load(path).with_new_key().save(path)
        count = _rewrap_all()
        with transaction.atomic():
            _lock("pg_advisory_xact_lock", _WRAPPING)
            count += _rewrap_all()
        sleep(grace)
        used = set(SeatKey.objects.values_list("ring_key", flat=True).distinct())
        keyring.load(path).only(used).save(path)
        return count
    finally:
        _lock("pg_advisory_unlock", _ROTATING)


def _rewrap_all() -> int:
    count = 0
    while done := _rewrap_some():
        count += done
    return count


@transaction.atomic
def _rewrap_some() -> int:
    ring = keyring.ring()
    rows = list(SeatKey.objects.exclude(ring_key=ring.active).select_for_update()[:BATCH])
    for row in rows:
        row.ring_key, row.wrapped = ring.wrap(ring.unwrap(row.ring_key, bytes(row.wrapped)))
    SeatKey.objects.bulk_update(rows, ["ring_key", "wrapped"])
    return len(rows)


def _lock(function: str, number: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"select {function}(%s)", [number])
        return bool(cursor.fetchone()[0])
