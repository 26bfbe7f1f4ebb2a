"""The client: what Discord tells it, and who is to deal with that."""

import asyncio
import logging
from collections.abc import Coroutine, Mapping, Sequence
from typing import Any, TypeVar

import discord
from discord import app_commands

from bot.chat import asking, debate, faults, privacy, reviewing, settings, topics, welcome
from bot.chat.courier import Courier
from bot.chat.screen import Interaction, Picked, Pressed, Verb, merged
from bot.chat.uploads import HOSTS
from bot.desk.apart import Apart
from bot.desk.desk import Desk

log = logging.getLogger("gainsay.chat")
T = TypeVar("T")

DAY = 24 * 60 * 60
VERBS: Mapping[str, Verb] = merged(
    debate.VERBS, asking.VERBS, topics.VERBS, reviewing.VERBS, settings.VERBS, privacy.VERBS
)


class Tree(app_commands.CommandTree["Gainsay"]):
    """The commands; their errors become one sentence each."""

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
        self.desk, self.work, self.reads, self.cdn = desk, work, reads, cdn
        self.courier = Courier(self)
        self.tree = Tree(self)
        self._chores: asyncio.Task[None] | None = None
        for part in (debate, asking, topics, settings, privacy, welcome):
            part.enlist(self.tree)

    async def setup_hook(self) -> None:
        """Tell Discord the commands, and know old buttons again."""
        self.add_dynamic_items(Pressed, Picked)
        await self.tree.sync()
        self._chores = asyncio.create_task(self._daily())

    async def close(self) -> None:
        """Stop the chores and leave."""
        if self._chores:
            self._chores.cancel()
        await super().close()

    async def do(self, interaction: Interaction, verb: str, args: Sequence[str]) -> None:
        """Do what a button or menu is for."""
        try:
            await VERBS[verb](interaction, args)
        except Exception as error:
            await faults.tell(interaction, error, verb)

    async def on_ready(self) -> None:
        """Take up every open round where it stood."""
        for guild in self.guilds:
            await self.work(self.desk.privacy.returned(str(guild.id)))
            await self._guarded(self._resume(guild), f"resume {guild.id}")

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Say once what to do next."""
        await self.work(self.desk.privacy.returned(str(guild.id)))
        await self._guarded(welcome.greet(self, guild), f"greet {guild.id}")

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Begin the grace after which what the server kept is deleted."""
        await self.work(self.desk.privacy.left(str(guild.id)))
        self.desk.forget(str(guild.id))

    async def on_message(self, message: discord.Message) -> None:
        """Answer a debater in a round's thread, a mention, or a reply to an answer."""
        if message.author.bot or message.webhook_id:
            return
        try:
            if not await debate.spoken(self, message):
                await asking.mentioned(self, message)
        except Exception as error:
            text = faults.sentence(error, f"message in {message.channel.id}")
            await self._guarded(_answered(message, text), "tell")

    async def on_interaction(self, interaction: Interaction) -> None:
        """Take a speech from a form that was opened before a restart, as from any other."""
        if interaction.type is discord.InteractionType.modal_submit:
            await debate.handed_in(interaction)

    async def on_thread_update(self, before: discord.Thread, after: discord.Thread) -> None:
        """Post what could not be posted while a thread was locked."""
        if before.locked and not after.locked:
            await self._guarded(debate.reopened(self, after), f"thread {after.id}")

    async def on_error(self, event: str, /, *_: Any, **__: Any) -> None:
        """Log what no other place has caught."""
        log.exception("in %s", event)

    async def thread(self, place: int) -> discord.Thread | None:
        """Return the thread of a round; None where it is gone or can't be seen or is locked."""
        found = self.get_channel(place)
        if found is None:
            try:
                found = await self.fetch_channel(place)
            except (discord.NotFound, discord.Forbidden):
                return None
        return found if isinstance(found, discord.Thread) and not found.locked else None

    def words_of(self, message: discord.Message) -> str:
        """Return the words of a message without the bot's own mention."""
        text = message.content
        for form in (f"<@{self.user.id}>", f"<@!{self.user.id}>") if self.user else ():
            text = text.replace(form, "")
        return text.strip()

    async def _resume(self, guild: discord.Guild) -> None:
        if str(guild.id) not in self.desk.houses.names():
            return
        visitor = await self.work(self.desk.visitor(str(guild.id), 0))
        for seat in await self.work(self.desk.play.open(visitor.house)):
            await self._guarded(self.courier.catch_up(visitor, seat.round), f"round {seat.round}")

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


async def _answered(message: discord.Message, text: str) -> None:
    await message.reply(text, mention_author=False)
