"""The charter of a server: what those who run it have decided."""

from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.sessions import reading, writing
from bot.store.tables import CharterRow

_KEY = "charter"


class Charter(BaseModel):
    """What a server has decided. Ids are Discord's; where a list is empty, everybody or every channel is meant."""

    model_config = ConfigDict(frozen=True)

    channels: tuple[int, ...] = ()
    starters: tuple[int, ...] = ()
    managers: tuple[int, ...] = ()
    """Roles that may set up topics, beside those who manage the server."""
    topics: dict[int, str] = Field(default_factory=dict)
    """The default topic of a channel."""
    rounds_each: int = Field(default=3, ge=1, le=50)
    """Rounds that one person may have open at once."""
    messages_each: int = Field(default=12, ge=1, le=120)
    """Messages of one person that are answered in a minute."""
    messages_all: int = Field(default=240, ge=1, le=2000)
    """Messages of the whole server that are answered in a minute."""
    quiet_from: int = Field(default=0, ge=0, le=23)
    quiet_to: int = Field(default=0, ge=0, le=23)
    """Hours, UTC, between which nothing is started or answered; equal where there are none."""
    words: bool = True
    """Whether the bot speaks in words of its own; else it shows cards, clock, flow and ballot alone."""
    retention_days: int = Field(default=90, ge=1, le=3650)
    left: str = ""
    """When the bot was removed from the server, ISO 8601; "" while it is there."""

    def quiet(self, hour: int) -> bool:
        """Return whether an hour of the day, UTC, is a quiet one."""
        start, end = self.quiet_from, self.quiet_to
        return start <= hour < end if start <= end else hour >= start or hour < end


@dataclass(frozen=True)
class Charters:
    """Keeps the charter of one server."""

    engine: AsyncEngine

    async def load(self) -> Charter:
        """Return the charter; the usual one where nothing was decided."""
        async with reading(self.engine) as session:
            row = await session.get(CharterRow, _KEY)
            return Charter.model_validate_json(row.charter) if row else Charter()

    async def keep(self, charter: Charter) -> None:
        """Keep the charter in the place of the last."""
        async with writing(self.engine) as session:
            await session.merge(CharterRow(key=_KEY, charter=charter.model_dump_json()))
