"""Everything people write passes through here, sealed on the way in, opened on the way out.

A blob is `version(1) key(4) nonce(12) ciphertext tag(16)`, AES-256-GCM. What is authenticated with
it names the couple of the *viewer*, the author, the table and the row: a blob that stands anywhere
but where it was written cannot be opened, even if every other wall failed. Plain texts are padded
to multiples of 256 bytes, so that a length tells little. Opening fails loudly, never with "".
"""

import json
import os
import struct
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from couples.keyring import ring

if TYPE_CHECKING:
    from couples.models import Member
    from couples.tenancy import Written

VERSION = 1
PAD = 256
Words = dict[str, Any]
Keys = dict[UUID, tuple[bytes, AESGCM]]
Sealed = bytes | memoryview


class CannotOpen(Exception):
    """Sealed words were not written for this viewer, this place, or these keys."""


def new_seat_key() -> tuple[str, bytes]:
    """A data key for a new seat, wrapped: (ring key, wrapped key)."""
    return ring().wrap(os.urandom(32))


def keys_of(viewer: "Member") -> Keys:
    """Author's seat → key. A present member opens both keys, a departed one only theirs."""
    keys: Keys | None = getattr(viewer, "_keys", None)
    if keys is None:
        keys = viewer._keys = _unwrapped(viewer)  # type: ignore[attr-defined]
    return keys


def _unwrapped(viewer: "Member") -> Keys:
    from couples.models import SeatKey

    rows = SeatKey.objects.filter(member__couple_id=viewer.couple_id)
    if viewer.left_at:
        rows = rows.filter(member_id=viewer.id)
    loaded = {row.member_id: (row.ring_key, bytes(row.wrapped)) for row in rows}
    return opened_keys(loaded)


def opened_keys(wrapped: Mapping[UUID, tuple[str, bytes]]) -> Keys:
    keys = {}
    for member_id, (ring_key, blob) in wrapped.items():
        key = ring().unwrap(ring_key, blob)
        keys[member_id] = (member_id.bytes[:4], AESGCM(key))
    return keys


def _place(key_id: bytes, couple: UUID, author: UUID, table: str, row: UUID) -> bytes:
    parts = (b"leeway", key_id, couple.bytes, author.bytes, table.encode(), row.bytes)
    return b"".join(struct.pack(">H", len(part)) + part for part in parts)


def seal(member: "Member", row: "Written", words: Mapping[str, Any]) -> None:
    """Set `row.sealed`. The row must be the member's own, in their couple."""
    if row.author_id != member.id or row.couple_id != member.couple_id:
        raise CannotOpen("Only an author seals their row.")
    plain = json.dumps(words, ensure_ascii=False, separators=(",", ":")).encode(
        "utf-8", "surrogatepass"
    )
    plain += b" " * (-len(plain) % PAD)
    key_id, key = keys_of(member)[member.id]
    place = _place(key_id, row.couple_id, row.author_id, row._meta.db_table, row.id)
    nonce = os.urandom(12)
    head = bytes([VERSION]) + key_id
    row.sealed = head + nonce + key.encrypt(nonce, plain, head + place)


def unseal(viewer: "Member", table: str, row_id: UUID, author_id: UUID, blob: Sealed) -> Words:
    blob = bytes(blob)
    try:
        key_id, key = keys_of(viewer)[author_id]
    except KeyError:
        raise CannotOpen("The viewer holds no key of this author.") from None
    if len(blob) < 33 or blob[0] != VERSION or blob[1:5] != key_id:
        raise CannotOpen("Not a blob of this seat.")
    place = _place(key_id, viewer.couple_id, author_id, table, row_id)
    try:
        plain = key.decrypt(blob[5:17], blob[17:], blob[:5] + place)
    except InvalidTag:
        raise CannotOpen("The words were not written here.") from None
    words: Words = json.loads(plain.decode("utf-8", "surrogatepass"))
    return words


def words(viewer: "Member", row: "Written") -> Words:
    return unseal(viewer, row._meta.db_table, row.id, row.author_id, row.sealed)
