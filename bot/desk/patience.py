"""Waiting for a database that is away."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.store.errors import StoreError

WAITS = (0.25, 0.5, 1, 2, 4, 8, 15, 30, 30)
"""Seconds between the attempts: a minute and a half in all."""

T = TypeVar("T")


async def patiently(do: Callable[[], Awaitable[T]]) -> T:
    """Return what ``do`` returns, trying again while the database fails; StoreError when it stays away."""
    for wait in WAITS:
        try:
            return await do()
        except StoreError:
            await asyncio.sleep(wait)
    return await do()
