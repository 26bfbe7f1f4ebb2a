"""What is written in a round's thread taken up, and what was said in the round brought there: each once, in order."""

import asyncio
import io
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, Any
from weakref import WeakValueDictionary

import aiohttp
import discord
from discord import ui

from bot.chat import roundviews
from bot.debate.turn import Speaker, Turn
from bot.desk.patience import patiently
from bot.desk.play import Table
from bot.desk.visitor import Visitor
from bot.report import html
from prompts import said

if TYPE_CHECKING:
    from bot.chat.client import Gainsay

AWAY = (discord.DiscordServerError, aiohttp.ClientConnectionError, OSError)
"""What says that Discord can't be reached just now."""


class Courier:
    """Posts what was said in rounds. A turn that could not be posted is posted with the next, or after a restart."""

    def __init__(self, client: "Gainsay") -> None:
        self._client = client
        self._turns: WeakValueDictionary[int | str, asyncio.Lock] = WeakValueDictionary()
        self._abreast: set[str] = set()

    def turn(self, of: int | str) -> asyncio.Lock:
        """Return the lock under which a thread's messages are taken up, or a round's turns posted, one by one."""
        return self._turns.setdefault(of, asyncio.Lock())

    def lost_touch(self) -> None:
        """Note that messages may have been written of which nothing was heard."""
        self._abreast.clear()

    async def take(self, visitor: Visitor, table: Table, message: discord.Message) -> None:
        """Have a debater's message answered after all that was written before it; it is the turn of its thread."""
        if table.round.id not in self._abreast:
            await self._catch_up(visitor, table)
        await self._hear(visitor, table, message)
        await self.deliver(visitor, table.round.id)

    async def catch_up(self, visitor: Visitor, table: Table) -> None:
        """Take up what was written in a round's thread while nobody listened, and post what is missing there."""
        async with self.turn(table.seat.place):
            await self._catch_up(visitor, table)
        await self.deliver(visitor, table.round.id)

    async def deliver(self, visitor: Visitor, name: str) -> bool:
        """Post what a round's thread lacks of its turns and its end; return False where that can't be, for now."""
        play = self._client.desk.play
        async with self.turn(name):
            table = await self._client.work(play.table(visitor.house, name))
            for turn in table.round.turns[table.seat.posted :]:
                thread = await self._client.thread(table.seat.place)
                if thread is None:
                    return False
                for part, view in enumerate(_messages(visitor, table, turn)):
                    await self.post(thread, f"{name}-{turn.number}-{part}", view=view)
                table = await self._client.work(play.posted(visitor.house, name, turn.number))
            if table.round.ended and not table.seat.closed:
                return await self._close(visitor, table)
        return True

    async def move(self, visitor: Visitor, table: Table, place: int) -> Table:
        """Return the table of a round that goes on in another thread."""
        async with self.turn(table.round.id):
            return await self._client.work(self._client.desk.play.moved(visitor.house, table.round.id, place))

    async def post(
        self, thread: discord.Thread, key: str, file: Callable[[], discord.File] | None = None, **content: Any
    ) -> None:
        """Post a message in a thread once, however often that must be tried; each time a ``file`` is made anew."""
        nonce = f"{key}-{thread.id // 2**22 % 10_000}"  # Discord keeps nonces by author, for all threads together

        async def send() -> None:
            whole = {**content, "file": file()} if file else content
            await thread.send(nonce=nonce, **whole)

        await patiently(send, AWAY)

    async def _close(self, visitor: Visitor, table: Table) -> bool:
        """Post how a round ended: its ballot, and the whole of it as a page, unless the bot is to be silent."""
        thread, name = await self._client.thread(table.seat.place), table.round.id
        if thread is None:
            return False
        await self.post(thread, f"{name}-end", content=roundviews.ended(table))
        for number, view in enumerate(roundviews.ballot(table, visitor.charter.words)):
            await self.post(thread, f"{name}-ballot-{number}", view=view)
        if visitor.charter.words:
            await self.post(thread, f"{name}-page", content=said("round_page"), file=partial(_page, table))
        await self._client.work(self._client.desk.play.closed(visitor.house, name))
        return True

    async def _catch_up(self, visitor: Visitor, table: Table) -> None:
        name = table.round.id
        table = await self._client.work(self._client.desk.play.resume(visitor.house, name))
        thread = await self._client.thread(table.seat.place)
        if thread is None or table.round.ended or name in self._abreast:
            return
        since = discord.Object(table.heard or thread.id)
        written = await patiently(partial(_written, thread, since), AWAY)
        shown = max((_shown(message, name) for message in written if message.author == self._client.user), default=0)
        if shown > table.seat.posted:
            await self._client.work(self._client.desk.play.posted(visitor.house, name, shown))
        for message in written:
            await self._hear(visitor, table, message)
        self._abreast.add(name)

    async def _hear(self, visitor: Visitor, table: Table, message: discord.Message) -> None:
        text, who = self._client.words_of(message), message.author.id
        if text and who in table.seat.speakers and not message.is_system():
            say = self._client.desk.play.say(visitor.house, table.round.id, who, text, message.id)
            await self._client.work(say)


@asynccontextmanager
async def typing(channel: discord.abc.Messageable) -> AsyncIterator[None]:
    """Show that the bot is writing, without waiting until that is shown."""

    async def shown() -> None:
        with suppress(discord.HTTPException, aiohttp.ClientError, OSError):
            async with channel.typing():
                await asyncio.Event().wait()

    task = asyncio.create_task(shown())
    try:
        yield
    finally:
        task.cancel()


def _messages(visitor: Visitor, table: Table, turn: Turn) -> list[ui.LayoutView]:
    """Return the messages that show a turn; after one that was written in the thread, only what is due next."""
    if turn.speaker is Speaker.BOT:
        return roundviews.reply(table, turn, visitor.charter.words)
    spoken = table.by(turn.number)
    shown = roundviews.speech(table, turn) if spoken and not spoken.message else []
    return [*shown, *roundviews.next_up(table, turn)]


def _page(table: Table) -> discord.File:
    """Return the whole round as a page to read, print or hand on."""
    text = html(table.round, table.topic, table.flow, table.ballot)
    return discord.File(io.BytesIO(text.encode()), f"round-{table.round.id}.html", description="The whole round")


async def _written(thread: discord.Thread, since: discord.Object) -> list[discord.Message]:
    return [message async for message in thread.history(after=since, oldest_first=True, limit=None)]


def _shown(message: discord.Message, name: str) -> int:
    """Return the turn of a round that a message of the bot's ends; 0 for one that ends none."""
    ids = [getattr(item, "custom_id", "") or "" for item in ui.LayoutView.from_message(message).walk_children()]
    found = [re.fullmatch(rf"b/why/{name}/(\d+)", each) for each in ids]
    return max((int(each[1]) for each in found if each), default=0)
