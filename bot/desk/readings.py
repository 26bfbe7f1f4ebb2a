"""Topics opened for play and questions, each once, and kept open while they are in use."""

import asyncio
from collections import OrderedDict, defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from bot.debate.opponent import Opponent
from bot.desk.patience import patiently
from bot.store.houses import House, SharedVectors
from bot.study import Study
from bot.voices.composer import Composer
from knowledge import catalogue
from knowledge.embedding import Encoder
from knowledge.library import Library, OpenTopic, Told, VectorStore, silent
from knowledge.topics import Topic

MOST = 24
"""Topics held open; the one that was used least lately goes first."""


@dataclass(frozen=True)
class Opened:
    """A topic that is open: its readings, who argues over them, and who answers questions from them."""

    readings: OpenTopic
    opponent: Opponent
    study: Study

    @property
    def topic(self) -> Topic:
        """Return the topic."""
        return self.readings.topic


class Readings:
    """Opens topics. A bundled one that a house has added nothing to is the same for all houses."""

    def __init__(self, encoder: Encoder, shared: VectorStore, now: Callable[[], str]) -> None:
        self.encoder = encoder
        self._shared = shared
        self._now = now
        self._open: OrderedDict[tuple[str, str], Opened] = OrderedDict()
        self._turns: defaultdict[tuple[str, str], asyncio.Lock] = defaultdict(asyncio.Lock)

    async def bundled(self, told: Told = silent) -> Opened:
        """Return the bundled topic, opened for everyone."""
        topic = catalogue.named(catalogue.BUNDLED)
        return await self._opened(("", topic.id), topic, Library(self.encoder, self._shared, told))

    async def of(self, house: House, name: str) -> Opened:
        """Return a topic of a house, open; UnknownTopic when it has none of that id."""
        if found := self._open.get((house.name, name)):
            self._open.move_to_end((house.name, name))
            return found
        topic = await patiently(lambda: house.topics.load(name))
        if name in catalogue.names() and topic is catalogue.named(name):
            return await self._opened(("", name), topic, Library(self.encoder, self._shared))
        return await self._opened((house.name, name), topic, self.library(house))

    def library(self, house: House, told: Told = silent) -> Library:
        """Return a library that keeps what it embeds in the house."""
        return Library(self.encoder, SharedVectors(self._shared, house.vectors), told)

    def changed(self, house: House, name: str) -> None:
        """Have a topic opened afresh when it is next used."""
        self._open.pop((house.name, name), None)

    def forget(self, house: str) -> None:
        """Forget the topics of a house: they are opened afresh where it still has them."""
        for key in [key for key in self._open if key[0] == house]:
            del self._open[key]

    async def _opened(self, key: tuple[str, str], topic: Topic, library: Library) -> Opened:
        async with self._turns[key]:
            if key not in self._open:
                readings = await patiently(lambda: library.open(topic))
                opened = Opened(readings, Opponent(readings, Composer(topic), self._now), Study(readings))
                await _warmed(opened)
                self._open[key] = opened
            self._open.move_to_end(key)
            while len(self._open) > MOST:
                self._open.popitem(last=False)
            return self._open[key]


async def _warmed(opened: Opened) -> None:
    """Have what is learned at first use learned now, so that the first message is answered as fast as the others."""
    await opened.opponent.overhear(opened.topic.motion)
    await opened.study.ask(opened.topic.motion)
