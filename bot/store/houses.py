"""A house is what one server keeps: a database of its own, so that none sees another's."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.answers import Answers
from bot.store.charters import Charters
from bot.store.database import database
from bot.store.rounds import Rounds
from bot.store.seats import Seats
from bot.store.standings import Standings
from bot.store.topics import Topics
from bot.store.vectors import StoredVectors

COMMONS = "commons"
"""The house of those who ask outside any server."""


@dataclass(frozen=True)
class House:
    """What one server keeps."""

    name: str
    engine: AsyncEngine

    @cached_property
    def topics(self) -> Topics:
        """Return its topics."""
        return Topics(self.engine)

    @cached_property
    def standings(self) -> Standings:
        """Return which topics it offers."""
        return Standings(self.engine)

    @cached_property
    def rounds(self) -> Rounds:
        """Return its rounds."""
        return Rounds(self.engine)

    @cached_property
    def seats(self) -> Seats:
        """Return who plays them where."""
        return Seats(self.engine)

    @cached_property
    def answers(self) -> Answers:
        """Return what was asked."""
        return Answers(self.engine)

    @cached_property
    def charters(self) -> Charters:
        """Return its charter."""
        return Charters(self.engine)

    @cached_property
    def vectors(self) -> StoredVectors:
        """Return the vectors of its own readings."""
        return StoredVectors(self.engine)


class Houses:
    """Opens houses, each once, and keeps them open until the end."""

    def __init__(self, folder: Path, stack: AsyncExitStack) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._stack = stack
        self._names = {path.stem for path in folder.glob("*.db")}
        self._open: dict[str, tuple[House, AsyncExitStack]] = {}
        self._turn = asyncio.Lock()

    async def of(self, name: str) -> House:
        """Return the house of that name, made at first use; StoreError when its database can't be opened."""
        if found := self._open.get(name):
            return found[0]
        async with self._turn:
            if name not in self._open:
                mine = await self._stack.enter_async_context(AsyncExitStack())
                engine = await mine.enter_async_context(database(f"sqlite+aiosqlite:///{self._file(name)}"))
                self._open[name] = (House(name, engine), mine)
                self._names.add(name)
            return self._open[name][0]

    def __contains__(self, name: str) -> bool:
        """Return whether there is a house of that name; any thread may ask."""
        return name in self._names

    def names(self) -> list[str]:
        """Return the names of the houses that there are."""
        return sorted(self._names)

    async def raze(self, name: str) -> None:
        """Delete a house with all that it keeps."""
        async with self._turn:
            if found := self._open.pop(name, None):
                await found[1].aclose()
            for file in self._folder.glob(f"{name}.db*"):
                file.unlink(missing_ok=True)
            self._names.discard(name)

    def _file(self, name: str) -> Path:
        return self._folder / f"{name}.db"


@asynccontextmanager
async def houses(folder: Path) -> AsyncIterator[Houses]:
    """Yield the houses kept in a folder."""
    async with AsyncExitStack() as stack:
        yield Houses(folder, stack)


class Loads(Protocol):
    """Where vectors are looked up."""

    async def load(self, collection: str, model: str) -> Mapping[bytes, bytes]:
        """Return what is kept: digest of the text → float32 vector as bytes."""


@dataclass(frozen=True)
class SharedVectors:
    """The vectors of a house, with those of the bundled readings, which all houses share, behind them."""

    shared: Loads
    own: StoredVectors

    async def load(self, collection: str, model: str) -> Mapping[bytes, bytes]:
        """Return what is kept in either place."""
        return {**await self.shared.load(collection, model), **await self.own.load(collection, model)}

    async def save(self, collection: str, model: str, vectors: Mapping[bytes, bytes]) -> None:
        """Keep these in the house."""
        await self.own.save(collection, model, vectors)
