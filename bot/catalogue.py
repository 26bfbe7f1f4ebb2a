"""The topics that there are: those that come with the software, and those kept in the home."""

import asyncio
from dataclasses import asdict
from typing import Any

from bot.settings import Settings
from knowledge import catalogue
from knowledge.topics import Topic


def named(settings: Settings, name: str) -> Topic:
    """Return the topic with that id; UnknownTopic when there is none. Without a database nothing heavy is loaded."""
    return asyncio.run(_load(settings, name)) if settings.database_file.exists() else catalogue.named(name)


async def _load(settings: Settings, name: str) -> Topic:
    from bot.store.database import database
    from bot.store.topics import Topics

    async with database(settings.database) as engine:
        return await Topics(engine).load(name)


def listed(settings: Settings) -> list[dict[str, Any]]:
    """Return every topic as a plain record: id, motion, sides, how many sources and passages it has."""
    return asyncio.run(_listed(settings))


async def _listed(settings: Settings) -> list[dict[str, Any]]:
    from bot.store.database import database
    from bot.store.topics import Topics

    async with database(settings.database) as engine:
        return [asdict(each) for each in await Topics(engine).list()]
