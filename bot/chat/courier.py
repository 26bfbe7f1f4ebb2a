"""Turns brought into their thread, each once, in order, whatever breaks in between."""

import asyncio
import logging
from collections import defaultdict
from typing import TYPE_CHECKING

import discord
from discord import ui

from bot.chat import roundviews
from bot.debate.turn import Speaker, Turn
from bot.desk.play import Table
from bot.desk.visitor import Visitor
from bot.store.houses import House

if TYPE_CHECKING:
    from bot.chat.client import Gainsay

log = logging.getLogger("gainsay.chat")


class Courier:
    """Posts what was said in rounds. A turn that could not be posted is posted with the next, or after a restart."""

    def __init__(self, client: "Gainsay") -> None:
        self._client = client
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def deliver(self, visitor: Visitor, name: str) -> None:
        """Post the turns of a round that its thread lacks."""
        house, play = visitor.house, self._client.desk.play
        async with self._turns[name]:
            table = await self._client.work(play.table(house, name))
            for turn in table.round.turns[table.seat.posted :]:
                thread = await self._client.thread(table.seat.place)
                if thread is None:
                    return
                for part, view in enumerate(self._messages(visitor, table, turn)):
                    await thread.send(view=view, nonce=f"{name}-{turn.number}-{part}")
                await self._client.work(play.posted(house, name, turn.number))

    async def catch_up(self, visitor: Visitor, name: str) -> None:
        """Take up what was written in a round's thread while nobody listened, and post what is missing there."""
        table = await self._client.work(self._client.desk.play.resume(visitor.house, name))
        thread = await self._client.thread(table.seat.place)
        if thread is not None:
            since = discord.Object(table.heard or thread.id)
            missed = [message async for message in thread.history(after=since, oldest_first=True, limit=50)]
            for message in missed:
                if message.author.id in table.seat.speakers and message.id > table.heard:
                    await self.hear(visitor.house, name, message)
        await self.deliver(visitor, name)

    async def hear(self, house: House, name: str, message: discord.Message) -> None:
        """Have a debater's message answered; one without words is passed over."""
        text = self._client.words_of(message)
        if text:
            await self._client.work(self._client.desk.play.say(house, name, message.author.id, text, message.id))

    def _messages(self, visitor: Visitor, table: Table, turn: Turn) -> list[ui.LayoutView]:
        """Return the messages that show a turn; none for one that its speaker wrote in the thread."""
        if turn.speaker is Speaker.BOT:
            return roundviews.reply(table, turn, visitor.charter.words)
        spoken = table.by(turn.number)
        return roundviews.speech(table, turn) if spoken and not spoken.message else []
