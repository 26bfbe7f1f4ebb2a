"""Waiting for the state to become something, woken by each change of it."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class Changes:
    """Wakes everybody who waits, at each change."""

    def __init__(self, summary: Callable[[], str]) -> None:
        self._summary = summary
        self._waiting: set[asyncio.Future[None]] = set()

    def happened(self) -> None:
        """Something changed: conditions are looked at again."""
        waiting, self._waiting = self._waiting, set()
        for future in waiting:
            if not future.done():
                future.set_result(None)

    async def until(self, condition: Callable[[], T | None], limit: float = 10.0) -> T:
        """What the condition gives once it gives something true; TimeoutError after ``limit`` seconds."""
        try:
            async with asyncio.timeout(limit):
                while not (found := condition()):
                    await self._next()
                return found
        except TimeoutError:
            raise TimeoutError(f"still waiting after {limit:g} s\n{self._summary()}") from None

    async def _next(self) -> None:
        future = asyncio.get_running_loop().create_future()
        self._waiting.add(future)
        try:
            await future
        finally:
            self._waiting.discard(future)
