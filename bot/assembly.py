"""The composition root: everything is built and joined here."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from rich.console import Console

from bot.debate.opponent import Opponent
from bot.desk.apart import Apart
from bot.desk.desk import Desk
from bot.desk.desk import desk as opened_desk
from bot.desk.readings import Readings
from bot.intake import Intake
from bot.review import Reviewing
from bot.settings import Settings
from bot.store.database import database
from bot.store.rounds import Rounds
from bot.store.topics import Topics
from bot.store.vectors import StoredVectors
from bot.study import Study
from bot.voices.composer import Composer
from knowledge.embedding import SentenceEncoder
from knowledge.library import Library, OpenTopic, Told, silent
from knowledge.reviewing import Review
from knowledge.topics import Topic


@dataclass(frozen=True)
class App:
    """An open topic with an opponent, a study companion and a store of rounds."""

    readings: OpenTopic
    opponent: Opponent
    study: Study
    rounds: Rounds


@asynccontextmanager
async def opened(settings: Settings, topic: Topic, told: Told = silent) -> AsyncIterator[App]:
    """Yield the app for one topic; its vectors come from the store where they were made before."""
    async with database(settings.database) as engine:
        library = Library(SentenceEncoder(settings.model, settings.threads), StoredVectors(engine), told)
        readings = await library.open(topic)
        opponent = Opponent(readings, Composer(topic), now)
        yield App(readings, opponent, Study(readings), Rounds(engine))


@asynccontextmanager
async def intake(settings: Settings, told: Told = silent) -> AsyncIterator[Intake]:
    """Yield what takes readings into the topics that are kept."""
    async with database(settings.database) as engine:
        encoder = SentenceEncoder(settings.model, settings.threads)
        library = Library(encoder, StoredVectors(engine), told)
        yield Intake(Topics(engine), library, encoder, settings.limits)


@asynccontextmanager
async def reviewing(
    settings: Settings, topic: Topic, console: Console, told: Told = silent
) -> AsyncIterator[Reviewing]:
    """Yield the review of a topic that is kept, with what was decided before."""
    async with database(settings.database) as engine:
        topics = Topics(engine)
        library = Library(SentenceEncoder(settings.model, settings.threads), StoredVectors(engine), told)
        review = Review(topic, await library.passage_vectors(topic), await topics.decided(topic.id))
        yield Reviewing(console, topic, review, topics)


@asynccontextmanager
async def desk(settings: Settings) -> AsyncIterator[Desk]:
    """Yield the desk of a front end with many people."""
    from bot.picture import draw  # matplotlib: half a second that no other start needs

    async with database(settings.database) as engine:
        readings = Readings(SentenceEncoder(settings.model, settings.threads), StoredVectors(engine), now)
        async with opened_desk(settings.houses, readings, now, draw, settings.limits) as ready:
            yield ready


@asynccontextmanager
async def serving(settings: Settings) -> AsyncIterator[tuple[Desk, Apart]]:
    """Yield the desk with the loop that it lives on."""
    async with Apart() as work:
        entered = desk(settings)
        ready = await work(entered.__aenter__())
        try:
            yield ready, work
        finally:
            await work(entered.__aexit__(None, None, None))


def now() -> str:
    """Return the time in UTC, ISO 8601, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")
