"""Asks the database for all who wait, together: a thousand pages coming back cost few queries."""

import asyncio
from collections.abc import Sequence

import psycopg

from config.live import truth
from config.live.truth import Asked
from couples.live import News

AT_ONCE = 500


class Unavailable(Exception):
    """The database could not be asked."""


class Desk:
    """One query at a time; whoever comes meanwhile is part of the next one."""

    def __init__(self) -> None:
        self._waiting: list[tuple[Asked, asyncio.Future[News | None]]] = []
        self._asking: asyncio.Task[None] | None = None

    async def news(self, asked: Asked) -> News | None:
        """Where its couple is, or None. Raises Unavailable."""
        answer: asyncio.Future[News | None] = asyncio.get_running_loop().create_future()
        self._waiting.append((asked, answer))
        if self._asking is None or self._asking.done():
            self._asking = asyncio.create_task(self._serve())
        return await answer

    async def news_of_all(self, asked: Sequence[Asked]) -> list[News | None]:
        """The same for many, in a query of their own. Raises Unavailable."""
        try:
            async with await truth.connect() as connection:
                return await truth.ask(connection, asked)
        except psycopg.Error as error:
            raise Unavailable from error

    async def _serve(self) -> None:
        while self._waiting:
            try:
                async with await truth.connect() as connection:
                    while self._waiting:
                        await self._answer(connection)
            except psycopg.Error as error:
                self._give_up(error)

    async def _answer(self, connection: truth.Connection) -> None:
        batch = self._waiting[:AT_ONCE]
        found = await truth.ask(connection, [asked for asked, _ in batch])
        del self._waiting[: len(batch)]
        for (_, answer), news in zip(batch, found, strict=True):
            if not answer.done():
                answer.set_result(news)

    def _give_up(self, error: psycopg.Error) -> None:
        waiting, self._waiting = self._waiting, []
        for _, answer in waiting:
            if not answer.done():
                answer.set_exception(Unavailable(type(error).__name__))
