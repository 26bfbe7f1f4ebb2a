"""The bot at work in a server of a fake Discord, with the real model and stores, as tests and benchmarks use it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.assembly import now
from bot.chat.client import Gainsay
from bot.desk.desk import Desk, desk
from bot.picture import draw
from tests.support.discord.fake import LOOPBACK, FakeDiscord
from tests.support.discord.guilds import Guild
from tests.support.discord.messages import Message
from tests.support.discord.people import Person
from tests.support.discord.places import Channel, Thread
from tests.support.readings import apart, bundled, shelves

PATIENCE = 60.0
"""Seconds that an answer may take on a busy machine."""


@dataclass
class Club:
    """A server with the bot in it, two debaters, somebody who looks on and a moderator."""

    discord: FakeDiscord
    client: Gainsay
    desk: Desk
    guild: Guild
    general: Channel
    ann: Person
    bob: Person
    eve: Person
    mod: Person

    async def opened(self, person: Person | None = None, **options: object) -> Thread:
        """Return the thread of a round that somebody has just opened, its card posted."""
        who = person or self.ann
        seen = await who.runs(self.general, "debate start", **({"side": "engagement"} | options))
        await seen.settled(PATIENCE)
        thread = self.general.threads[-1]
        assert str(thread.id) in seen.text, seen.text
        return thread

    async def answered(self, thread: Thread, count: int = 1) -> Message:
        """Return the bot's last message in a thread, once there are so many more than now."""
        wanted = len(self.said(thread)) + count
        await self.discord.until(lambda: len(self.said(thread)) >= wanted, PATIENCE)
        return self.said(thread)[-1]

    def said(self, thread: Thread) -> list[Message]:
        """Return what the bot has posted in a thread."""
        return [message for message in thread.messages if message.author.id == self.discord.bot.id]


@asynccontextmanager
async def a_desk(folder: Path) -> AsyncIterator[Desk]:
    """Yield a desk whose houses are in a folder, on the loop that is apart."""
    await asyncio.to_thread(bundled)
    work = apart()
    entered = desk(folder, shelves(), now, draw)
    ready = await work(entered.__aenter__())
    try:
        yield ready
    finally:
        await work(entered.__aexit__(None, None, None))


@asynccontextmanager
async def club(folder: Path, monkeypatch: pytest.MonkeyPatch, reads: bool = True) -> AsyncIterator[Club]:
    """Yield a server with the bot in it, ready."""
    async with FakeDiscord.started() as discord, a_desk(folder) as ready:
        discord.wire(monkeypatch)
        guild = discord.guild("Debate Club")
        ann, bob, eve = (guild.member(name) for name in ("ann", "bob", "eve"))
        mod = guild.member("mod", permissions=_managing())
        async with running(discord, ready, reads) as client:
            yield Club(discord, client, ready, guild, guild.channels["general"], ann, bob, eve, mod)


@asynccontextmanager
async def running(discord: FakeDiscord, ready: Desk, reads: bool = True) -> AsyncIterator[Gainsay]:
    """Yield the bot, logged in."""
    client = Gainsay(ready, apart(), reads, frozenset({LOOPBACK}))
    client._connection.guild_ready_timeout = 0.05  # seconds that discord.py waits for more servers before it is ready
    discord.ready.clear()
    async with discord.running(client):
        yield client


def _managing() -> int:
    from discord import Permissions

    from tests.support.discord.guilds import USUAL

    return USUAL | Permissions(manage_guild=True).value
