"""A crowd of open pages: sockets that read numbers, and nothing else."""

import asyncio
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

AT_ONCE = 100  # connections being opened
PATIENCE = 120.0  # seconds
BETWEEN = 0.01  # seconds between two events


@dataclass(frozen=True)
class Server:
    port: int
    pid: int
    requests: dict[str, bytes]
    """For each stream, what is sent to open it; two streams share a couple."""
    couples: dict[str, str]

    @property
    def kib(self) -> float:
        fields = Path(f"/proc/{self.pid}/status").read_text().split("VmRSS:")[1]
        return float(fields.split()[0])

    @property
    def cpu(self) -> float:
        """Seconds of processor time so far."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class OpenPage(asyncio.Protocol):
    def __init__(self, couple: str, heard: Callable[[str, int], None]) -> None:
        self.couple = couple
        self.heard = heard
        self.opened = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        _, found, rest = data.rpartition(b"data: ")
        if not found:
            return
        if not self.opened.done():
            self.opened.set_result(None)
        else:
            self.heard(self.couple, int(rest.split(b"\n")[0]))


class Crowd:
    """All pages of one server. Between rounds they stay open and idle."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.loop = asyncio.new_event_loop()
        self.pages: list[OpenPage] = []
        self.sent: dict[int, float] = {}
        self.late: list[float] = []

    def fill(self) -> float:
        """KiB of the server for each stream; measured after a first few, so that it is warm."""
        names = list(self.server.requests)
        self._run(self._open(names[:50]))
        before = self.server.kib
        self._run(self._open(names[50:]))
        return (self.server.kib - before) / (len(names) - 50)

    def come_back(self) -> dict[str, float]:
        """Seconds until all pages that lost their connection at once have their first frame.

        The processor time of the server is that of losing them and of taking them back.
        """
        cpu = self.server.cpu
        self.leave()
        start = time.monotonic()
        self._run(self._open(list(self.server.requests)))
        return {"back": time.monotonic() - start, "cpu": self.server.cpu - cpu}

    def hear(self, publish: Callable[[str, int], None], events: int) -> dict[str, float]:
        """From publishing an event until its two pages have it, in milliseconds."""
        self.late.clear()
        self._run(self._listen(publish, events))
        late = sorted(self.late)
        return {"p50": late[len(late) // 2], "p95": late[int(len(late) * 0.95)]}

    def leave(self) -> None:
        for page in self.pages:
            page.transport.abort()  # type: ignore[attr-defined]
        self.pages.clear()
        self._run(asyncio.sleep(0.5))

    async def _open(self, names: list[str]) -> None:
        gate = asyncio.Semaphore(AT_ONCE)

        async def one(name: str) -> None:
            async with gate:
                _, page = await asyncio.get_running_loop().create_connection(
                    lambda: OpenPage(self.server.couples[name], self._heard),
                    "127.0.0.1",
                    self.server.port,
                )
                page.transport.write(self.server.requests[name])  # type: ignore[attr-defined]
                self.pages.append(page)
                await page.opened

        await asyncio.wait_for(asyncio.gather(*map(one, names)), PATIENCE)

    async def _listen(self, publish: Callable[[str, int], None], events: int) -> None:
        couples = sorted(set(self.server.couples.values()))
        first = max(self.sent, default=1000) + 1
        for number in range(first, first + events):
            self.sent[number] = time.monotonic()
            publish(couples[number % len(couples)], number)
            await asyncio.sleep(BETWEEN)
        until = time.monotonic() + PATIENCE
        while len(self.late) < 2 * events and time.monotonic() < until:
            await asyncio.sleep(BETWEEN)

    def _heard(self, couple: str, number: int) -> None:
        if number in self.sent:
            self.late.append((time.monotonic() - self.sent[number]) * 1000)

    def _run(self, work: object) -> None:
        self.loop.run_until_complete(work)  # type: ignore[arg-type]
