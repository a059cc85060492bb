"""One open page: the newest mark it should know, and what has been said to it."""

import asyncio
import contextlib

from asgiref.typing import ASGISendCallable, HTTPResponseBodyEvent

from config.live import frames
from couples.live import News
from couples.tickets import Ticket

Headers = list[tuple[bytes, bytes]]


class Stream:
    """Everything after the first frame is written here, by one short task at a time.

    Callers only say what has become true and never wait: a page on a slow line holds up nobody and
    learns the newest mark when it can. The task that serves the request sleeps until the response
    is complete or the page has gone.
    """

    __slots__ = (
        "_beat",
        "_end",
        "_said",
        "_send",
        "_writing",
        "news",
        "session",
        "ticket",
        "until",
    )

    def __init__(self, ticket: Ticket, session: str, until: float) -> None:
        self.ticket = ticket
        self.session = session
        self.until = until
        self.news = News(-1, "")
        self._said = ""
        self._beat = False
        self._end: bytes | None = None
        self._send: ASGISendCallable | None = None
        self._writing: asyncio.Task[None] | None = None

    async def open(self, send: ASGISendCallable, headers: Headers) -> None:
        await send(
            {"type": "http.response.start", "status": 200, "headers": headers, "trailers": False}
        )
        self._said = self.news.mark
        await send(_part(frames.first(self._said)))
        self._send = send
        self._wake()

    @property
    def is_open(self) -> bool:
        return self._send is not None

    def tell(self, news: News) -> None:
        """Lines and answers of the database may come in any order; what is older is passed over."""
        if news.seq > self.news.seq:
            self.news = news
            self._wake()

    def beat(self) -> None:
        self._beat = True
        self._wake()

    def end(self, last_words: bytes = b"") -> None:
        """Complete the response. Without last words the page comes back by itself."""
        self._end = last_words
        self._wake()

    async def written(self) -> None:
        if self._writing:
            await self._writing

    def _wake(self) -> None:
        if self._send and not self._writing:
            self._writing = asyncio.get_running_loop().create_task(self._write())

    async def _write(self) -> None:
        # A server may raise once the page has gone; the request's own task learns of it.
        with contextlib.suppress(OSError):
            while self._send and (part := self._next()):
                send = self._send
                if not part["more_body"]:
                    self._send = None
                await send(part)
        self._writing = None

    def _next(self) -> HTTPResponseBodyEvent | None:
        if self._end is not None:
            return _part(self._end, more=False)
        if self.news.mark != self._said:
            self._said, self._beat = self.news.mark, False
            return _part(frames.changed(self._said))
        if self._beat:
            self._beat = False
            return _part(frames.BEAT)
        return None


def _part(body: bytes, *, more: bool = True) -> HTTPResponseBodyEvent:
    return {"type": "http.response.body", "body": body, "more_body": more}
