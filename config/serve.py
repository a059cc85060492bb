"""One process, one port, for a local run: live events as they are, pages through WSGI.

Behind a proxy two processes serve these (see docs/running.md): config.wsgi and config.live.
"""

import socket
import sys
from collections.abc import Sequence
from typing import Any, cast

import uvicorn
from a2wsgi import WSGIMiddleware

from config.live import application as live
from config.live.app import PATH as LIVE
from config.live.server import Server
from config.wsgi import application as pages

GRACE = 2  # seconds for open pages at the end; streams end at once
_pages = WSGIMiddleware(cast(Any, pages), workers=8)


async def application(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] == "http" and scope["path"] == LIVE:
        await live(scope, receive, send)
    else:
        await _pages(scope, receive, send)


def serve(doors: Sequence[socket.socket]) -> None:
    config = uvicorn.Config(
        application,
        lifespan="off",
        access_log=False,
        log_level="warning",
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=GRACE,
        timeout_keep_alive=15,
    )
    Server(config, live).run(sockets=list(doors))


if __name__ == "__main__":
    serve([socket.socket(fileno=int(number)) for number in sys.argv[1:]])
