"""Callers who ask one server for one page, each again as soon as they have it."""

import socket
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

TURN = 1.0  # seconds


@dataclass(frozen=True)
class Server:
    name: str
    port: int
    path: str
    session: str = ""

    @property
    def request(self) -> bytes:
        return (
            f"GET {self.path} HTTP/1.1\r\nHost: localhost:{self.port}\r\n"
            f"Cookie: session={self.session}\r\n\r\n"
        ).encode()


class Caller:
    def __init__(self, server: Server) -> None:
        self.request = server.request
        self.line = socket.create_connection(("127.0.0.1", server.port), timeout=60)

    def page(self) -> str:
        """The body of one answer; anything but 200 is an error."""
        self.line.sendall(self.request)
        got = b""
        while b"\r\n\r\n" not in got:
            got += self._more()
        head, _, body = got.partition(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(head.decode("latin-1"))
        length = int(head.lower().split(b"content-length:")[1].split()[0])
        pieces, held = [body], len(body)
        while held < length:
            pieces.append(self._more())
            held += len(pieces[-1])
        return b"".join(pieces).decode()

    def _more(self) -> bytes:
        got = self.line.recv(1 << 16)
        if not got:
            raise RuntimeError("The server hung up.")
        return got


class Crowd:
    """The callers of one server. A turn ends when the last has its answer: the server is idle."""

    def __init__(self, server: Server, size: int) -> None:
        self.callers = [Caller(server) for _ in range(size)]
        self.pool = ThreadPoolExecutor(size)

    def turn(self, seconds: float = TURN) -> float:
        """Pages a second."""
        began = time.monotonic()
        asked: Callable[[Caller], int] = lambda caller: _until(caller, began + seconds)  # noqa: E731
        pages = sum(self.pool.map(asked, self.callers))
        return pages / (time.monotonic() - began)

    def leave(self) -> None:
        self.pool.shutdown()
        for caller in self.callers:
            caller.line.close()


def _until(caller: Caller, end: float) -> int:
    pages = 0
    while time.monotonic() < end:
        caller.page()
        pages += 1
    return pages
