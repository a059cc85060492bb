"""Pages that lose their connection at random moments and come back; only marks matter to them."""

import asyncio
import contextlib
import random
import re
import threading
import time

CUTS = 5
MARK = re.compile(rb"data: (\d+)\n")


class RestlessPage:
    def __init__(self, port: int, request: bytes, rng: random.Random) -> None:
        self.port = port
        self.request = request
        self.rng = rng
        self.marks: set[str] = set()
        self.newest = ""
        self.caught_up_after = float("inf")

    async def live_through(self, over: asyncio.Event) -> None:
        for _ in range(CUTS):
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.listen(), self.rng.uniform(0.005, 0.6))
        await over.wait()

    async def catch_up(self, truth: str) -> None:
        start = time.monotonic()
        await asyncio.wait_for(self.listen(until=truth), 10)
        self.caught_up_after = time.monotonic() - start

    async def listen(self, until: str | None = None) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            writer.write(self.request)
            while self.newest != until and (line := await reader.readline()):
                if found := MARK.match(line):
                    self.newest = found[1].decode()
                    self.marks.add(self.newest)
        finally:
            writer.transport.abort()


class Restlessness:
    """Runs pages in a thread of its own until they are told the truth to catch up with."""

    def __init__(self, pages: list[RestlessPage]) -> None:
        self.pages = pages
        self.truth: list[str] = []
        self._loop = asyncio.new_event_loop()
        self._over = asyncio.Event()
        self._thread = threading.Thread(target=self._loop.run_until_complete, args=[self._run()])

    def start(self) -> None:
        self._thread.start()

    def finish(self, truth: list[str]) -> None:
        self.truth = truth
        self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join(30)
        assert not self._thread.is_alive()
        self._loop.close()

    async def _run(self) -> None:
        await asyncio.gather(*(page.live_through(self._over) for page in self.pages))
        ends = zip(self.pages, self.truth, strict=True)
        await asyncio.gather(*(page.catch_up(truth) for page, truth in ends))
