"""Topics of a server: made, filled with readings, offered, passed on, deleted."""

import asyncio
import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from bot.desk.patience import patiently
from bot.desk.readings import Readings
from bot.intake import Intake
from bot.overview import Overview, overview
from bot.store.houses import House
from bot.store.standings import Standing
from knowledge.errors import GainsayError
from knowledge.library import Told, silent
from knowledge.limits import USUAL, Limits
from knowledge.packfiles import begun
from knowledge.packzip import pack, unpack
from knowledge.sources import Source
from knowledge.topics import Side, Topic

File = tuple[str, bytes]
"""A file's name and content."""


@dataclass(frozen=True)
class Setup:
    """What those who set up topics can do. Whatever it does is done whole or not at all."""

    readings: Readings
    drawn: Callable[[Overview, Path], None]
    """Draws an overview into a PNG file."""
    limits: Limits = USUAL

    async def create(self, house: House, name: str, motion: str, sides: Sequence[Side]) -> Topic:
        """Return a new topic, a draft; DuplicateTopic or PackError say what does not do."""
        topic = begun(name, motion, sides, "1.0.0", "not stated", "not stated")
        return await self._drafted(house, topic)

    async def add(self, house: House, name: str, files: Sequence[File], side: str = "", told: Told = silent) -> Topic:
        """Return what was added to a topic of the readings in files, all of them or none."""
        with tempfile.TemporaryDirectory(prefix="gainsay-") as folder:
            paths = await asyncio.to_thread(_written, Path(folder), files)
            with _named_as_given(folder):
                intake = self._intake(house, told)
                added = await patiently(lambda: intake.add(name, paths, side))
        self.readings.changed(house, name)
        return added

    async def attach(self, house: House, name: str, file: File, told: Told = silent) -> Source:
        """Return the original as it stands in the digest's place; NotTheOriginal when it is another text."""
        with tempfile.TemporaryDirectory(prefix="gainsay-") as folder:
            (path,) = await asyncio.to_thread(_written, Path(folder), [file])
            with _named_as_given(folder):
                intake = self._intake(house, told)
                source = await patiently(lambda: intake.attach(name, path))
        self.readings.changed(house, name)
        return source

    async def head(self, house: House, name: str) -> Topic:
        """Return a topic without its readings; UnknownTopic when there is none of that id."""
        return await patiently(lambda: house.topics.head(name))

    async def show(self, house: House, name: str) -> tuple[Overview, bytes]:
        """Return what a topic has for each side, and the same as a picture (PNG)."""
        seen = await patiently(lambda: self._seen(house, name))
        return seen, await asyncio.to_thread(self._picture, seen)

    async def stand(self, house: House, name: str, standing: Standing) -> None:
        """Give a topic its standing; UnknownTopic when there is none of that id."""
        await self.head(house, name)
        await patiently(lambda: house.standings.set(name, standing))

    async def delete(self, house: House, name: str) -> None:
        """Delete a topic, or what was added to a bundled one."""
        await patiently(lambda: house.topics.delete(name))
        await patiently(lambda: house.standings.forget(name))
        self.readings.changed(house, name)

    async def export(self, house: House, name: str) -> bytes:
        """Return a topic as a zip."""
        topic = await patiently(lambda: house.topics.load(name))
        return await asyncio.to_thread(_packed, topic)

    async def take(self, house: House, file: File, name: str = "", told: Told = silent) -> Topic:
        """Return the topic in a zip, kept as a draft; under another id where one is given."""
        topic = await asyncio.to_thread(_unpacked, file)
        if name:
            begun(name, topic.motion, topic.sides, topic.version, topic.licence, topic.attribution)
            topic = replace(topic, id=name)
        return await self._drafted(house, topic, told)

    async def _drafted(self, house: House, topic: Topic, told: Told = silent) -> Topic:
        intake = self._intake(house, told)
        await patiently(lambda: intake.create(topic))
        await patiently(lambda: house.standings.set(topic.id, Standing.DRAFT))
        self.readings.changed(house, topic.id)
        return topic

    async def _seen(self, house: House, name: str) -> Overview:
        topic, library = await house.topics.load(name), self.readings.library(house)
        return overview(topic, {side.id: await library.answered(topic, side.id) for side in topic.sides})

    def _intake(self, house: House, told: Told = silent) -> Intake:
        return Intake(house.topics, self.readings.library(house, told), self.readings.encoder, self.limits)

    def _picture(self, seen: Overview) -> bytes:
        with tempfile.TemporaryDirectory(prefix="gainsay-") as folder:
            path = Path(folder) / "topic.png"
            self.drawn(seen, path)
            return path.read_bytes()


def _written(folder: Path, files: Sequence[File]) -> list[str]:
    """Return the paths of the files, each in a folder of its own under the name it came with."""
    paths = []
    for number, (name, data) in enumerate(files):
        path = folder / str(number) / (Path(name).name or "reading")
        path.parent.mkdir()
        path.write_bytes(data)
        paths.append(str(path))
    return paths


def _packed(topic: Topic) -> bytes:
    with tempfile.TemporaryDirectory(prefix="gainsay-") as folder:
        path = Path(folder) / "topic.zip"
        pack(topic, path)
        return path.read_bytes()


def _unpacked(file: File) -> Topic:
    with tempfile.TemporaryDirectory(prefix="gainsay-") as folder:
        (path,) = _written(Path(folder), [file])
        with _named_as_given(folder):
            return unpack(Path(path))


@contextmanager
def _named_as_given(folder: str) -> Iterator[None]:
    """Have errors name files as they came, not as they lie in the folder."""
    try:
        yield
    except GainsayError as error:
        raise type(error)(re.sub(rf"{re.escape(folder)}/\d+/", "", str(error))) from None
