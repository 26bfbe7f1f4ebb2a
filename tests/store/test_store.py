from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.database import database
from bot.store.errors import NoSuchRound, StoreError
from bot.store.rounds import Rounds
from bot.store.vectors import StoredVectors
from knowledge.embedding import Vectors
from knowledge.library import Library
from tests.support.readings import a_round, played
from tests.support.topics import digest_topic


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    async with database(f"sqlite+aiosqlite:///{tmp_path / 'test.db'}") as opened:
        yield opened


async def test_a_round_comes_back_as_it_was(engine: AsyncEngine) -> None:
    rounds = Rounds(engine)
    round = await played("engagement", "Sanctions are working.", "And Kim can't be trusted.")
    await rounds.keep(round, "2026-01-01")
    assert await rounds.load(round.id) == round


async def test_each_turn_is_kept_as_it_is_made(engine: AsyncEngine) -> None:
    rounds = Rounds(engine)
    round = await played("engagement", "Sanctions are working.")
    for count in (0, 1, 2):
        part = replace(round, turns=round.turns[:count])
        await rounds.keep(part, "2026-01-01")
        assert await rounds.load(round.id) == part


async def test_an_ended_round_stays_ended(engine: AsyncEngine) -> None:
    rounds = Rounds(engine)
    await rounds.keep(a_round("engagement"), "2026-01-01")
    await rounds.keep(replace(a_round("engagement"), ended=True))
    assert (await rounds.load("test")).ended
    assert [(kept.id, kept.turns, kept.ended) for kept in await rounds.list()] == [("test", 0, True)]


async def test_a_round_that_was_deleted_is_not_brought_back_by_its_next_turn(engine: AsyncEngine) -> None:
    rounds = Rounds(engine)
    await rounds.keep(a_round("engagement"), "2026-01-01")
    await rounds.delete("test")
    with pytest.raises(NoSuchRound, match="not kept here any more"):
        await rounds.keep(a_round("engagement"))
    assert not await rounds.list()


async def test_a_round_that_is_not_there_is_said_to_be_missing(engine: AsyncEngine) -> None:
    with pytest.raises(NoSuchRound, match="No round 'nope'"):
        await Rounds(engine).load("nope")


async def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "test.db"
    path.write_text("This is a letter, not a database. " * 99)
    with pytest.raises(StoreError, match=r"cannot be opened"):
        async with database(f"sqlite+aiosqlite:///{path}"):
            pass
    assert path.read_text().startswith("This is a letter")


class Counting:
    def __init__(self, fingerprint: str) -> None:
        self.fingerprint = fingerprint
        self.encoded = 0

    def encode(self, texts: list[str]) -> Vectors:
        self.encoded += len(texts)
        return np.eye(len(texts), 8, dtype=np.float32) + 0.1


async def test_a_restart_embeds_nothing_and_another_model_everything(engine: AsyncEngine) -> None:
    topic = digest_topic()
    first, again, other = Counting("one"), Counting("one"), Counting("two")
    for encoder in (first, again, other):
        await Library(encoder, StoredVectors(engine)).open(topic)  # type: ignore[arg-type]
    assert (again.encoded, other.encoded) == (0, first.encoded)
    assert first.encoded > 0
