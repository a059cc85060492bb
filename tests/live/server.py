"""A live process in a thread of the test, against its database."""

import logging
import socket
import threading
from typing import Any

import uvicorn

from config.live.app import Live
from config.live.server import Server

logging.getLogger("uvicorn.error").setLevel(logging.WARNING)


class LiveServer:
    def __init__(self, **options: Any) -> None:
        self.door = socket.create_server(("127.0.0.1", 0), backlog=500)
        self.port: int = self.door.getsockname()[1]
        self.host = f"localhost:{self.port}"
        live = Live(**options)
        config = uvicorn.Config(
            live, lifespan="off", access_log=False, log_config=None, timeout_graceful_shutdown=3
        )
        self._server = Server(config, live)
        self._thread = threading.Thread(
            target=self._server.run, kwargs={"sockets": [self.door]}, daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(5)
        assert not self._thread.is_alive()
