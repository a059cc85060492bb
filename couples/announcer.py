"""Sends lines to Valkey without ever making anybody wait for it."""

import logging
import queue
import threading
from functools import cache

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

log = logging.getLogger(__name__)
AT_MOST = 1000  # lines waiting; more are dropped, for they are worth nothing when they are old
PATIENCE = 1  # seconds for one line


@cache
def announcer(url: str) -> "Announcer":
    return Announcer(url)


class Announcer:
    """One thread a process and Valkey, started by the first line, again after a fork."""

    def __init__(self, url: str) -> None:
        # One more try is for a connection that went stale while nothing happened.
        self._client = redis.Redis.from_url(
            url,
            socket_timeout=PATIENCE,
            socket_connect_timeout=PATIENCE,
            retry=Retry(NoBackoff(), 1),
        )
        self._waiting: queue.Queue[tuple[str, str]] = queue.Queue(AT_MOST)
        self._thread: threading.Thread | None = None
        self._starting = threading.Lock()

    def say(self, channel: str, line: str) -> None:
        with self._starting:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._send, daemon=True, name="announcer")
                self._thread.start()
        try:
            self._waiting.put_nowait((channel, line))
        except queue.Full:
            log.warning("live events are piling up; pages will learn by and by")

    def _send(self) -> None:
        while True:
            channel, line = self._waiting.get()
            try:
                self._client.publish(channel, line)
            except redis.RedisError as error:
                log.warning("a live event was not sent (%s)", type(error).__name__)
