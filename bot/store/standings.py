"""Which topics a server offers."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.sessions import reading, writing
from bot.store.tables import StandingRow


class Standing(StrEnum):
    """Who sees a topic: those who set up (draft), everyone (published), nobody in lists (archived)."""

    DRAFT = "draft"
    PUBLISHED = "published"
    ARCHIVED = "archived"


@dataclass(frozen=True)
class Standings:
    """Keeps the standing of one server's topics."""

    engine: AsyncEngine

    async def all(self) -> Mapping[str, Standing]:
        """Return the standing of every topic that was given one."""
        async with reading(self.engine) as session:
            rows = (await session.execute(select(StandingRow))).scalars()
            return {row.topic: Standing(row.standing) for row in rows}

    async def set(self, topic: str, standing: Standing) -> None:
        """Give a topic its standing."""
        async with writing(self.engine) as session:
            await session.merge(StandingRow(topic=topic, standing=standing.value))

    async def forget(self, topic: str) -> None:
        """Forget a topic's standing."""
        async with writing(self.engine) as session:
            await session.execute(delete(StandingRow).where(StandingRow.topic == topic))
