"""Questions answered from the readings: one to three sentences, each with its citation, or an honest no."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.debate.citations import cite, resolves, told
from bot.debate.turn import Citation
from knowledge.queries import Hit, Query
from knowledge.topics import Topic
from prompts import wordings

SENTENCES = 3
NEXT = 2.5
"""How far, in fused score, a further passage may lie behind the first and still be told."""
_FOLLOWS = re.compile(
    r"^(?:and|but|so|or|then|also)\b|^(?:what|how)\s+about\b|^why(?:\s+not)?\s*\?*$|^(?:when|where|who|how)\s*\?*$"
    r"|\b(?:it|its|they|them|their|that|this|those|these|he|him|his|she|her|there|then|so|one|ones)\b",
    re.IGNORECASE,
)
_NAMED = re.compile(r"(?<!^)\b[A-Z]\w+")


class Shelves(Protocol):
    """What study asks of the readings."""

    @property
    def topic(self) -> Topic:
        """Return the topic."""

    async def read(self, texts: Sequence[str]) -> list[Query]:
        """Return the texts as queries, encoded in one batch."""

    def answers(self, query: Query) -> Sequence[Hit]:
        """Return the passages that answer a question, best first; none when the readings don't."""

    def denied(self, query: Query) -> str:
        """Return the passage that contradicts what a question takes for granted; "" when none does."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer: its text with marks such as [1], the passages cited, and whether the readings answer at all."""

    text: str
    answered: bool
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True)
class Study:
    """Answers questions from the readings of one topic."""

    shelves: Shelves

    async def ask(self, question: str, before: Sequence[str] = ()) -> Answer:
        """Return the answer; ``before`` are the questions asked so far, against which a follow-up is understood."""
        text = in_context(question.strip(), before)
        (query,) = await self.shelves.read([text])
        if hits := self.shelves.answers(query):
            return self._answer(self._told(hits), "", True)
        if denied := self.shelves.denied(query):
            return self._answer([denied], "premise", False)
        choices = wordings("readings_silent")
        return Answer(choices[len(text) % len(choices)].render(), False)

    def _told(self, hits: Sequence[Hit]) -> list[str]:
        """Return the passages to tell: the best and those close behind it, in the order of the reading."""
        first = hits[0]
        home = self.shelves.topic.passage(first.target).locator
        near = [
            hit.target
            for hit in hits[1:]
            if first.score - hit.score
            <= (2 * NEXT if self.shelves.topic.passage(hit.target).locator == home else NEXT)
        ]
        return [first.target, *near[: SENTENCES - 1]]

    def _answer(self, passages: Sequence[str], lead: str, answered: bool) -> Answer:
        topic = self.shelves.topic
        citations = tuple(citation for citation in cite(topic, passages) if resolves(topic, citation))
        sentences = [f"{told(citation)} [{n}]" for n, citation in enumerate(citations, 1)]
        opening = [wordings(lead)[0].render()] if lead else []
        return Answer(" ".join([*opening, *sentences]), answered, citations)


def in_context(question: str, before: Sequence[str]) -> str:
    """Return the question with the one it follows upon in front, where it can't stand alone."""
    short = len(question.split()) <= 9 and not _NAMED.search(question)
    if before and _FOLLOWS.search(question) and short:
        return f"{before[-1]} {question}"
    return question
