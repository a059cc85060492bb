import asyncio

from config.live.stream import Stream
from couples.tickets import Ticket

TICKET = Ticket("couple", "member", 1, "proof")


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


def test_a_page_on_a_slow_line_holds_up_nobody_and_learns_the_newest_number():
    async def run() -> tuple[list[bytes], list[bytes]]:
        slow, quick = Line(), Line()
        quick.free.set()
        streams = [Stream(TICKET, "session", 0) for _ in range(2)]
        for stream, line in zip(streams, (slow, quick), strict=True):
            stream.tell(1)
            await stream.open(line.send, [])
        for number in range(2, 100):
            for stream in streams:
                stream.tell(number)
            await streams[1].written()
        slow.free.set()
        await streams[0].written()
        return slow.parts[1:], quick.parts[1:]

    slow, quick = asyncio.run(run())
    assert len(quick) == 98
    assert [part.split(b"\n")[1] for part in slow] == [b"id: 2", b"id: 99"]


def test_an_older_number_is_never_said_after_a_newer_one():
    async def run() -> list[bytes]:
        line = Line()
        line.free.set()
        stream = Stream(TICKET, "session", 0)
        stream.tell(7)
        await stream.open(line.send, [])
        for number in (9, 8, 3):
            stream.tell(number)
            await stream.written()
        return line.parts[1:]

    assert asyncio.run(run()) == [b"event: changed\nid: 9\ndata: 9\n\n"]
