"""The fake as tests use it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager
from typing import Self, TypeVar

import pytest
from aiohttp import web
from discord import Client, Permissions
from discord.asset import Asset
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL

from tests.support.discord.cdn import Cdn
from tests.support.discord.clock import Clock
from tests.support.discord.contract import contract
from tests.support.discord.faults import Fault
from tests.support.discord.gateway import Gateway
from tests.support.discord.guilds import USUAL, Guild, int_of
from tests.support.discord.people import Person
from tests.support.discord.refusals import Refused
from tests.support.discord.server import API, Rest
from tests.support.discord.users import User
from tests.support.discord.world import World

T = TypeVar("T")
LOOPBACK = "127.0.0.1"
TOKEN = "MTA.fake.token-of-a-bot-that-does-not-exist"
NO_LIMIT = 1 << 40


class FakeDiscord:
    """Discord's REST API, gateway and CDN on loopback, for an unmodified client."""

    def __init__(self) -> None:
        self._world = World(TOKEN)
        self._rest = Rest(self._world, contract())
        self.gateway = Gateway(self._world)
        self.cdn = Cdn(self._world)
        self._world.listener = self.gateway

    @classmethod
    @asynccontextmanager
    async def started(cls) -> AsyncIterator[Self]:
        """A fake that listens on a free port while the block runs."""
        fake = cls()
        app = web.Application(client_max_size=NO_LIMIT)
        fake._rest.mount(app)
        fake.cdn.mount(app)
        app.router.add_get("/gateway", fake.gateway.serve)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        try:
            site = web.TCPSite(runner, LOOPBACK, 0)
            await site.start()
            host, port = runner.addresses[0][:2]
            fake._world.origin = f"http://{host}:{port}"
            fake._world.gateway_url = f"ws://{host}:{port}/gateway"
            yield fake
        finally:
            fake.cdn.release()
            await fake.gateway.close()
            await runner.cleanup()

    def wire(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Points discord.py at the fake, and nowhere else."""
        world = self._world
        for url in (world.origin, world.gateway_url):
            assert URL(url).host == LOOPBACK, f"{url} is not loopback"
        monkeypatch.setattr(Route, "BASE", world.origin + API)
        monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", URL(world.gateway_url))
        monkeypatch.setattr(Asset, "BASE", world.origin + "/cdn")

    @asynccontextmanager
    async def running(self, client: Client) -> AsyncIterator[None]:
        """Runs a client while the block does; it is ready inside."""
        task = asyncio.create_task(client.start(self.token))
        ready = asyncio.create_task(self._ready(client))
        try:
            await asyncio.wait({task, ready}, return_when=asyncio.FIRST_COMPLETED)
            if task.done():
                task.result()
            yield
        finally:
            ready.cancel()
            await client.close()
            await asyncio.gather(task, ready, return_exceptions=True)

    async def _ready(self, client: Client) -> None:
        await self.ready.wait()
        await client.wait_until_ready()

    @property
    def token(self) -> str:
        """What the bot logs in with."""
        return self._world.token

    @property
    def bot(self) -> User:
        """The bot's account; its id is the application's too."""
        return self._world.bot

    @property
    def clock(self) -> Clock:
        """The server's time, which a test can advance."""
        return self._world.clock

    @property
    def ready(self) -> asyncio.Event:
        """Set once a client has identified."""
        return self.gateway.ready

    @property
    def commands(self) -> list[str]:
        """The names of the global commands that were synced."""
        return [command["name"] for command in self._world.commands.of(None)]

    @property
    def origin(self) -> str:
        """The fake's own address."""
        return self._world.origin

    @property
    def requests(self) -> list[str]:
        """The routes asked for so far, methods first."""
        return [call.route for call in self._rest.requests]

    @property
    def errors(self) -> list[Refused]:
        """Every refusal given."""
        return self._world.refused

    @property
    def unknown(self) -> list[str]:
        """Routes asked for that the fake does not know."""
        return self._world.unknown

    @property
    def violations(self) -> list[str]:
        """What the bot must not do, whether Discord would refuse it or not."""
        return self._world.violations

    def check(self, *, refusals: Collection[int] | None = None) -> None:
        """Fails on violations; given the codes of the refusals expected, on all others too."""
        found = list(self.violations)
        if refusals is not None:
            found += [f"refused: {one}" for one in self.errors if one.code not in refusals]
        assert not found, "\n".join(found)

    def guild(self, name: str, *, bot: bool = True, permissions: Permissions | int = USUAL) -> Guild:
        """A guild with #general and, unless told otherwise, the bot as a member with these permissions."""
        world = self._world
        guild = Guild(world, name, world.owner)
        world.guilds[guild.id] = guild
        guild.channel("general")
        if bot:
            self.joined(guild, permissions)
        return guild

    def joined(self, guild: Guild, permissions: Permissions | int = USUAL) -> None:
        """Puts the bot into a guild."""
        member = guild.admit(self.bot)
        member.roles.append(guild.role(self.bot.name, int_of(permissions)))
        guild.present = True
        self.gateway.joined(guild)

    def removed(self, guild: Guild) -> None:
        """Takes the bot out of a guild."""
        self._world.leave(guild)

    def person(self, name: str) -> Person:
        """Somebody, known by this name in all guilds."""
        return self._world.person(name)

    def limit(self, route: str, times: int = 1, retry_after: float = 0.01, *, everywhere: bool = False) -> Fault:
        """Answers the next requests of a route ("POST /channels/*/messages") with 429, a global one if asked."""
        return self._rest.faults.order(Fault(route, times, 429, retry_after, everywhere))

    def fail(self, route: str, times: int = 1, status: int = 502, *, after: bool = False) -> Fault:
        """Fails the next requests of a route, before they have their effect or ``after`` it."""
        return self._rest.faults.order(Fault(route, times, status, after=after))

    def limit_uploads(self, size: int) -> None:
        """Sets the size that a file of the bot may have."""
        self._world.attachment_size_limit = size

    @property
    def refuse_message_content(self) -> bool:
        """Whether the bot is denied the message content intent."""
        return self._world.refuse_message_content

    @refuse_message_content.setter
    def refuse_message_content(self, refuse: bool) -> None:
        self._world.refuse_message_content = refuse

    async def until(self, condition: Callable[[], T | None], limit: float = 10.0) -> T:
        """Waits until a condition gives something true, looking at each change of state, and gives it back."""
        return await self._world.changes.until(condition, limit)
