"""The listening sockets, opened before anything else and kept while web is restarted."""

import contextlib
import errno
import socket
import time

from config.local.trouble import Trouble

LOOPBACK = ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1"))


def listen(port: int, *, patience: float = 0.0) -> list[socket.socket]:
    """On both loopback addresses; ``patience`` seconds for a predecessor to let go."""
    until = time.monotonic() + patience
    while True:
        try:
            return _listen(port)
        except OSError as error:
            if error.errno == errno.EACCES:
                raise Trouble(f"Port {port} is only for root: choose another, PORT=8000.") from None
            if error.errno != errno.EADDRINUSE:
                raise Trouble(f"Port {port} can't be used ({error.strerror}).") from None
            if time.monotonic() > until:
                raise Trouble(
                    f"Port {port} is in use by another program: stop that one, "
                    f"or choose another port with PORT={port + 1}."
                ) from None
            time.sleep(0.1)


def _listen(port: int) -> list[socket.socket]:
    doors: list[socket.socket] = []
    with contextlib.ExitStack() as undo:
        for family, address in LOOPBACK:
            try:
                door = undo.enter_context(socket.socket(family, socket.SOCK_STREAM))
                door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                if family == socket.AF_INET6:
                    door.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
                door.bind((address, port))
            except OSError as error:
                if family == socket.AF_INET6 and error.errno != errno.EADDRINUSE:
                    continue  # a machine without IPv6
                raise
            door.listen(128)
            doors.append(door)
        undo.pop_all()
    return doors
