"""Questions, evidence, rebuttals and checks of quotations outside rounds."""

import asyncio
import secrets
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.debate.citations import cite
from bot.debate.errors import UnknownSide
from bot.debate.plan import APT
from bot.debate.round import Round
from bot.debate.turn import Citation, Reply
from bot.desk.errors import NotKept
from bot.desk.patience import patiently
from bot.desk.readings import Opened, Readings
from bot.store.answers import Answered
from bot.store.houses import House
from bot.study import Answer
from knowledge.quotes import Checked, check, quotations
from knowledge.topics import Topic

MOST_CARDS = 5
BEFORE = 3
"""Questions that a follow-up is understood against."""


@dataclass(frozen=True, slots=True)
class Card:
    """Evidence as a debater pastes it: the tag that it bears out, and the citation with its body."""

    tag: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class Evidence:
    """Cards that bear out a claim for a side, the best first; ``sides`` are the topic's, in its order."""

    kept: Answered
    sides: Sequence[str]
    side: str
    cards: Sequence[Card]


@dataclass(frozen=True, slots=True)
class Rebuttal:
    """What a side answers to an argument; ``sides`` are the topic's, in its order."""

    kept: Answered
    sides: Sequence[str]
    side: str
    reply: Reply


class Asking:
    """Answers what is asked outside rounds; what is shown is kept, so that it can be asked about again."""

    def __init__(self, readings: Readings, now: Callable[[], str]) -> None:
        self._readings = readings
        self._now = now

    async def ask(
        self, house: House, topic: str, user: int, question: str, follows: Answered | None = None
    ) -> tuple[Answered, Answer]:
        """Return the answer to a question, and what is kept of it; somebody else's question is not kept with it."""
        opened = await self._readings.of(house, topic)
        before = (*follows.before, follows.question)[-BEFORE:] if follows else ()
        answer = await opened.study.ask(question, before)
        mine = before if follows and follows.user == user else ()
        return await self._kept(house, topic, user, question, answer.citations, mine), answer

    async def evidence(self, house: House, topic: str, user: int, claim: str, side: str = "") -> Evidence:
        """Return cards that bear out a claim for a side, by default the one that it argues for."""
        opened = await self._readings.of(house, topic)
        sides = _sides(opened.topic, side)
        name = side or await opened.opponent.argued(claim)
        (query,) = await opened.readings.read([claim])
        hits = [hit for hit in opened.readings.passages(query) if opened.topic.serves(hit.target, name)]
        found = [hit.target for hit in hits if hit.cosine >= APT][:MOST_CARDS]
        cited = cite(opened.topic, found)
        cards = [_card(opened.topic, name, citation) for citation in cited]
        return Evidence(await self._kept(house, topic, user, claim, cited), sides, name, cards)

    async def cards(self, house: House, kept: Answered, side: int) -> Sequence[Card]:
        """Return what was shown for a claim as cards once more, for the side of that number in the topic."""
        topic = (await self._readings.of(house, kept.topic)).topic
        return [_card(topic, topic.sides[side].id, citation) for citation in kept.citations]

    async def rebut(self, house: House, topic: str, user: int, text: str, side: str = "") -> Rebuttal:
        """Return the answer to an argument from a side, by default from the one that it is against."""
        opened = await self._readings.of(house, topic)
        sides = _sides(opened.topic, side)
        name = side or opened.topic.other(await opened.opponent.argued(text)).id
        round = Round("", topic, name, seed=zlib.crc32(text.encode()))
        heard = await opened.opponent.hear(round, text, arguing=True)
        reply = opened.opponent.reply(round, heard)
        return Rebuttal(await self._kept(house, topic, user, text, reply.citations), sides, name, reply)

    async def quotes(self, house: House, topic: str, text: str) -> Sequence[Checked]:
        """Return a verdict on every quotation in a text; on the whole text where it marks none."""
        opened = await self._readings.of(house, topic)
        return await asyncio.to_thread(_checked, opened, text)

    async def again(self, house: House, name: str) -> Answered:
        """Return what is kept of an answer; NotKept when nothing is any more."""
        kept = await patiently(lambda: house.answers.load(name))
        if kept is None:
            raise NotKept("That is not kept any more.")
        return kept

    async def at(self, house: House, message: int) -> Answered | None:
        """Return the answer that a message shows; None where it shows none."""
        return await patiently(lambda: house.answers.at(message))

    async def shown(self, house: House, kept: Answered, message: int) -> None:
        """Keep which message shows an answer, to which people reply."""
        await patiently(lambda: house.answers.shown(kept.id, message))

    async def _kept(
        self,
        house: House,
        topic: str,
        user: int,
        question: str,
        cited: tuple[Citation, ...],
        before: Sequence[str] = (),
    ) -> Answered:
        kept = Answered(secrets.token_hex(6), user, topic, self._now(), question, cited, tuple(before))
        await patiently(lambda: house.answers.keep(kept))
        return kept


def _sides(topic: Topic, side: str) -> Sequence[str]:
    """Return the topic's sides; UnknownSide when ``side`` is given and none of them."""
    known = [each.id for each in topic.sides]
    if side and side not in known:
        raise UnknownSide(f"No side {side!r} in this topic. Choose {' or '.join(known)}.")
    return known


def _card(topic: Topic, side: str, citation: Citation) -> Card:
    note = topic.notes.get(citation.passage_id)
    return Card((note and (note.how.get(side) or note.line)) or citation.text, citation)


def _checked(opened: Opened, text: str) -> list[Checked]:
    topic = opened.topic
    return [check(quote, topic.sources, topic.passages) for quote in quotations(text) or [text]]
