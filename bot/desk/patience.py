"""Waiting for what is away: a database that fails, or whatever else can be tried again."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.store.errors import StoreError

WAITS = (0.25, 0.5, 1, 2, 4, 8, 15, 30, 30)
"""Seconds between the attempts: a minute and a half in all."""

T = TypeVar("T")


async def patiently(do: Callable[[], Awaitable[T]], away: tuple[type[Exception], ...] = (StoreError,)) -> T:
    """Return what ``do`` returns, trying again while it raises one of ``away``, raised when it goes on so."""
    for wait in WAITS:
        try:
            return await do()
        except away:
            await asyncio.sleep(wait)
    return await do()
