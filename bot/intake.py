"""Readings taken into topics: read, split, noted, embedded, kept; each time whole or not at all."""

import asyncio
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from bot.debate.errors import UnknownSide
from bot.store.errors import DuplicateReading
from bot.store.topics import Embedded, Topics
from knowledge.embedding import Encoder, Vectors
from knowledge.errors import SourceError
from knowledge.library import BATCH, Library
from knowledge.limits import USUAL, Limits
from knowledge.originals import NotTheOriginal, attached
from knowledge.readers import read
from knowledge.sources import Kind, Source
from knowledge.topics import Topic


@dataclass(frozen=True)
class Intake:
    """Takes readings into the topics that are kept."""

    topics: Topics
    library: Library
    encoder: Encoder
    limits: Limits = USUAL

    async def create(self, topic: Topic) -> None:
        """Keep a new topic with its vectors; DuplicateTopic when its id is taken."""
        await self.topics.require_new(topic.id)
        await self.topics.create(topic, await self._embedded(topic))

    async def add(self, name: str, files: Sequence[str], side: str = "") -> Topic:
        """Add the readings in files to a topic, all or none; return what was added.

        ``side`` says which side they argue for, or "both"; "" where that is to be found out.
        """
        head = await self.topics.head(name)
        known = [*(each.id for each in head.sides), "both"]
        if side and side not in known:
            raise UnknownSide(f"No side {side!r} in {name}. Use --side with one of: {', '.join(known)}.")
        sources = await self._sources(name, files)
        part, vectors = head, dict[bytes, bytes]()
        for source in sources:
            found, fresh = await self.library.mined(head, source, side)
            if not found.passages:
                raise SourceError(f"{source.title}: there is no paragraph in it. Give a file with text in it.")
            part, vectors = _joined(part, found), {**vectors, **fresh}
        await self.topics.add(name, part, Embedded(self.encoder.fingerprint, vectors))
        return part

    async def attach(self, name: str, file: str) -> Source:
        """Put the original in a file in the place of the digest that sums it up; return it as it is then."""
        topic = await self.topics.load(name)
        digests = [source for source in topic.sources if source.kind is Kind.DIGEST]
        if not digests:
            raise NotTheOriginal(f"{name} has no digest that lacks its original. To add a reading, use topic add.")
        self.library.told("Reading", 0, 1)
        original = await asyncio.to_thread(_source, file, self.limits)
        self.library.told("Reading", 1, 1)
        refused: list[NotTheOriginal] = []
        for digest in digests:
            passages = [passage for passage in topic.passages if passage.source_id == digest.id]
            try:
                found, spans = await asyncio.to_thread(attached, digest, passages, original, self._encode)
            except NotTheOriginal as error:
                refused.append(error)
                continue
            await self.topics.attach(name, found, spans)
            return found
        raise refused[0]

    async def _sources(self, name: str, files: Sequence[str]) -> list[Source]:
        """Return the sources in files, each with an id of its own in the topic."""
        ids = set(await self.topics.source_ids(name))
        sources: list[Source] = []
        for number, file in enumerate(files):
            self.library.told("Reading", number, len(files))
            source = await asyncio.to_thread(_source, file, self.limits)
            if source.digest in (each.digest for each in sources) or await self.topics.has(name, source):
                raise DuplicateReading(f"{file}: {name} has this reading already. Nothing was added.")
            fresh = next(name for name in _names(source.id) if name not in ids)
            ids.add(fresh)
            sources.append(replace(source, id=fresh))
        self.library.told("Reading", len(files), len(files))
        return sources

    def _encode(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a text, encoded in batches whose progress is told."""
        rows: list[Vectors] = []
        for start in range(0, len(texts), BATCH):
            self.library.told("Comparing", start, len(texts))
            rows.append(self.encoder.encode(texts[start : start + BATCH]))
        return np.concatenate(rows)

    async def _embedded(self, part: Topic) -> Embedded:
        return Embedded(self.encoder.fingerprint, await self.library.embed(part))


def _names(name: str) -> Sequence[str]:
    return [name, *(f"{name}-{number}" for number in range(2, 10_000))]


def _joined(part: Topic, found: Topic) -> Topic:
    return replace(
        part,
        sources=(*part.sources, *found.sources),
        passages=(*part.passages, *found.passages),
        notes={**part.notes, **found.notes},
        arguments=(*part.arguments, *found.arguments),
    )


def _source(file: str, limits: Limits) -> Source:
    """Return the source in a file, or on standard input for "-"; SourceError when it can't be read."""
    data = _data(file, limits.max_bytes + 1)
    return read(data, "notes" if file == "-" else Path(file).name, limits)


def _data(file: str, most: int) -> bytes:
    """Return what is in a file, the first of it where it is longer than ``most`` bytes or has no end."""
    try:
        if file == "-":
            return sys.stdin.buffer.read(most)
        with Path(file).open("rb") as opened:
            return opened.read(most)
    except OSError as error:
        raise SourceError(f"{file}: cannot be read ({error.strerror}).") from None
