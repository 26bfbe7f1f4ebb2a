"""Measurements that anyone can run: retrieval over BEIR files, stance, and the cost of a reply."""

import asyncio
import csv
import itertools
import json
import statistics
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from pathlib import Path

from bot.debate.round import Round
from bot.settings import Settings
from knowledge.errors import GainsayError
from knowledge.topics import Topic

STANCES = ("support", "oppose")
DEPTH = 101
"""Hits that are looked at: a hundred beside the query itself."""


class BadCorpus(GainsayError):
    """Files that are not in BEIR's formats."""


@dataclass(frozen=True, slots=True)
class Document:
    """A title, "" where there is none, and a text."""

    title: str
    text: str

    @property
    def whole(self) -> str:
        """Return both, as BEIR's models read them."""
        return f"{self.title} {self.text}".strip()


@dataclass(frozen=True, slots=True)
class Beir:
    """A corpus and queries by id, and the relevant documents of each query with their grade."""

    corpus: Mapping[str, Document]
    queries: Mapping[str, Document]
    qrels: Mapping[str, Mapping[str, int]]


def read_beir(corpus: Path, queries: Path, qrels: Path) -> Beir:
    """Return what the three files hold; BadCorpus names file and line of the first fault."""
    return Beir(_texts(corpus), _texts(queries), _qrels(qrels))


def retrieval(given: Beir, settings: Settings, purpose: str) -> Mapping[str, float]:
    """Return nDCG@10, acc@1, R@10 and R@100 over the queries that have judgements.

    A hit with the query's own id is dropped, as BEIR does for ArguAna. For counters the judge of counters searches.
    """
    judged = [name for name in given.queries if given.qrels.get(name)]
    if not judged:
        raise BadCorpus("No query has a judgement. Check that the ids in queries and qrels are the same.")
    asked = {name: given.queries[name] for name in judged}
    search = _counters if purpose == "counter" else _likeness
    found = search(given.corpus, asked, settings)
    scores = [
        _scores([hit for hit in ranked if hit != name], given.qrels[name])
        for name, ranked in zip(judged, found, strict=True)
    ]
    names = ("nDCG@10", "acc@1", "R@10", "R@100")
    return {"queries": len(judged)} | {
        n: round(statistics.mean(s[i] for s in scores), 4) for i, n in enumerate(names)
    }


def _likeness(
    corpus: Mapping[str, Document], queries: Mapping[str, Document], settings: Settings
) -> Iterator[list[str]]:
    """Yield the ids of what is most like each query, best first."""
    from knowledge.embedding import SentenceEncoder
    from knowledge.queries import Query
    from knowledge.retrieval import Key, Shelf

    encoder = SentenceEncoder(settings.model, settings.threads)
    keys = [Key(name, document.whole) for name, document in corpus.items()]
    shelf = Shelf(keys, encoder.encode([key.text for key in keys]))
    texts = [query.whole for query in queries.values()]
    for text, vector in zip(texts, encoder.encode(texts), strict=True):
        yield [hit.target for hit in shelf.rank(Query(text, vector), k=DEPTH)]


def _counters(
    corpus: Mapping[str, Document], queries: Mapping[str, Document], settings: Settings
) -> Iterator[list[str]]:
    """Yield the ids of what answers each query best, best first; the judge knows the packaged model alone."""
    import numpy as np

    from knowledge.embedding import SentenceEncoder
    from knowledge.judges.counter import Counter, CounterShelf, opening

    encoder, names = SentenceEncoder("", settings.threads), list(corpus)
    documents, asked = list(corpus.values()), list(queries.values())
    texts = [document.whole for document in documents]
    openings = encoder.encode([opening(document.text) for document in documents])
    shelf = CounterShelf(Counter(), texts, encoder.encode(texts), openings)
    wholes = encoder.encode([query.whole for query in asked])
    firsts = encoder.encode([opening(query.text) for query in asked])
    for query, whole, first in zip(asked, wholes, firsts, strict=True):
        best = np.argsort(-shelf.scores(query.whole, whole, first), kind="stable")
        yield [names[row] for row in best[:DEPTH]]


def stance(pairs: Sequence[Mapping[str, str]]) -> Mapping[str, float]:
    """Return accuracy and macro-F1 of the stance judge, which has to choose between support and oppose."""
    from knowledge.judges.stance import OPPOSE, SUPPORT, Stance

    odds = Stance().odds([pair["claim"] for pair in pairs], [pair["argument"] for pair in pairs])
    found = ["support" if row[SUPPORT] >= row[OPPOSE] else "oppose" for row in odds]
    wanted = [pair["label"] for pair in pairs]
    right = statistics.mean(f == w for f, w in zip(found, wanted, strict=True))
    f1 = statistics.mean(_f1(found, wanted, label) for label in STANCES)
    return {"pairs": len(pairs), "accuracy": round(right, 4), "macro-F1": round(f1, 4)}


def read_stances(path: Path) -> list[Mapping[str, str]]:
    """Return the pairs in a file of JSON lines; BadCorpus names file and line of the first fault."""
    pairs: list[Mapping[str, str]] = []
    for number, line in enumerate(_read(path).splitlines(), 1):
        if line.strip():
            try:
                record = json.loads(line)
                pair = {name: str(record[name]) for name in ("claim", "argument", "label")}
            except (ValueError, KeyError, TypeError):
                raise BadCorpus(f'{path}:{number}: give {{"claim", "argument", "label"}}.') from None
            if pair["label"] not in STANCES:
                raise BadCorpus(f"{path}:{number}: label {pair['label']!r} is unknown. Use support or oppose.")
            pairs.append(pair)
    if not pairs:
        raise BadCorpus(f"{path}: empty. Give one JSON record a line.")
    return pairs


async def speed(topic: Topic, settings: Settings, rounds: int = 30) -> Mapping[str, float]:
    """Return medians in ms of a whole reply and of its floor, and their ratio.

    The floor is one encoding of the message's sentences in one batch plus one FAISS search, in the same run,
    measured by turns with the replies. Messages are the phrasings of the topic's own blocks, joined in pairs.
    """
    from bot.assembly import opened
    from knowledge.embedding import SentenceEncoder
    from knowledge.index import VectorIndex

    side = topic.sides[0].id
    phrasings = [block.phrasings for block in topic.blocks if block.side == side]
    messages = [f"{a[0]} {b[-1]}" for a, b in itertools.pairwise(phrasings)][:rounds]
    encoder = SentenceEncoder(settings.model, settings.threads)
    index = VectorIndex(encoder.encode([passage.text for passage in topic.passages]))
    replies, floors = [], []
    async with opened(settings, topic) as app:
        for message in [*messages[:3], *messages]:
            sentences = app.readings.sentences(message)
            start = time.perf_counter()
            vectors = await asyncio.to_thread(encoder.encode, sentences)
            index.cosines(vectors[0])
            floors.append(time.perf_counter() - start)
            start = time.perf_counter()
            round_ = Round("bench", topic.id, side)
            app.opponent.reply(round_, await app.opponent.hear(round_, message, arguing=True))
            replies.append(time.perf_counter() - start)
    reply, floor = (statistics.median(times[3:]) * 1000 for times in (replies, floors))
    return {
        "messages": len(messages),
        "reply_ms": round(reply, 2),
        "floor_ms": round(floor, 2),
        "ratio": round(reply / floor, 2),
    }


def _scores(ranked: list[str], relevant: Mapping[str, int]) -> tuple[float, float, float, float]:
    gains = [(2 ** relevant.get(name, 0) - 1) / log2(place + 2) for place, name in enumerate(ranked[:10])]
    best = sorted(relevant.values(), reverse=True)[:10]
    ideal = sum((2**grade - 1) / log2(place + 2) for place, grade in enumerate(best))
    wanted = {name for name, grade in relevant.items() if grade > 0}
    found = [len(wanted & set(ranked[:k])) / max(1, len(wanted)) for k in (10, 100)]
    return sum(gains) / ideal if ideal else 0.0, float(ranked[:1] != [] and ranked[0] in wanted), found[0], found[1]


def _f1(found: Sequence[str], wanted: Sequence[str], label: str) -> float:
    both = sum(f == w == label for f, w in zip(found, wanted, strict=True))
    return 2 * both / max(1, list(found).count(label) + list(wanted).count(label))


def _texts(path: Path) -> dict[str, Document]:
    texts: dict[str, Document] = {}
    for number, line in enumerate(_read(path).splitlines(), 1):
        if line.strip():
            try:
                record = json.loads(line)
                texts[str(record["_id"])] = Document(str(record.get("title") or ""), str(record["text"]))
            except (ValueError, KeyError, TypeError, AttributeError):
                raise BadCorpus(f'{path}:{number}: not a BEIR record. Give {{"_id", "title", "text"}}.') from None
    if not texts:
        raise BadCorpus(f"{path}: empty. Give one JSON record a line.")
    return texts


def _qrels(path: Path) -> dict[str, dict[str, int]]:
    qrels: dict[str, dict[str, int]] = {}
    for number, row in enumerate(csv.reader(_read(path).splitlines(), delimiter="\t"), 1):
        try:
            qrels.setdefault(row[0], {})[row[1]] = int(row[2])
        except (IndexError, ValueError):
            if number > 1:
                raise BadCorpus(
                    f"{path}:{number}: not a judgement. Give query, document and grade by tabs."
                ) from None
    return qrels


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadCorpus(f"{path}: cannot be read as UTF-8 text ({error}).") from None
