"""An open page, as far as the wire is concerned: one request, and what comes back."""

import http.client
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.conf import settings
from django.test import Client

from couples.models import User
from couples.tickets import stream_address
from tests.cast import seat, signed_in
from tests.live.server import LiveServer

Frame = tuple[str, str]
ENDED = ("ended", "0")
GONE = ("gone", "")


@dataclass
class Listener:
    """`heard()` waits for the next frame; `gone` follows the last one."""

    server: LiveServer
    address: str
    cookie: str
    more: dict[str, str] = field(default_factory=dict)
    wire: bytes = b""

    def __post_init__(self) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=10)
        headers = {"Host": self.server.host, "Accept": "text/event-stream", **self.more}
        if self.cookie:
            headers["Cookie"] = f"{settings.SESSION_COOKIE_NAME}={self.cookie}"
        self._connection.request("GET", self.address, headers=headers)
        self.response = self._connection.getresponse()
        self._frames = self._read()

    def heard(self, within: float = 10.0) -> Frame:
        if self._connection.sock:
            self._connection.sock.settimeout(within)
        return next(self._frames, GONE)

    def close(self) -> None:
        self.response.close()
        self._connection.close()

    def read_line(self) -> bytes:
        line = self.response.readline()
        self.wire += line
        return line

    def _read(self) -> Iterator[Frame]:
        event, mark = "", ""
        while line := self.read_line():
            name, _, value = line.decode().strip().partition(": ")
            if name == "event":
                event = value
            elif name == "data":
                mark = value
            elif not name and event:
                yield event, mark
                event = ""


def session_of(browser: Client) -> str:
    return browser.cookies[settings.SESSION_COOKIE_NAME].value


def listen(server: LiveServer, user: User, browser: Client | None = None, **more: str) -> Listener:
    """Open a page of this person; its first frame is still to be heard."""
    session = session_of(browser or signed_in(user))
    headers = {name.replace("_", "-"): value for name, value in more.items()}
    return Listener(server, stream_address(seat(user), session), session, headers)


def seconds_since(start: float) -> float:
    return time.monotonic() - start
