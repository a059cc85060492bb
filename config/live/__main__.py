"""`python -m config.live`: the process that serves `/live/` behind the proxy. LIVE_HOST, LIVE_PORT
say where; LIVE_PROXY names the proxy whose word on the scheme counts."""

import logging.config

import uvicorn
from django.conf import settings

from config import env
from config.live import application
from config.live.server import Server

GRACE = 3  # seconds


def main() -> None:
    logging.config.dictConfig(settings.LOGGING)
    config = uvicorn.Config(
        application,
        host=env.text("LIVE_HOST", "127.0.0.1"),
        port=env.number("LIVE_PORT", 8001),
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        forwarded_allow_ips=env.text("LIVE_PROXY", "127.0.0.1"),
        timeout_graceful_shutdown=GRACE,
        backlog=4096,
    )
    Server(config, application).run()


if __name__ == "__main__":
    main()
