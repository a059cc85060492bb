"""The reference: Django's own way to stream, with nothing else in it. Served by uvicorn.

No session, no database, no check of who asks. One subscription for the process, as ours has.
"""

import asyncio
import os
from collections.abc import AsyncIterator

import redis.asyncio
from django.conf import settings
from django.core.asgi import get_asgi_application
from django.http import HttpRequest, StreamingHttpResponse
from django.urls import path

settings.configure(
    SECRET_KEY="-",  # noqa: S106
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    LOGGING_CONFIG=None,
)
_waiting: dict[str, list[asyncio.Queue[str]]] = {}
_listening: list[asyncio.Task[None]] = []


async def stream(request: HttpRequest) -> StreamingHttpResponse:
    if not _listening:
        _listening.append(asyncio.create_task(listen()))
    return StreamingHttpResponse(
        events(request.GET["couple"]),
        content_type="text/event-stream",
        headers={"Cache-Control": "no-store"},
    )


async def events(couple: str) -> AsyncIterator[bytes]:
    queue: asyncio.Queue[str] = asyncio.Queue()
    _waiting.setdefault(couple, []).append(queue)
    try:
        yield b"event: changed\ndata: 0\n\n"
        while True:
            number = await queue.get()
            yield f"event: changed\ndata: {number}\n\n".encode()
    finally:
        _waiting[couple].remove(queue)


async def listen() -> None:
    client = redis.asyncio.Redis.from_url(os.environ["REDIS_URL"])
    async with client.pubsub() as subscription:
        await subscription.subscribe("leeway:live")
        async for message in subscription.listen():
            if message["type"] == "message":
                _, couple, number, _ = message["data"].decode().split()
                for queue in _waiting.get(couple, ()):
                    queue.put_nowait(number)


urlpatterns = [path("live/", stream)]
application = get_asgi_application()
