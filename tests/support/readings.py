"""The bundled topic, opened once with the real model for all tests that need it."""

import asyncio
import atexit
import os
import shutil
import tempfile
from collections.abc import Callable, Coroutine, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from filelock import FileLock
from sqlalchemy import select

from bot.assembly import now, opened
from bot.debate.opponent import Opponent
from bot.debate.round import Level, Round
from bot.desk.apart import Apart
from bot.desk.readings import Opened, Readings
from bot.settings import Settings
from bot.store.database import database
from bot.store.tables import VectorRow
from bot.store.vectors import StoredVectors
from bot.study import Study
from knowledge.catalogue import BUNDLED, named
from knowledge.embedding import SentenceEncoder
from knowledge.library import COMMON, OpenTopic
from tests.support.topics import Shelf

T = TypeVar("T")

HOME = "GAINSAY_TESTS_HOME"
"""The environment variable that names the home of a run whose tests are spread over processes."""


@cache
def home() -> Path:
    """Return a home in which the bundled topic's vectors are kept: to be copied, never changed."""
    if HOME in os.environ:
        return Path(os.environ[HOME])
    folder = tempfile.mkdtemp(prefix="gainsay-home-")
    atexit.register(shutil.rmtree, folder)
    return Path(folder)


@cache
def apart() -> Apart:
    """Return the loop on which the readings are open, and all desks of the tests live."""
    loop = Apart()
    loop.start()
    return loop


@cache
def shelves() -> Readings:
    """Return the readings of all tests: the model is loaded, and the bundled topic opened, once."""
    return Readings(SentenceEncoder(), kept(), now)


@cache
def bundled() -> Opened:
    """Return the bundled topic, open."""
    return _done(lambda: apart()(shelves().bundled()))


@cache
def kept() -> Shelf:
    """Return the vectors of the bundled topic and of what all topics share, as the home keeps them."""
    return _done(_kept)


async def _kept() -> Shelf:
    settings, shelf = Settings(home=home()), Shelf()
    with FileLock(_lock()):
        async with opened(settings, named(BUNDLED)), database(settings.database) as engine, engine.connect() as all:
            found = await all.execute(select(VectorRow.collection, VectorRow.model).distinct())
            for collection, model in found.all():
                shelf.kept[collection, model] = await StoredVectors(engine).load(collection, model)
    return shelf


def copied(to: Path) -> Path:
    """Return a copy of the home, to be changed at will."""
    kept()
    with FileLock(_lock()):
        return shutil.copytree(home(), to)


def _lock() -> str:
    return f"{home()}.lock"


def _done(work: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Return what the work returns; the caller's own event loop may be running."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(work())).result()


def common() -> Mapping[tuple[str, str], Mapping[bytes, bytes]]:
    """Return the vectors of what all topics share, and what is learned from them, as a store keeps them."""
    return {place: vectors for place, vectors in kept().kept.items() if place[0].startswith(COMMON)}


def readings() -> OpenTopic:
    return bundled().readings


def opponent() -> Opponent:
    return bundled().opponent


def study() -> Study:
    return bundled().study


def a_round(side: str, level: Level = Level.CLUB, format: str = "quick", seed: int = 1) -> Round:
    return Round("test", BUNDLED, side, format, level, seed)


async def nowhere(round: Round) -> None:
    """Keep nothing."""


async def played(side: str, *messages: str, level: Level = Level.CLUB, seed: int = 1) -> Round:
    round = a_round(side, level, seed=seed)
    for message in messages:
        round = await opponent().exchange(round, message, nowhere)
    return round
