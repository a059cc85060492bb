"""The ASGI callable of `/live/`: no Django in the way of an event, no connection held."""

import asyncio
import random
import time

from asgiref.typing import ASGIReceiveCallable, ASGISendCallable, HTTPScope, Scope
from django.conf import settings

from config.live import door, headers
from config.live.desk import Desk, Unavailable
from config.live.hub import PER_PROCESS, Hub
from config.live.stream import Headers, Stream
from config.live.watch import EVERY, Watch

PATH = "/live/"
LIFE = (480.0, 585.0)  # seconds; with one tick more it stays below ten minutes
FAREWELL = 0.5  # seconds in which streams are ended when the process stops


class Live:
    def __init__(
        self,
        *,
        every: float = EVERY,
        life: tuple[float, float] = LIFE,
        most: int = PER_PROCESS,
    ) -> None:
        self._hub = Hub(most)
        self._desk = Desk()
        self._watch = Watch(self._hub, self._desk, every)
        self._life = life
        self._stopping = False

    async def __call__(
        self, scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable
    ) -> None:
        if scope["type"] != "http":
            return
        stream = self._stream(scope)
        if stream is None:
            return await refuse(send, 404)
        if self._stopping or not self._hub.add(stream):
            return await refuse(send, 503)
        try:
            await self._serve(stream, receive, send)
        finally:
            self._hub.discard(stream)

    async def close(self) -> None:
        """End every stream at once; pages come back by themselves within five seconds."""
        self._stopping = True
        await self._watch.stop()
        streams = list(self._hub)
        for stream in streams:
            stream.end()
        written = [asyncio.create_task(stream.written()) for stream in streams]
        if written:
            await asyncio.wait(written, timeout=FAREWELL)

    def _stream(self, scope: HTTPScope) -> Stream | None:
        if scope["path"] != PATH or scope["method"] != "GET":
            return None
        caller = door.caller(scope)
        until = time.monotonic() + random.uniform(*self._life)  # noqa: S311
        return caller and Stream(caller.ticket, caller.session, until)

    async def _serve(
        self, stream: Stream, receive: ASGIReceiveCallable, send: ASGISendCallable
    ) -> None:
        # It is in the hub by now: what happens from here on is heard, or seen by the query.
        self._watch.start(settings.REDIS_URL)
        try:
            news = await self._desk.news((stream.ticket, stream.session))
        except Unavailable:
            return await refuse(send, 503)
        if news is None:
            return await refuse(send, 404)
        stream.tell(news)
        await stream.open(send, headers.STREAM)
        while (await receive())["type"] != "http.disconnect":
            pass


async def refuse(send: ASGISendCallable, status: int) -> None:
    fields: Headers = headers.FULL if status == 503 else headers.REFUSAL
    await send(
        {"type": "http.response.start", "status": status, "headers": fields, "trailers": False}
    )
    await send({"type": "http.response.body", "body": b"", "more_body": False})
