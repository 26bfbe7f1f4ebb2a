"""The topics that there are: those that come with the software, and those kept in the home."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, TypeVar

from bot.settings import Settings
from knowledge import catalogue
from knowledge.topics import Topic

if TYPE_CHECKING:
    from bot.store.topics import Topics

T = TypeVar("T")


def named(settings: Settings, name: str) -> Topic:
    """Return the topic with that id; UnknownTopic when there is none. Without a database nothing heavy is loaded."""
    return _kept(settings, lambda topics: topics.load(name)) if _any(settings) else catalogue.named(name)


def head(settings: Settings, name: str) -> Topic:
    """Return the topic with that id, its readings left aside; UnknownTopic when there is none."""
    return _kept(settings, lambda topics: topics.head(name)) if _any(settings) else catalogue.named(name)


def listed(settings: Settings) -> list[dict[str, Any]]:
    """Return every topic as a plain record: id, motion, sides, how many sources and passages it has."""
    return [asdict(each) for each in _kept(settings, lambda topics: topics.list())]


def _any(settings: Settings) -> bool:
    return settings.database_file.exists()


def _kept(settings: Settings, ask: "Callable[[Topics], Awaitable[T]]") -> T:
    """Return what the store of topics answers."""

    async def work() -> T:
        from bot.store.database import database
        from bot.store.topics import Topics

        async with database(settings.database) as engine:
            return await ask(Topics(engine))

    return asyncio.run(work())
