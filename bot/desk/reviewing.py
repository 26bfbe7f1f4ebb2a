"""Reviews of what was mined, one page at a time."""

import asyncio
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from hashlib import blake2b

from bot.desk.patience import patiently
from bot.desk.readings import Readings
from bot.store.houses import House
from knowledge.embedding import Vectors
from knowledge.passages import Passage
from knowledge.reviewing import Review
from knowledge.topics import Note, Role, Topic


@dataclass(frozen=True, slots=True)
class Page:
    """What a reviewer sees: the passage, what is thought of it, how many are left and how sure that is."""

    topic: Topic
    passage: Passage
    note: Note
    left: int
    sure: float

    @property
    def key(self) -> str:
        """Return what stands for the passage where its own id might not fit."""
        return _key(self.passage.id)


class Reviews:
    """The reviews under way, one a topic; every decision is kept, and holds, as it is made."""

    def __init__(self, readings: Readings) -> None:
        self._readings = readings
        self._under_way: dict[tuple[str, str], UnderWay] = {}
        self._turns: defaultdict[tuple[str, str], asyncio.Lock] = defaultdict(asyncio.Lock)

    async def page(self, house: House, name: str) -> Page | None:
        """Return the least certain passage that nobody has decided; None when none is left."""
        async with self._turns[house.name, name]:
            going = await self._review(house, name)
            going.skipped.clear()
            return going.page()

    async def decide(self, house: House, name: str, key: str, helps: str = "", claim: str = "") -> Page | None:
        """Keep a decision on a passage, and return the next page; None at the end.

        What is thought of it holds where nothing else is said: which side it ``helps``, what it claims.
        """
        async with self._turns[house.name, name]:
            going = await self._review(house, name)
            if passage := going.named(key):
                note = going.note(passage)
                note = replace(note, helps=helps or note.helps)
                claim = claim or going.review.claim(passage)
                decided = await asyncio.to_thread(going.review.decide, passage, note, claim)
                redrawn = going.review.redrawn([passage])
                await patiently(lambda: house.topics.decide(name, passage, decided, *redrawn))
                self._readings.changed(house, name)
            return going.page()

    async def cast(self, house: House, name: str, key: str, role: str) -> Page | None:
        """Keep what a passage is, and return its page once more: which side it helps is still to be decided."""
        async with self._turns[house.name, name]:
            going = await self._review(house, name)
            passage = going.named(key)
            if not passage or passage in await patiently(lambda: house.topics.decided(name)):
                return going.page()
            going.roles[passage] = Role(role)
            await patiently(lambda: house.topics.learn(name, {passage: going.note(passage)}))
            return going.page(passage)

    async def skip(self, house: House, name: str, key: str) -> Page | None:
        """Leave a passage for another time, and return the next; None when all others are decided or skipped."""
        async with self._turns[house.name, name]:
            going = await self._review(house, name)
            going.skipped.append(going.named(key))
            return going.page()

    async def close(self, house: House, name: str) -> int:
        """Keep what the decisions say of the others, and return how many are left undecided."""
        async with self._turns[house.name, name]:
            going = await self._review(house, name)
            if learned := {passage: going.note(passage) for passage in going.review.learned}:
                redrawn = going.review.redrawn(learned)
                await patiently(lambda: house.topics.learn(name, learned, *redrawn))
            self.changed(house, name)
            self._readings.changed(house, name)
            return len(going.review.waiting)

    def changed(self, house: House, name: str) -> None:
        """Forget a review whose topic has changed: it is taken up again with what was decided."""
        self._under_way.pop((house.name, name), None)

    def forget(self, house: str) -> None:
        """Forget the reviews of a house."""
        for key in [key for key in self._under_way if key[0] == house]:
            del self._under_way[key]

    async def _review(self, house: House, name: str) -> "UnderWay":
        key = house.name, name
        if key not in self._under_way:
            topic, decided, vectors = await patiently(lambda: self._begun(house, name))
            self._under_way[key] = UnderWay(topic, await asyncio.to_thread(Review, topic, vectors, decided))
        return self._under_way[key]

    async def _begun(self, house: House, name: str) -> tuple[Topic, Collection[str], Mapping[str, Vectors]]:
        topic, decided = await house.topics.load(name), await house.topics.decided(name)
        return topic, decided, await self._readings.library(house).passage_vectors(topic)


@dataclass(frozen=True)
class UnderWay:
    """A review under way, the passages that were skipped in it, and what some were said to be."""

    topic: Topic
    review: Review
    skipped: list[str] = field(default_factory=list)
    roles: dict[str, Role] = field(default_factory=dict)

    def named(self, key: str) -> str:
        """Return the passage in review that a key stands for; "" when there is none."""
        return next((name for name in self.review.notes if _key(name) == key), "")

    def note(self, name: str) -> Note:
        """Return what is thought of a passage as it stands now."""
        note = self.review.notes[name]
        return replace(note, role=self.roles.get(name, note.role))

    def page(self, name: str = "") -> Page | None:
        """Return the page of a passage, by default of the one that comes next; None when none does."""
        name = name or self.review.next(self.skipped)
        if not name:
            return None
        return Page(self.topic, self.topic.passage(name), self.note(name), len(self.review.waiting), self.review.sure)


def _key(passage: str) -> str:
    return blake2b(passage.encode(), digest_size=6).hexdigest()
