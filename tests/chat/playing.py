"""Rounds as tests play them."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bot.desk.play import Table
from tests.chat.steps import LIMIT, house, shown
from tests.support.club import Club, a_desk, running
from tests.support.club import club as opened_club
from tests.support.discord import Message, Person, Seen, Thread
from tests.support.readings import a_round, apart, nowhere, opponent

SANCTIONS = "Sanctions have failed for thirty years."
EMBASSY = "An embassy is a channel, not a prize."


@cache
def warm() -> None:
    """Have one message heard, outside any event loop: what is fitted once is fitted then."""
    asyncio.run(apart()(opponent().exchange(a_round("pressure"), SANCTIONS, nowhere)))


@asynccontextmanager
async def playing(folder: Path, monkeypatch: pytest.MonkeyPatch, reads: bool = True) -> AsyncIterator[Club]:
    """Yield a server with the bot in it; at the end, nothing may have been done that Discord forbids."""
    await asyncio.to_thread(warm)
    async with opened_club(folder, monkeypatch, reads) as here:
        yield here
    here.discord.check()


@asynccontextmanager
async def restarted(club: Club, folder: Path) -> AsyncIterator[Club]:
    """Yield the server with the bot started anew on the same folder; the last one leaves first, if it has not."""
    await club.client.close()
    async with a_desk(folder) as club.desk, running(club.discord, club.desk) as club.client:
        yield club


async def opened(club: Club, who: Person | None = None, **options: Any) -> Thread:
    """Return the thread of a round that somebody opened: Ann for engagement, in a quick spar, by default."""
    given = {"side": "engagement"} | options
    seen = await shown(club, (who or club.ann).runs(club.general, "debate start", **given))
    found = [thread for thread in club.general.threads if str(thread.id) in seen.text]
    assert found, seen.text
    return found[0]


async def answers(club: Club, thread: Thread, do: Callable[[], Awaitable[object]], count: int = 1) -> list[Message]:
    """Return what the bot has posted in a thread since something was done, once there are so many messages."""
    before = len(club.said(thread))
    await do()
    await club.discord.until(lambda: len(club.said(thread)) >= before + count, LIMIT)
    return club.said(thread)[before:]


async def reply(club: Club, thread: Thread, text: str, who: Person | None = None) -> Message:
    """Return the last message of the bot's answer to what somebody writes in a thread, by default Ann."""
    await answers(club, thread, lambda: (who or club.ann).writes(thread, text))
    await table(club, thread)
    return club.said(thread)[-1]


async def speak(who: Person, message: Message, text: str) -> Seen:
    """Return what somebody sees who presses Speak and hands a speech in."""
    form = await who.presses(message, "Speak")
    return await who.fills(form.modal, {"What do you say?": text})


async def table(club: Club, thread: Thread) -> Table:
    """Return the round played in a thread, once all that was said in it is posted."""
    kept = await house(club)
    found = await club.client.work(club.desk.play.at(kept, thread.id))
    async with club.client.courier.turn(thread.id), club.client.courier.turn(found.round.id):
        return await club.client.work(club.desk.play.table(kept, found.round.id))


def lock(thread: Thread, *, locked: bool = True, archived: bool = False) -> None:
    """Lock a thread, or unlock it, as a moderator does."""
    thread.locked, thread.archived = locked, archived
    thread.world.dispatch("THREAD_UPDATE", thread.payload(thread.world.bot), place=thread)
