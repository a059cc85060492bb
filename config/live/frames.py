"""Every byte a stream can carry: a number, a farewell, a heartbeat. Nothing anyone wrote."""

import random

BEAT = b":\n\n"
ENDED = b"event: ended\ndata: 0\n\n"


def first(seq: int) -> bytes:
    """How long to wait before coming back (1 to 5 s: not all at once), and the number."""
    return b"retry: %d\n\n" % random.randint(1000, 5000) + changed(seq)  # noqa: S311


def changed(seq: int) -> bytes:
    return b"event: changed\nid: %d\ndata: %d\n\n" % (seq, seq)
