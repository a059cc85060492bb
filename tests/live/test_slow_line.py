import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from config.live.stream import Stream
from couples.live import News
from couples.tickets import Ticket

TICKET = Ticket("couple", "member", 1, "proof")


def news(seq: int) -> News:
    return News(seq, f"m{seq}")


def done(work: Coroutine[Any, Any, Any]) -> Any:
    """In a thread: a browser test before this one may have left its loop in ours."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


class Line:
    """Takes the first frame, then nothing until it is free again."""

    def __init__(self) -> None:
        self.free = asyncio.Event()
        self.parts: list[bytes] = []

    async def send(self, message) -> None:
        if self.parts:
            await self.free.wait()
        if message["type"] == "http.response.body":
            self.parts.append(message["body"])


def test_a_page_on_a_slow_line_holds_up_nobody_and_learns_the_newest_mark():
    async def run() -> tuple[list[bytes], list[bytes]]:
        slow, quick = Line(), Line()
        quick.free.set()
        streams = [Stream(TICKET, "session", 0) for _ in range(2)]
        for stream, line in zip(streams, (slow, quick), strict=True):
            stream.tell(news(1))
            await stream.open(line.send, [])
        for number in range(2, 100):
            for stream in streams:
                stream.tell(news(number))
            await streams[1].written()
        slow.free.set()
        await streams[0].written()
        return slow.parts[1:], quick.parts[1:]

    slow, quick = done(run())
    assert len(quick) == 98
    assert [part.split(b"\n")[1] for part in slow] == [b"data: m2", b"data: m99"]


def test_an_older_mark_is_never_said_after_a_newer_one():
    async def run() -> list[bytes]:
        line = Line()
        line.free.set()
        stream = Stream(TICKET, "session", 0)
        stream.tell(news(7))
        await stream.open(line.send, [])
        for number in (9, 8, 3):
            stream.tell(news(number))
            await stream.written()
        return line.parts[1:]

    assert done(run()) == [b"event: changed\ndata: m9\n\n"]


@pytest.mark.safety("S4")
def test_what_came_and_went_before_it_could_be_said_is_not_said():
    async def run() -> list[bytes]:
        line = Line()
        line.free.set()
        stream = Stream(TICKET, "session", 0)
        stream.tell(News(1, "m"))
        await stream.open(line.send, [])
        stream.tell(News(2, "other"))
        stream.tell(News(3, "m"))
        await stream.written()
        return line.parts[1:]

    assert done(run()) == []
