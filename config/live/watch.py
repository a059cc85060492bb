"""Keeps streams true: on every event at once, and every fifteen seconds whatever happens."""

import asyncio
import contextlib
import logging
import time
from collections.abc import Coroutine, Iterable

from config.live import frames, wire
from config.live.desk import Desk, Unavailable
from config.live.hub import Hub
from config.live.stream import Stream
from couples.live import News

log = logging.getLogger(__name__)
EVERY = 15.0  # seconds
FAREWELL = 0.5  # seconds in which tasks must have let go
SLICE = 100  # streams spoken to before anything else gets a turn


class Watch:
    def __init__(self, hub: Hub, desk: Desk, every: float = EVERY) -> None:
        self._hub = hub
        self._desk = desk
        self._every = every
        self._early = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, valkey: str) -> None:
        """From within the event loop. Without an address of Valkey only the clock tells."""
        if self._tasks:
            return
        self._keep(self._tick())
        if valkey:
            self._keep(wire.listen(valkey, self.heard, self._early.set))

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=FAREWELL)

    def heard(self, line: str) -> None:
        """A line of `couples.live`. One that cannot be read is as good as none."""
        match line.split():
            case ["changed", couple, seq, mark] if seq.isdecimal() and mark.isdecimal():
                for stream in self._hub.of_couple(couple):
                    stream.tell(News(int(seq), mark))
            case ["check", couple]:
                self._keep(self._verify(self._hub.of_couple(couple)))
            case ["session", mark]:
                self._keep(self._verify(self._hub.of_session(mark)))

    async def _tick(self) -> None:
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._every):
                    await self._early.wait()
            self._early.clear()
            try:
                await self._verify(self._hub)
                await self._beat()
            except Exception:
                log.exception("a round of checks was not finished")  # the next one comes

    async def _verify(self, streams: Iterable[Stream]) -> None:
        """Streams that may not be open end; the others learn what the database says."""
        asked = list(streams)
        if not asked:
            return
        try:
            found = await self._desk.news_of_all([(each.ticket, each.session) for each in asked])
        except Unavailable as trouble:
            log.warning("streams could not be checked (%s)", type(trouble.__cause__).__name__)
            return
        for place, (stream, news) in enumerate(zip(asked, found, strict=True)):
            if news is None:
                stream.end(frames.ENDED)
            else:
                stream.tell(news)
            await _give_way(place)

    async def _beat(self) -> None:
        now = time.monotonic()
        for place, stream in enumerate(self._hub):
            if now > stream.until:
                stream.end()
            else:
                stream.beat()
            await _give_way(place)

    def _keep(self, work: Coroutine[object, object, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def _give_way(place: int) -> None:
    if place % SLICE == SLICE - 1:
        await asyncio.sleep(0)
