"""Fits the rules of knowledge/abstention.py and says how they do on questions of unseen writers.

They are learned from the "dev" cases and, where a topic knows questions of its own, from these too. Nothing may be
known by heart: a question is put to the topic without those of its own that are nearly the same, and each writer's
cases are judged by what was learned from the others'.
"""

import asyncio
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from bot.settings import settings
from bot.store.database import database
from bot.store.vectors import StoredVectors
from knowledge.abstention import Rule, values
from knowledge.catalogue import BUNDLED, named
from knowledge.embedding import SentenceEncoder
from knowledge.library import Library
from knowledge.queries import Query
from knowledge.topics import Topic

REFUSED = 0.08
"""The share of answerable questions that may be refused: as many unanswerable ones are caught as that allows."""
SAME = 0.8
"""Cosine from which two questions are nearly the same."""
PARTS = 10
"""How many times the topic is opened to score its own questions, each time without a part of them."""
WRITERS = {"q": (108, 218, 378, 488), "w": (279,)}
"""The last number that each writer of cases gave, by the letter that the ids begin with."""
CASES = Path(__file__).parent / "cases" / "questions.jsonl"


@dataclass(frozen=True)
class Asked:
    """A question: who wrote it, whether it is answered, and in which paragraphs."""

    query: Query
    writer: str
    answerable: bool
    paragraphs: Sequence[str] = ()


@dataclass(frozen=True)
class Scored:
    """A question's signals, and whether the best passage answers it."""

    asked: Asked
    values: tuple[float, ...]
    right: bool


@dataclass(frozen=True)
class Borrowed:
    """The vectors that are stored; what is learned without a part of the topic is not."""

    stored: StoredVectors

    async def load(self, collection: str, model: str) -> Mapping[bytes, bytes]:
        return await self.stored.load(collection, model)

    async def save(self, collection: str, model: str, vectors: Mapping[bytes, bytes]) -> None:
        pass


@dataclass(frozen=True)
class Bench:
    """Opens the topic in many shapes."""

    library: Library
    topic: Topic
    own: Sequence[Asked]

    async def scored(self, asked: Sequence[Asked], taught: bool) -> list[Scored]:
        """Return the questions scored by the topic without what is nearly the same; without any unless ``taught``."""
        vectors = np.stack([each.query.vector for each in asked])
        near = (np.stack([each.query.vector for each in self.own]) @ vectors.T).max(axis=1) >= SAME
        gone = {each.query.text for each, same in zip(self.own, near, strict=True) if same or not taught}
        readings = await self.library.open(_without(self.topic, gone))
        found = []
        for each in asked:
            best = readings.passages(each.query)[0]
            place = self.topic.passage(best.target).locator.removeprefix("¶")
            found.append(Scored(each, values(readings.signals(each.query, best)), place in each.paragraphs))
        return found


def _without(topic: Topic, gone: set[str]) -> Topic:
    def left(texts: Iterable[str]) -> tuple[str, ...]:
        return tuple(text for text in texts if text not in gone)

    notes = {n: replace(note, asks=left(note.asks), denies=left(note.denies)) for n, note in topic.notes.items()}
    return replace(topic, notes=notes, silent=left(topic.silent))


def _own(topic: Topic) -> Iterator[tuple[str, bool]]:
    for note in topic.notes.values():
        yield from ((ask, True) for ask in note.asks)
        yield from ((ask, False) for ask in note.denies)
    yield from ((ask, False) for ask in topic.silent)


def _writer(name: str) -> str:
    last = next(last for last in WRITERS[name[0]] if int(name[1:]) <= last)
    return f"{name[0]} to {last}"


async def main() -> None:
    topic = named(BUNDLED)
    lines: list[dict[str, Any]] = [json.loads(line) for line in CASES.read_text("utf-8").splitlines()]
    cases = [case for case in lines if case["split"] == "dev"]
    async with database(settings().database) as engine:
        library = Library(SentenceEncoder(settings().model, settings().threads), Borrowed(StoredVectors(engine)))
        readings = await library.open(topic)
        own = list(_own(topic))
        queries = await readings.read([text for text, _ in own] + [case["text"] for case in cases])
        bench = Bench(library, topic, [Asked(q, "", known) for q, (_, known) in zip(queries, own, strict=False)])
        asked = [
            Asked(query, _writer(case["id"]), case["answerable"], case.get("paragraphs", ()))
            for query, case in zip(queries[len(own) :], cases, strict=True)
        ]
        writers = [list(group) for _, group in groupby(asked, lambda each: each.writer)]
        for name, taught in (("TAUGHT", True), ("UNTAUGHT", False)):
            parts = [bench.own[part::PARTS] for part in range(PARTS)] if taught else []
            learned = [each for part in parts for each in await bench.scored(part, taught)]
            _report(name, learned, [await bench.scored(group, taught) for group in writers])


def _report(name: str, own: Sequence[Scored], writers: Sequence[Sequence[Scored]]) -> None:
    """Print what rules learned from the others reach on each writer's cases, and the rule learned from all."""
    reached = []
    for mine in writers:
        rule = _learned(own, [each for others in writers if others is not mine for each in others])
        reached += [(each, rule.bias + np.dot(rule.weights, each.values) > 0) for each in mine]
        print(f"{name:<9}{mine[0].asked.writer:<9}", _figures(reached[-len(mine) :]))
    print(f"{name:<9}{'all':<9}", _figures(reached))
    print(name, "=", _learned(own, [each for mine in writers for each in mine]))


def _learned(own: Sequence[Scored], cases: Sequence[Scored]) -> Rule:
    """Return the rule that tells the questions apart best and refuses as many answerable cases as it may."""
    x = np.array([each.values for each in (*own, *cases)])
    known = [each.asked.answerable for each in (*own, *cases)]
    mean, spread = x.mean(0), x.std(0) + 1e-9
    model = LogisticRegression(C=0.3, max_iter=5000).fit((x - mean) / spread, known)
    weights = model.coef_[0] / spread
    answerable = np.array([each.values for each in cases if each.asked.answerable])
    bias = -float(np.quantile(answerable @ weights, REFUSED))
    return Rule(round(bias, 2), tuple(round(float(weight), 2) for weight in weights))


def _figures(reached: Sequence[tuple[Scored, bool]]) -> str:
    yes = [(each, kept) for each, kept in reached if each.asked.answerable]
    no = [kept for each, kept in reached if not each.asked.answerable]
    return (
        f"right ¶ first {np.mean([kept and each.right for each, kept in yes]):.2f}, "
        f"unanswerable refused {1 - np.mean(no):.2f} of {len(no)}, "
        f"answerable refused {1 - np.mean([kept for _, kept in yes]):.2f} of {len(yes)}"
    )


if __name__ == "__main__":
    asyncio.run(main())
