"""The database away for a while: what people do meanwhile is late, and nothing of it is lost."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager, asynccontextmanager, closing, contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.standings import Standing
from tests.chat.playing import EMBASSY, SANCTIONS, answers, opened, reply, speak, table
from tests.chat.steps import FERRY, LIMIT, ferry, house, shown
from tests.support.club import Club

Hold = Callable[[Path], AbstractContextManager[None]]


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Hold a database's one lock for writing."""
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


@contextmanager
def unmounted(file: Path) -> Iterator[None]:
    """Have a database's whole folder elsewhere: it can't be opened, and none can be made in its place."""
    aside = file.parent.rename(file.parent.with_name("aside"))
    try:
        yield
    finally:
        aside.rename(file.parent)


@asynccontextmanager
async def away(club: Club, folder: Path, hold: Hold) -> AsyncIterator[asyncio.Event]:
    """Hold the server's database; the event says that the bot has tried to use it three times, in vain."""
    tried, failures, loop = asyncio.Event(), count(1), asyncio.get_running_loop()

    def failed(_: ExceptionContext) -> None:
        if next(failures) == 3:
            loop.call_soon_threadsafe(tried.set)

    await club.client.work(_watched((await house(club)).engine, failed))
    with hold(folder / f"{club.guild.id}.db"):
        yield tried


async def _watched(engine: AsyncEngine, failed: Callable[[ExceptionContext], None]) -> None:
    """Have all that is asked of a database from now on fail at once where it fails, and that be told."""
    event.listen(engine.sync_engine, "handle_error", failed)
    event.listen(engine.sync_engine, "connect", _impatient)
    await engine.dispose()


def _impatient(connection: Any, _: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA busy_timeout=0")
    cursor.close()


async def seen(tried: asyncio.Event) -> None:
    async with asyncio.timeout(LIMIT):
        await tried.wait()


@pytest.fixture(autouse=True)
def _short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.desk.patience.WAITS", (0.02,) * 2000)


@pytest.fixture(params=[locked, unmounted])
def hold(request: pytest.FixtureRequest) -> Hold:
    found: Hold = request.param
    return found


async def test_a_message_is_answered_once_when_the_database_is_back(club: Club, tmp_path: Path, hold: Hold) -> None:
    thread = await opened(club)
    await reply(club, thread, SANCTIONS)
    async with away(club, tmp_path, hold) as tried:
        await club.ann.writes(thread, EMBASSY)
        await seen(tried)
        assert len(club.said(thread)) == 2
    await club.discord.until(lambda: len(club.said(thread)) == 3, LIMIT)
    assert [turn.text for turn in (await table(club, thread)).round.turns[::2]] == [SANCTIONS, EMBASSY]
    assert len(club.said(thread)) == 3


async def test_a_speech_from_the_form_waits_for_the_database(club: Club, tmp_path: Path, hold: Hold) -> None:
    thread = await opened(club)
    async with away(club, tmp_path, hold) as tried:
        given = await speak(club.ann, thread.messages[0], SANCTIONS)
        await seen(tried)
    await club.discord.until(lambda: len(club.said(thread)) == 3, LIMIT)
    assert not given.text


async def test_a_round_that_is_ended_meanwhile_ends_when_the_database_is_back(
    club: Club, tmp_path: Path, hold: Hold
) -> None:
    thread = await opened(club)
    async with away(club, tmp_path, hold) as tried:
        await club.ann.presses(thread.messages[0], "End")
        await seen(tried)
    await club.discord.until(lambda: len(club.said(thread)) == 4, LIMIT)


async def test_a_round_begun_while_the_database_cannot_be_written_is_begun_when_it_can(
    club: Club, tmp_path: Path
) -> None:
    async with away(club, tmp_path, locked) as tried:
        starting = await club.ann.runs(club.general, "debate start")
        await seen(tried)
    (thread,) = await club.discord.until(lambda: club.general.threads, LIMIT)
    await club.discord.until(lambda: thread.mention in starting.text, LIMIT)
    await answers(club, thread, lambda: club.ann.writes(thread, SANCTIONS))


async def test_what_is_asked_and_set_up_meanwhile_is_answered_and_done_when_it_is_back(
    club: Club, tmp_path: Path, hold: Hold
) -> None:
    await ferry(club, (), Standing.DRAFT)
    form = (await club.mod.runs(club.general, "topic add", topic="ferry")).modal
    async with away(club, tmp_path, hold) as tried:
        asked = await club.ann.runs(club.general, "ask", question="Who is Robert McCoy?")
        added = await club.mod.fills(form, {"Readings": [FERRY], "Which side do they argue for?": "For the motion"})
        offered = await club.mod.runs(club.general, "topic publish", topic="ferry")
        used = await club.mod.runs(club.general, "topic use", topic="ferry")
        await seen(tried)
    done = {"McCoy": asked, "Added to": added, "on offer": offered, "is meant": used}
    await club.discord.until(lambda: all(text in seen.text for text, seen in done.items()), LIMIT)


async def test_when_the_database_stays_away_that_is_said_and_nothing_half_begun(
    club: Club, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    thread = await opened(club)
    monkeypatch.setattr("bot.desk.patience.WAITS", (0.02,) * 5)
    async with away(club, tmp_path, unmounted):
        told = await answers(club, thread, lambda: club.ann.writes(thread, SANCTIONS))
        started = await shown(club, club.bob.runs(club.general, "debate start"))
    for text in (told[0].text, started.text):
        assert text.startswith("My store does not answer just now. Nothing is lost; please try again in a minute.")
    assert club.general.threads == [thread]
    await reply(club, thread, SANCTIONS)
    assert len((await table(club, thread)).round.turns) == 2
