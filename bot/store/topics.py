"""Topics in SQL: those made here, and what was laid over a bundled one."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

from sqlalchemy import Select, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession

from bot.store import topicrows as rows
from bot.store.errors import DuplicateReading, DuplicateTopic, unusable
from bot.store.overlay import Laid, overlaid
from bot.store.sessions import reading
from bot.store.tables import ArgumentRow, Base, NoteRow, PassageRow, SourceRow, TopicRow, VectorRow
from bot.store.vectors import keep_vectors
from knowledge.catalogue import UnknownTopic, named, names
from knowledge.errors import GainsayError
from knowledge.passages import Passage
from knowledge.sources import Source
from knowledge.topics import Argument, Note, Topic


@dataclass(frozen=True, slots=True)
class Embedded:
    """Vectors that a model made: digest of the text → float32 vector as bytes."""

    model: str
    vectors: Mapping[bytes, bytes] = field(default_factory=dict)


NOTHING = Embedded("")


@dataclass(frozen=True, slots=True)
class Summary:
    """A topic in a list: its motion and sides, how many sources and passages it has."""

    id: str
    motion: str
    sides: tuple[str, str]
    sources: int
    passages: int


@dataclass(frozen=True)
class Topics:
    """Keeps topics. Whatever is written is written whole or not at all."""

    engine: AsyncEngine

    async def create(self, topic: Topic, embedded: Embedded = NOTHING) -> None:
        """Keep a new topic with all that it has; DuplicateTopic when its id is taken."""
        await self.require_new(topic.id)
        async with self._written(_taken(topic.id)) as connection:
            await connection.execute(insert(TopicRow), [rows.topic_row(topic)])
            await _insert(connection, topic.id, topic, embedded)

    async def require_new(self, name: str) -> None:
        """Raise DuplicateTopic when there is a topic with that id."""
        if name in names() or await self._names(select(TopicRow.id).where(TopicRow.id == name)):
            raise _taken(name)

    async def add(self, name: str, readings: Topic, embedded: Embedded = NOTHING) -> None:
        """Add the sources, passages, notes and arguments of ``readings`` to the topic with that id.

        The cost is that of the readings: nothing that was added before is read. DuplicateReading when the topic has a
        source of the same id or text.
        """
        taken = DuplicateReading(f"{name} has a reading with this text already. Nothing was added.")
        base = await self._base(name)
        async with self._written(taken) as connection:
            await self._touch(connection, base)
            await _insert(connection, name, readings, embedded)

    async def attach(self, name: str, original: Source, passages: Sequence[Passage]) -> None:
        """Put the original, and its spans for the passages, in the place of the digest of the same id."""
        taken = DuplicateReading(f"{name} has a reading with this text already. Nothing was attached.")
        base = await self._base(name)
        async with self._written(taken) as connection:
            await self._touch(connection, base)
            version = update(TopicRow).where(TopicRow.id == name).values(version=base.version)
            await connection.execute(version)
            await _put(connection, SourceRow, [rows.source_row(name, original)])
            await _put(connection, PassageRow, [rows.passage_row(name, passage) for passage in passages])

    async def decide(
        self,
        name: str,
        passage_id: str,
        note: Note,
        arguments: Sequence[Argument] = (),
        dropped: Sequence[str] = (),
    ) -> None:
        """Keep a reviewer's decision on one passage: its note, arguments made or changed, ids of those dropped."""
        await self._noted(name, [rows.note_row(name, passage_id, note, True)], arguments, dropped)

    async def learn(
        self,
        name: str,
        notes: Mapping[str, Note],
        arguments: Sequence[Argument] = (),
        dropped: Sequence[str] = (),
    ) -> None:
        """Keep what decisions say of passages that nobody has decided, in the same way."""
        found = [rows.note_row(name, passage_id, note, False) for passage_id, note in notes.items()]
        await self._noted(name, found, arguments, dropped)

    async def decided(self, name: str) -> frozenset[str]:
        """Return the ids of the passages that a reviewer has decided."""
        return await self._names(select(NoteRow.passage_id).where(NoteRow.topic_id == name, NoteRow.decided))

    async def delete(self, name: str) -> None:
        """Delete the topic, or what was laid over a bundled one; UnknownTopic when there is neither."""
        async with self._written() as connection:
            found = await connection.execute(delete(TopicRow).where(TopicRow.id == name))
            for mine in (VectorRow.collection == name, VectorRow.collection.between(f"{name}/", f"{name}/~")):
                await connection.execute(delete(VectorRow).where(mine))
        if not found.rowcount and name in names():
            raise UnknownTopic(f"The topic {name!r} comes with the software: there is nothing of yours to delete.")
        if not found.rowcount:
            raise await self._unknown(name)

    async def head(self, name: str) -> Topic:
        """Return the topic without its readings: all that an addition has to know of it; UnknownTopic without one."""
        base = await self._base(name)
        return replace(_bare(base), sources=(), passages=(), notes={}, arguments=())

    async def has(self, name: str, source: Source) -> bool:
        """Return whether the topic has a source of the same text, white space aside."""
        same = select(SourceRow.id).where(SourceRow.topic_id == name, SourceRow.digest == source.digest)
        bundled = {each.digest for each in (await self._base(name)).sources}
        return source.digest in bundled or bool(await self._names(same))

    async def source_ids(self, name: str) -> frozenset[str]:
        """Return the ids of the topic's sources."""
        stored = await self._names(select(SourceRow.id).where(SourceRow.topic_id == name))
        return stored | {source.id for source in (await self._base(name)).sources}

    async def load(self, name: str) -> Topic:
        """Return the topic with that id, what is laid over a bundled one merged in; UnknownTopic without one."""
        base = await self._base(name)
        async with reading(self.engine) as session:
            row = await session.get(TopicRow, name)
            return overlaid(base, await _laid(session, name, row.version)) if row else base

    async def list(self) -> list[Summary]:
        """Return the topics, bundled ones first."""
        own = await self._names(select(TopicRow.id).where(TopicRow.overlay.is_(False)))
        return [await self._summary(name) for name in [*names(), *sorted(own)]]

    async def _noted(
        self, name: str, notes: Sequence[rows.Row], arguments: Sequence[Argument], dropped: Sequence[str]
    ) -> None:
        base = await self._base(name)
        async with self._written() as connection:
            await self._touch(connection, base)
            await _put(connection, NoteRow, notes, "passage_id")
            await _put(connection, ArgumentRow, rows.argument_rows(name, arguments, dropped))

    async def _summary(self, name: str) -> Summary:
        base = await self._base(name)
        bundled = {source.id for source in base.sources}
        new = select(func.count()).where(PassageRow.topic_id == name, PassageRow.source_id.not_in(bundled))
        async with reading(self.engine) as session:
            passages = (await session.execute(new)).scalar_one()
        sources = await self.source_ids(name)
        sides = (base.sides[0].id, base.sides[1].id)
        return Summary(name, base.motion, sides, len(sources), len(base.passages) + passages)

    async def _base(self, name: str) -> Topic:
        """Return what a bundled topic has by itself, or one kept here without its readings."""
        if name in names():
            return named(name)
        async with reading(self.engine) as session:
            row = await session.get(TopicRow, name)
        if row is None:
            raise await self._unknown(name)
        return rows.topic(row)

    async def _unknown(self, name: str) -> UnknownTopic:
        own = await self._names(select(TopicRow.id).where(TopicRow.overlay.is_(False)))
        return UnknownTopic(f"No topic {name!r}. There is: {', '.join([*names(), *sorted(own)])}.")

    async def _names(self, query: Select[str]) -> frozenset[str]:
        async with reading(self.engine) as session:
            return frozenset((await session.execute(query)).scalars())

    @asynccontextmanager
    async def _written(self, taken: GainsayError | None = None) -> AsyncIterator[AsyncConnection]:
        """Yield a transaction; ``taken`` is raised where a row with the same key is there already."""
        try:
            async with self.engine.begin() as connection:
                yield connection
        except IntegrityError as error:
            raise taken or unusable(error) from None
        except SQLAlchemyError as error:
            raise unusable(error) from None

    async def _touch(self, connection: AsyncConnection, base: Topic) -> None:
        """Have a row for a bundled topic: something is laid over it."""
        if base.id in names():
            row = rows.topic_row(_bare(base), overlay=True)
            await connection.execute(insert(TopicRow).on_conflict_do_nothing(), [row])


def _bare(topic: Topic) -> Topic:
    """Return the topic without what was prepared for it."""
    return replace(topic, blocks=(), clashes={}, silent=(), precedents=())


def _taken(name: str) -> DuplicateTopic:
    return DuplicateTopic(f"There is a topic {name!r} already. Choose another id.")


async def _insert(connection: AsyncConnection, name: str, topic: Topic, embedded: Embedded) -> None:
    """Write the readings of a topic under the id, with their vectors."""
    notes = [rows.note_row(name, passage, note, False) for passage, note in topic.notes.items()]
    written: list[tuple[type[Base], Sequence[rows.Row]]] = [
        (SourceRow, [rows.source_row(name, source) for source in topic.sources]),
        (PassageRow, [rows.passage_row(name, passage) for passage in topic.passages]),
        (NoteRow, notes),
        (ArgumentRow, rows.argument_rows(name, topic.arguments)),
    ]
    for table, found in written:
        if found:
            await connection.execute(insert(table), found)
    await keep_vectors(connection, name, embedded.model, embedded.vectors)


async def _put(connection: AsyncConnection, table: type[Base], found: Sequence[rows.Row], key: str = "id") -> None:
    """Write rows of a topic in the place of those with the same key."""
    if found:
        row = insert(table)
        changed = {name: row.excluded[name] for name in found[0] if name not in ("topic_id", key)}
        await connection.execute(row.on_conflict_do_update(index_elements=["topic_id", key], set_=changed), found)


async def _laid(session: AsyncSession, name: str, version: str) -> Laid:
    sources = (await session.execute(select(SourceRow).filter_by(topic_id=name).order_by(SourceRow.number))).scalars()
    texts = {}
    kept = []
    for row in sources:
        kept.append(rows.source(row))
        texts[row.id] = row.text
    passages = select(PassageRow).filter_by(topic_id=name).order_by(PassageRow.number)
    notes = select(NoteRow.passage_id, NoteRow.note).where(NoteRow.topic_id == name)
    arguments = select(ArgumentRow.id, ArgumentRow.argument, ArgumentRow.dropped)
    arguments = arguments.where(ArgumentRow.topic_id == name).order_by(ArgumentRow.number)
    held = (await session.execute(arguments)).all()
    return Laid(
        version,
        tuple(kept),
        tuple(rows.passage(row, texts[row.source_id]) for row in (await session.execute(passages)).scalars()),
        {passage: rows.note(text) for passage, text in (await session.execute(notes)).all()},
        tuple(rows.argument(text) for _, text, dropped in held if not dropped),
        frozenset(each for each, _, dropped in held if dropped),
    )
