"""The bundled topic, opened once with the real model for all tests that need it."""

import asyncio
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache

from bot.debate.opponent import Opponent
from bot.debate.round import Level, Round
from bot.study import Study
from bot.voices.composer import Composer
from knowledge.catalogue import BUNDLED, named
from knowledge.embedding import SentenceEncoder
from knowledge.library import Library, OpenTopic


class Shelf:
    """Vectors kept in memory."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], Mapping[bytes, bytes]] = {}

    async def load(self, collection: str, model: str) -> Mapping[bytes, bytes]:
        return self.kept.get((collection, model), {})

    async def save(self, collection: str, model: str, vectors: Mapping[bytes, bytes]) -> None:
        self.kept[collection, model] = {**self.kept.get((collection, model), {}), **vectors}


@cache
def readings() -> OpenTopic:
    opening = Library(SentenceEncoder(), Shelf()).open(named(BUNDLED))
    with ThreadPoolExecutor(1) as thread:  # the caller's own event loop is running
        return thread.submit(asyncio.run, opening).result()


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
