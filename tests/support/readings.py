"""The bundled topic, opened once with the real model for all tests that need it."""

import asyncio
import atexit
import shutil
import tempfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

from bot.assembly import opened
from bot.debate.opponent import Opponent
from bot.debate.round import Level, Round
from bot.settings import Settings
from bot.store.database import database
from bot.store.vectors import StoredVectors
from bot.study import Study
from bot.voices.composer import Composer
from knowledge.catalogue import BUNDLED, named
from knowledge.embedding import SentenceEncoder
from knowledge.library import COMMON, OpenTopic


@cache
def home() -> Path:
    """Return a home in which the bundled topic's vectors are kept: to be copied, never changed."""
    folder = tempfile.mkdtemp(prefix="gainsay-home-")
    atexit.register(shutil.rmtree, folder)
    return Path(folder)


@cache
def readings() -> OpenTopic:
    with ThreadPoolExecutor(1) as thread:  # the caller's own event loop is running
        return thread.submit(asyncio.run, _opened()).result()


async def _opened() -> OpenTopic:
    async with opened(Settings(home=home()), named(BUNDLED)) as app:
        return app.readings


@cache
def common() -> Mapping[bytes, bytes]:
    """Return the vectors of what all topics share, as a store keeps them."""
    readings()
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, _common()).result()


async def _common() -> Mapping[bytes, bytes]:
    async with database(Settings(home=home()).database) as engine:
        return await StoredVectors(engine).load(COMMON, SentenceEncoder().fingerprint)


def opponent() -> Opponent:
    return Opponent(readings(), Composer(readings().topic), lambda: "2026-01-01T00:00:00+00:00")


def study() -> Study:
    return Study(readings())


def a_round(side: str, level: Level = Level.CLUB, format: str = "quick", seed: int = 1) -> Round:
    return Round("test", BUNDLED, side, format, level, seed)


async def nowhere(round: Round) -> None:
    """Keep nothing."""


async def played(side: str, *messages: str, level: Level = Level.CLUB, seed: int = 1) -> Round:
    round = a_round(side, level, seed=seed)
    for message in messages:
        round = await opponent().exchange(round, message, nowhere)
    return round
