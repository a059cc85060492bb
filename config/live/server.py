"""uvicorn, but streams end before it waits for connections to close: it stops within a second."""

import socket

import uvicorn

from config.live.app import Live


class Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, live: Live) -> None:
        super().__init__(config)
        self._live = live

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await self._live.close()
        await super().shutdown(sockets)
