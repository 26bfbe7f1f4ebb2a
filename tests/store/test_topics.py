import asyncio
import sqlite3
import tempfile
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from alembic.script import ScriptDirectory
from hypothesis import HealthCheck, given, settings
from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.store.database import database
from bot.store.errors import DuplicateReading, DuplicateTopic, StoreError
from bot.store.schema import CONFIG, migrate
from bot.store.tables import REVISION
from bot.store.topics import Embedded, Topics
from bot.store.vectors import StoredVectors
from knowledge.catalogue import BUNDLED, UnknownTopic, named
from knowledge.passages import split
from knowledge.sources import Kind, Paragraph, Source
from knowledge.topics import Argument, Note, Role, Topic
from tests.support.topics import digest_topic, topics

TEXT = "The boat was slow, and it was ours. We miss it."
LETTER = Source("letter", "A letter", Kind.VERBATIM, TEXT, "N. Vik", paragraphs=(Paragraph(1, 0, len(TEXT)),))


def url(folder: Path) -> str:
    return f"sqlite+aiosqlite:///{folder / 'test.db'}"


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    async with database(url(tmp_path)) as opened:
        yield opened


def part(head: Topic, source: Source = LETTER, helps: str = "both") -> Topic:
    passages = split(source)
    notes = {passage.id: Note(Role.CLAIM, helps, confidence=0.4) for passage in passages}
    argument = Argument(f"{source.id}/1", head.sides[0].id, "We miss it.", "", "", (passages[0].id,))
    bare = replace(head, arguments=(argument,), blocks=(), clashes={}, silent=())
    return replace(bare, sources=(source,), passages=passages, notes=notes)


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(topics())
def test_a_topic_comes_back_as_it_was(topic: Topic) -> None:
    async def kept() -> Topic:
        with tempfile.TemporaryDirectory() as folder:
            async with database(url(Path(folder))) as engine:
                await Topics(engine).create(topic)
                return await Topics(engine).load(topic.id)

    assert asyncio.run(kept()) == topic


async def test_a_reading_is_added_beside_the_others(engine: AsyncEngine) -> None:
    kept = Topics(engine)
    await kept.create(digest_topic())
    added = part(digest_topic())
    await kept.add("ferry", added, Embedded("quick", {b"name": b"vector"}))
    topic = await kept.load("ferry")
    assert topic.sources == (*digest_topic().sources, LETTER)
    assert topic.passages == (*digest_topic().passages, *added.passages)
    assert topic.notes == {**digest_topic().notes, **added.notes}
    assert topic.arguments == (*digest_topic().arguments, *added.arguments)
    assert topic.blocks == digest_topic().blocks
    assert await StoredVectors(engine).load("ferry", "quick") == {b"name": b"vector"}


async def test_what_is_added_to_the_bundled_topic_lies_over_it(engine: AsyncEngine) -> None:
    kept, bundled = Topics(engine), named(BUNDLED)
    await kept.add(BUNDLED, part(await kept.head(BUNDLED)))
    topic = await kept.load(BUNDLED)
    assert topic.sources == (*bundled.sources, LETTER)
    assert topic.blocks == bundled.blocks
    (summary,) = await kept.list()
    assert (summary.id, summary.sources, summary.passages) == (BUNDLED, 2, len(bundled.passages) + 1)
    await kept.delete(BUNDLED)
    assert await kept.load(BUNDLED) == bundled


async def test_a_decision_stands_in_the_place_of_what_was_there(engine: AsyncEngine) -> None:
    kept, bundled = Topics(engine), named(BUNDLED)
    name, note = "p1.1", Note(Role.EVIDENCE, "engagement")
    changed = replace(bundled.arguments[0], claim="Talk first.")
    await kept.decide(BUNDLED, name, note, [changed], [bundled.arguments[1].id])
    await kept.decide(BUNDLED, name, note)
    topic = await kept.load(BUNDLED)
    assert topic.notes[name] == note
    assert topic.arguments == (changed, *bundled.arguments[2:])
    assert await kept.decided(BUNDLED) == {name}


async def test_an_attached_original_takes_the_digests_place_until_the_pack_changes(engine: AsyncEngine) -> None:
    kept, bundled = Topics(engine), named(BUNDLED)
    original = replace(bundled.sources[0], kind=Kind.VERBATIM, text="Here. There. " * 20)
    spans = [replace(p, start=0, end=5, text="Here.", gist=p.text) for p in bundled.passages]
    await kept.attach(BUNDLED, original, spans)
    topic = await kept.load(BUNDLED)
    assert topic.sources == (original,)
    assert topic.passages == tuple(spans)
    assert topic.notes == bundled.notes
    async with engine.begin() as connection:
        await connection.execute(text("UPDATE topics SET version = '0.9'"))
    assert await kept.load(BUNDLED) == bundled


async def test_duplicates_are_refused_and_change_nothing(engine: AsyncEngine) -> None:
    kept = Topics(engine)
    await kept.create(digest_topic())
    for topic in (digest_topic(), replace(digest_topic(), id=BUNDLED)):
        with pytest.raises(DuplicateTopic, match=f"There is a topic '{topic.id}' already"):
            await kept.create(topic)
    await kept.add("ferry", part(digest_topic()))
    before = await kept.load("ferry")
    again = replace(LETTER, id="other", text=LETTER.text.replace(" ", "\n"))
    with pytest.raises(DuplicateReading, match="Nothing was added"):
        await kept.add("ferry", part(digest_topic(), again))
    assert await kept.load("ferry") == before
    for name, source in (
        ("ferry", again),
        ("ferry", digest_topic().sources[0]),
        (BUNDLED, named(BUNDLED).sources[0]),
    ):
        assert await kept.has(name, source)
        assert not await kept.has(name, replace(source, text="Something else."))


async def test_a_deleted_topic_leaves_nothing(engine: AsyncEngine) -> None:
    kept = Topics(engine)
    await kept.create(digest_topic(), Embedded("quick", {b"name": b"vector"}))
    await StoredVectors(engine).save("ferry/blocks", "learned", {b"money": b"weights"})
    await kept.delete("ferry")
    for missing in (kept.load("ferry"), kept.delete("ferry"), kept.add("ferry", part(digest_topic()))):
        with pytest.raises(UnknownTopic, match=r"No topic 'ferry'\. There is: north-korea\."):
            await missing
    async with engine.connect() as connection:
        for table in ("topics", "sources", "passages", "notes", "arguments", "vectors"):
            assert (await connection.execute(text(f"SELECT count(*) FROM {table}"))).scalar_one() == 0
    with pytest.raises(UnknownTopic, match="comes with the software"):
        await kept.delete(BUNDLED)


async def test_an_add_walks_through_nothing_that_the_topic_has(engine: AsyncEngine) -> None:
    kept = Topics(engine)
    await kept.create(digest_topic())
    ran: list[tuple[str, Any]] = []
    event.listen(engine.sync_engine, "before_cursor_execute", lambda *args: ran.append((args[2], args[3])))
    await kept.add("ferry", part(digest_topic()), Embedded("quick", {b"name": b"vector"}))
    looked = [(statement, given) for statement, given in ran if not statement.startswith("INSERT")]
    assert any(statement.startswith("DELETE FROM vectors") for statement, _ in looked)
    async with engine.connect() as connection:
        for statement, given in looked:
            for step in await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given):
                assert "SCAN" not in step[-1]
                assert "vectors" not in step[-1] or "model" in step[-1]


async def test_vectors_stay_until_their_model_goes(engine: AsyncEngine) -> None:
    vectors = StoredVectors(engine)
    await vectors.save("ferry", "one", {b"a": b"1"})
    await vectors.save("ferry", "one", {b"a": b"1", b"b": b"2"})
    await vectors.save("zoo", "one", {b"a": b"3"})
    assert await vectors.load("ferry", "one") == {b"a": b"1", b"b": b"2"}
    await vectors.save("ferry", "two", {b"a": b"4"})
    assert await vectors.load("ferry", "one") == {}
    assert await vectors.load("ferry", "two") == {b"a": b"4"}
    assert await vectors.load("zoo", "one") == {b"a": b"3"}


async def test_a_database_of_the_first_version_keeps_its_vectors(tmp_path: Path) -> None:
    await _first_version(tmp_path)
    async with database(url(tmp_path)) as engine:
        assert await StoredVectors(engine).load("acts", "m") == {b"a": b"1"}
        assert [each.id for each in await Topics(engine).list()] == [BUNDLED]


def test_the_tables_are_those_of_the_last_migration() -> None:
    assert ScriptDirectory.from_config(CONFIG).get_current_head() == REVISION


async def test_a_migration_that_fails_leaves_the_tables_as_they_were(tmp_path: Path) -> None:
    await _first_version(tmp_path)
    with sqlite3.connect(tmp_path / "test.db") as before:
        before.execute("CREATE TABLE vectors_0001 (taken)")
        tables = before.execute("SELECT name FROM sqlite_master ORDER BY name").fetchall()
    with pytest.raises(StoreError, match="already another table"):
        async with database(url(tmp_path)):
            pass
    with sqlite3.connect(tmp_path / "test.db") as after:
        assert after.execute("SELECT name FROM sqlite_master ORDER BY name").fetchall() == tables
        after.execute("DROP TABLE vectors_0001")
    async with database(url(tmp_path)) as engine:
        assert await StoredVectors(engine).load("acts", "m") == {b"a": b"1"}


async def _first_version(folder: Path) -> None:
    engine = create_async_engine(url(folder))
    async with engine.begin() as connection:
        await connection.run_sync(migrate, "0001")
        await connection.exec_driver_sql(
            "INSERT INTO vectors (collection, name, model, vector) VALUES ('acts', x'61', 'm', x'31')"
        )
    await engine.dispose()
