"""Steps that many tests take: waiting for what people see, and setting the scene at the desk."""

import asyncio
from collections.abc import Awaitable, Sequence

from bot.desk.setup import File
from bot.store.houses import House
from bot.store.standings import Standing
from knowledge.topics import Side
from tests.support.club import Club
from tests.support.discord import Guild, Message, Seen
from tests.support.topics import ORIGINAL

LIMIT = 60.0
"""Seconds to wait at most: the machine may be busy."""
FERRY = ("letter.txt", ORIGINAL.encode())
SIDES = (Side("boat", "The island needs its ferry."), Side("road", "The road is enough."))


async def shown(club: Club, doing: Awaitable[Seen]) -> Seen:
    """Return what somebody sees of the bot's answer, once there is something to see."""
    seen = await doing
    await club.discord.until(lambda: seen.text, LIMIT)
    return seen


async def refusal(club: Club, doing: Awaitable[Seen]) -> str:
    """Return the sentence that somebody alone is told: one message, and no other."""
    seen = await shown(club, doing)
    (message,) = seen.messages
    assert message.ephemeral
    assert "code" not in message.text, "that is no mistake of the person's"
    return message.text


async def replied(club: Club, message: Message) -> Message:
    """Return the bot's reply to a message."""

    def found() -> Message | None:
        said = (each for each in message.place.messages if each.author.id == club.discord.bot.id)
        return next((each for each in said if each.reference is message), None)

    return await club.discord.until(found, LIMIT)


async def at_rest() -> None:
    """Wait until the bot has done all that it began: what is seen may be kept a moment later."""
    begun = ("CommandTree-invoker", "discord.py: on_", "discord-ui-")
    tasks = [task for task in asyncio.all_tasks() if task.get_name().startswith(begun)]
    if tasks:
        _, late = await asyncio.wait(tasks, timeout=LIMIT)
        assert not late


async def house(club: Club, guild: Guild | None = None) -> House:
    """Return what is kept of a server."""
    return (await club.client.work(club.desk.visitor(str((guild or club.guild).id), club.mod.id))).house


async def decreed(club: Club, **changes: object) -> None:
    """Have those who run the server decide something."""
    kept = await house(club)
    await club.client.work(club.desk.decrees.change(kept, lambda charter: charter.model_copy(update=changes)))


async def ferry(
    club: Club, files: Sequence[File] = (FERRY,), standing: Standing = Standing.PUBLISHED, guild: Guild | None = None
) -> str:
    """Return a topic of the server with these readings."""
    kept, setup = await house(club, guild), club.desk.setup
    await club.client.work(setup.create(kept, "ferry", "Bring back the ferry.", SIDES))
    if files:
        await club.client.work(setup.add(kept, "ferry", files, "boat"))
    await club.client.work(setup.stand(kept, "ferry", standing))
    return "ferry"
