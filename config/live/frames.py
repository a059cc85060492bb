"""Every byte a stream can carry: a mark, a farewell, a heartbeat. Nothing anyone wrote."""

import random

BEAT = b":\n\n"
ENDED = b"event: ended\ndata: 0\n\n"


def first(mark: str) -> bytes:
    """How long to wait before coming back (1 to 5 s: not all at once), and the mark."""
    return b"retry: %d\n\n" % random.randint(1000, 5000) + changed(mark)  # noqa: S311


def changed(mark: str) -> bytes:
    """Without an id: what a page has missed, it learns from the first frame."""
    return b"event: changed\ndata: %s\n\n" % mark.encode()
