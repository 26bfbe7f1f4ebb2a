"""Reviews of what was mined, one page at a time."""

import asyncio
from collections import defaultdict
from dataclasses import dataclass, field, replace

from bot.desk.readings import Readings
from bot.store.houses import House
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


class Reviews:
    """The reviews under way, one a topic; every decision is kept as it is made."""

    def __init__(self, readings: Readings) -> None:
        self._readings = readings
        self._under_way: dict[tuple[str, str], UnderWay] = {}
        self._turns: defaultdict[tuple[str, str], asyncio.Lock] = defaultdict(asyncio.Lock)

    async def page(self, house: House, name: str) -> Page | None:
        """Return the least certain passage that nobody has decided; None when none is left."""
        async with self._turns[house.name, name]:
            return _page(await self._review(house, name))

    async def decide(self, house: House, name: str, key: str, helps: str = "", role: str = "") -> Page | None:
        """Keep a decision on the passage whose id ends so, and return the next; a role alone leaves the side open."""
        async with self._turns[house.name, name]:
            going = await self._review(house, name)
            if passage := going.named(key):
                note = going.review.notes[passage]
                note = replace(note, helps=helps or note.helps, role=Role(role) if role else note.role)
                claim = going.review.claim(passage)
                decided = await asyncio.to_thread(going.review.decide, passage, note, claim)
                await house.topics.decide(name, passage, decided, *going.review.redrawn([passage]))
            return _page(going)

    async def skip(self, house: House, name: str, key: str) -> Page | None:
        """Leave the passage whose id ends so for another time, and return the next."""
        async with self._turns[house.name, name]:
            going = await self._review(house, name)
            going.skipped.append(going.named(key))
            return _page(going)

    async def close(self, house: House, name: str) -> int:
        """Keep what the decisions say of the others, and return how many are left undecided."""
        async with self._turns[house.name, name]:
            going = await self._review(house, name)
            if learned := going.review.learned:
                await house.topics.learn(name, learned, *going.review.redrawn(learned))
            self.changed(house, name)
            self._readings.changed(house, name)
            return len(going.review.waiting)

    def changed(self, house: House, name: str) -> None:
        """Forget a review whose topic has changed: it is taken up again with what was decided."""
        self._under_way.pop((house.name, name), None)

    async def _review(self, house: House, name: str) -> "UnderWay":
        key = house.name, name
        if key not in self._under_way:
            topic, decided = await house.topics.load(name), await house.topics.decided(name)
            vectors = await self._readings.library(house).passage_vectors(topic)
            self._under_way[key] = UnderWay(topic, await asyncio.to_thread(Review, topic, vectors, decided))
        return self._under_way[key]


@dataclass(frozen=True)
class UnderWay:
    """A review under way, and the passages that were skipped in it."""

    topic: Topic
    review: Review
    skipped: list[str] = field(default_factory=list)

    def named(self, key: str) -> str:
        """Return the passage in review whose id ends so; "" when there is none."""
        return next((name for name in self.review.notes if name.endswith(key)), "")


def _page(going: UnderWay) -> Page | None:
    name = going.review.next(going.skipped)
    if not name:
        return None
    review = going.review
    return Page(going.topic, going.topic.passage(name), review.notes[name], len(review.waiting), review.sure)
