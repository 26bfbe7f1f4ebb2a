"""The client: what Discord tells it, and who is to deal with that."""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Mapping, Sequence
from typing import Any, TypeVar

import discord
from discord import app_commands

from bot.chat import asking, debate, faults, forms, playing, privacy, reviewing, settings, topics, welcome
from bot.chat.courier import AWAY, Courier
from bot.chat.screen import SOON, Control, Interaction, Verb, merged
from bot.chat.uploads import HOSTS
from bot.desk.apart import Apart
from bot.desk.desk import Desk
from bot.desk.patience import patiently
from bot.desk.visitor import Visitor

log = logging.getLogger("gainsay.chat")
T = TypeVar("T")

DAY = 24 * 60 * 60
LEAVING = 10
"""Seconds for what is under way to come to its end when the bot leaves."""
VERBS: Mapping[str, Verb] = merged(
    playing.VERBS, asking.VERBS, topics.VERBS, reviewing.VERBS, settings.VERBS, privacy.VERBS
)


class Tree(app_commands.CommandTree["Gainsay"]):
    """The commands; their errors become one sentence each."""

    def __init__(self, client: "Gainsay") -> None:
        super().__init__(client)
        self._hurried: set[asyncio.Task[None]] = set()

    async def interaction_check(self, interaction: Interaction, /) -> bool:
        """Let everything pass; where the desk is slow, nothing is suggested rather than that it failed."""
        if interaction.type is discord.InteractionType.autocomplete:
            task = asyncio.create_task(_hurried(interaction))
            self._hurried.add(task)
            task.add_done_callback(self._hurried.discard)
        return True

    async def on_error(self, interaction: Interaction, error: app_commands.AppCommandError, /) -> None:
        """Tell the person what went wrong."""
        command = interaction.command
        await faults.tell(interaction, error, f"/{command.qualified_name}" if command else "command")


class Gainsay(discord.Client):
    """The bot on Discord. What is slow it leaves to the desk, on another loop."""

    def __init__(self, desk: Desk, work: Apart, reads: bool = True, cdn: frozenset[str] = HOSTS) -> None:
        """Take the desk, its loop, whether unaddressed messages may be read, and whence uploads may be fetched."""
        intents = discord.Intents(guilds=True, guild_messages=True, dm_messages=True, message_content=reads)
        super().__init__(
            intents=intents, allowed_mentions=discord.AllowedMentions.none(), chunk_guilds_at_startup=False
        )
        self.desk, self.reads, self.cdn = desk, reads, cdn
        self.courier = Courier(self)
        self.tree = Tree(self)
        self._apart = work
        self._under_way: set[asyncio.Task[Any]] = set()
        self._chores: asyncio.Task[None] | None = None
        for part in (debate, asking, topics, settings, privacy, welcome):
            part.enlist(self.tree)

    async def setup_hook(self) -> None:
        """Tell Discord the commands, and know old buttons again."""
        self.add_dynamic_items(Control)
        await self.tree.sync()
        self._chores = asyncio.create_task(self._daily())

    async def close(self) -> None:
        """Stop the chores and leave; then nothing is under way at the desk any more, and it can be closed."""
        if self._chores:
            self._chores.cancel()
        await super().close()
        if self._under_way:
            _, late = await asyncio.wait(self._under_way, timeout=LEAVING)
            for task in late:
                task.cancel()

    async def work(self, task: Coroutine[Any, Any, T]) -> T:
        """Return what the desk's work returns; after the bot has left, none is begun."""
        if self.is_closed():
            task.close()
            raise asyncio.CancelledError
        under_way = asyncio.ensure_future(self._apart(task))
        self._under_way.add(under_way)
        under_way.add_done_callback(self._under_way.discard)
        return await under_way

    async def do(self, interaction: Interaction, verb: str, args: Sequence[str]) -> None:
        """Do what a button, menu or form is for."""
        try:
            await VERBS[verb](interaction, args)
        except Exception as error:
            await faults.tell(interaction, error, verb)

    async def on_connect(self) -> None:
        """Note that a session begins, to which nothing is told of what was written before it."""
        self.courier.lost_touch()

    async def on_ready(self) -> None:
        """Take up every open round where it stood."""
        names = {str(guild.id) for guild in self.guilds}
        await self._guarded(self._surely(lambda: self.desk.privacy.present(names)), "servers")
        for name in names:
            await self._guarded(self._resume(name), f"resume {name}")

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Say once what to do next."""
        await self._surely(lambda: self.desk.privacy.returned(str(guild.id)))
        await self._guarded(welcome.greet(self, guild), f"greet {guild.id}")

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Begin the grace after which what the server kept is deleted."""
        await self._surely(lambda: self.desk.privacy.left(str(guild.id)))

    async def on_message(self, message: discord.Message) -> None:
        """Answer a debater in a round's thread, a mention, or a reply to an answer."""
        if message.author.bot or message.webhook_id or message.is_system():
            return
        try:
            if not await playing.spoken(self, message):
                await asking.mentioned(self, message)
        except Exception as error:
            text = faults.sentence(error, f"message in {message.channel.id}")
            await self._guarded(_answered(message, text), "tell")

    async def on_interaction(self, interaction: Interaction) -> None:
        """Do what a form is for that was handed in, also if it was opened before a restart."""
        if interaction.type is discord.InteractionType.modal_submit and (purpose := forms.purpose(interaction)):
            await self.do(interaction, *purpose)

    async def on_raw_thread_update(self, payload: discord.RawThreadUpdateEvent) -> None:
        """Post what could not be posted while a thread was locked."""
        if not payload.data["thread_metadata"].get("locked"):
            place = payload.thread_id
            await self._guarded(playing.reopened(self, payload.guild_id, place), f"thread {place}")

    async def on_error(self, event: str, /, *_: Any, **__: Any) -> None:
        """Log what no other place has caught."""
        log.exception("in %s", event)

    async def thread(self, place: int) -> discord.Thread | None:
        """Return the thread of a round; None where it is gone or locked, or the bot may not see it or write in it."""
        found = self.get_channel(place)
        if found is None:
            try:
                found = await patiently(lambda: self.fetch_channel(place), AWAY)
            except (discord.NotFound, discord.Forbidden):
                return None
        if not isinstance(found, discord.Thread) or found.parent is None or found.locked:
            return None
        rights = found.permissions_for(found.guild.me)
        return found if rights.view_channel and rights.send_messages_in_threads else None

    def words_of(self, message: discord.Message) -> str:
        """Return the words of a message without the bot's own mention."""
        text = message.content
        for form in (f"<@{self.user.id}>", f"<@!{self.user.id}>") if self.user else ():
            text = text.replace(form, "")
        return text.strip()

    async def _resume(self, name: str) -> None:
        if name not in self.desk.houses:
            return
        visitor = await self.work(self.desk.visitor(name, 0))
        for seat in await self.work(self.desk.play.unclosed(visitor.house)):
            await self._guarded(self._caught_up(visitor, seat.round), f"round {seat.round}")

    async def _caught_up(self, visitor: Visitor, name: str) -> None:
        await self.courier.catch_up(visitor, await self.work(self.desk.play.table(visitor.house, name)))

    async def _surely(self, do: Callable[[], Coroutine[Any, Any, object]]) -> None:
        """Have the desk note something, also where its store is away for a while."""
        await patiently(lambda: self.work(do()))

    async def _daily(self) -> None:
        """Delete once a day what has been kept long enough."""
        while True:
            await self._guarded(self.work(self.desk.privacy.sweep()), "sweep")
            await asyncio.sleep(DAY)

    async def _guarded(self, work: Coroutine[Any, Any, object], what: str) -> None:
        """Do work whose failure must not stop anything else."""
        try:
            await work
        except Exception:
            log.exception("%s", what)


async def _hurried(interaction: Interaction) -> None:
    await asyncio.sleep(SOON)
    if not interaction.response.is_done():
        await interaction.response.autocomplete([])


async def _answered(message: discord.Message, text: str) -> None:
    await message.reply(text, mention_author=False)
