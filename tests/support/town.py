"""A topic of readings that nobody annotated, mined and opened with the real model."""

from knowledge.embedding import SentenceEncoder
from knowledge.library import Library, OpenTopic
from knowledge.readers import read
from knowledge.topics import Side, Topic
from tests.support.readings import common
from tests.support.topics import Shelf

ENCODER = SentenceEncoder(threads=1)
FOR = """The town should bring its trams back. Rails last for fifty years.

Shopkeepers say that the building work will ruin them. But trade on Mill Road rose by a fifth once the rails were in.

Trams are clean. The air on the High Street breaks the legal limit on sixty days a year, and buses are the cause."""
AGAINST = """The trams should stay in the museum. A tram line costs eighty million, and the town has no such sum.

A bus can go round a burst pipe. When the power failed last winter, every tram in Hale stood still for two days.

I admit that diesel buses foul the air. Yet half of them will be electric within three years."""


KEPT = Shelf()


async def opened(*readings: tuple[str, str]) -> OpenTopic:
    KEPT.kept = dict(common())
    library = Library(ENCODER, KEPT)
    sides = (Side("trams", "Trams should run again."), Side("buses", "The town should stay with its buses."))
    topic = Topic("town", "1", "The town should bring its trams back.", sides, "", "", (), (), {}, (), ())
    for number, (text, side) in enumerate(readings):
        source = read(text.encode(), f"reading{number}.txt")
        part, vectors = await library.mined(topic, source, side)
        await KEPT.save("town", ENCODER.fingerprint, vectors)
        KEPT.saved.clear()
        topic = Topic(
            "town", "1", topic.motion, sides, "", "",
            (*topic.sources, source), (*topic.passages, *part.passages), {**topic.notes, **part.notes},
            (*topic.arguments, *part.arguments), (),
        )  # fmt: skip
    return await library.open(topic)
