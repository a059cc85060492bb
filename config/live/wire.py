"""The one subscription of this process. Losing it costs lateness, never a change."""

import asyncio
import logging
import random
from collections.abc import Callable

import redis.asyncio
from redis.asyncio.client import PubSub
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from couples.live import CHANNEL

log = logging.getLogger(__name__)
FIRST_WAIT, LONGEST_WAIT = 0.25, 8.0  # seconds
SILENCE = 10.0  # seconds after which Valkey is asked whether it is still there


async def listen(url: str, heard: Callable[[str], None], joined: Callable[[], None]) -> None:
    """Calls `heard` with each line, `joined` after each (re)subscription; ends by cancellation."""
    wait = FIRST_WAIT
    while True:
        client = redis.asyncio.Redis.from_url(
            url, socket_connect_timeout=2, retry=Retry(NoBackoff(), 0)
        )
        try:
            async with client, client.pubsub() as subscription:
                await subscription.subscribe(CHANNEL)
                wait = FIRST_WAIT
                await _read(subscription, heard, joined)
        except Exception as error:  # whatever it is, the next try may succeed
            log.warning("no live events from Valkey (%s)", type(error).__name__)
        await asyncio.sleep(wait * random.uniform(0.5, 1))  # noqa: S311
        wait = min(wait * 2, LONGEST_WAIT)


async def _read(
    subscription: PubSub, heard: Callable[[str], None], joined: Callable[[], None]
) -> None:
    unanswered = 0
    while unanswered < 2:
        message = await subscription.get_message(timeout=SILENCE)
        if message is None:
            unanswered += 1
            await subscription.ping()
            continue
        unanswered = 0
        if message["type"] == "subscribe":
            joined()
        elif message["type"] == "message":
            heard(message["data"].decode(errors="replace"))
    raise TimeoutError
