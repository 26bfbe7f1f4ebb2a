"""The façade: a topic opened for search, and questions put to it."""

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import blake2b
from typing import Protocol

import numpy as np

from knowledge import acts, appeals, mining
from knowledge.abstention import UNANSWERED, Signals, answerable, signals
from knowledge.acts import Act, ActJudge
from knowledge.appeals import Appeal
from knowledge.catalogue import PACKS
from knowledge.elsewhere import ELSEWHERE
from knowledge.elsewhere import examples as elsewhere
from knowledge.embedding import Batcher, Encoder, Vectors
from knowledge.keys import block_keys, counter_keys, keys_of, passage_keys
from knowledge.lexical import terms
from knowledge.packfiles import load_general
from knowledge.passages import split
from knowledge.queries import Hit, Query
from knowledge.retrieval import FAR, LENT, Key, MinedShelf, Shelf
from knowledge.ridge import Ridge
from knowledge.sentences import sentences
from knowledge.sources import Source
from knowledge.topics import Block, Role, Topic

DENIED = 0.7
"""Cosine from which a question is taken to presuppose what a passage denies."""
ALIKE = 3
"""Keys of a passage that must resemble a question: one alone may do so by accident."""
MOST_BLOCKS = 10
"""Blocks that are looked at for one claim."""
TAUGHT = 20.0
"""How much it counts, beside the fused score, that a question is like those that a passage is known to answer."""
BEST = 2.0
"""How much the best known argument tells of a text's side, beside all of them together."""
NEARNESS = 0.2
"""How much the cosine of a block's nearest wording counts beside its score: it decides where scores are level."""
OFF_TOPIC = 0.3
"""Score from which a text is taken to argue about another matter than the topic's, unless a block scores more."""
ON_TOPIC = 0.5
"""Cosine from which one of the arguments about other matters is about this topic's matter after all."""
SPEAKS_TO = 0.45
"""Cosine from which the user's words are taken to answer one of the bot's points."""

COMMON = "/common"
"""The collection of what every topic shares; no topic has such an id."""
BATCH = 64
"""Texts encoded at once: about a second's work, after which progress is told."""

Told = Callable[[str, int, int], None]
"""Hears what is being done, how much of it is, and how much there is."""


class VectorStore(Protocol):
    """Where vectors are kept between runs, by collection, model and a digest of the text.

    What a ridge learned is a vector a label; its model is the digest of what it was learned from.
    """

    async def load(self, collection: str, model: str) -> Mapping[bytes, bytes]:
        """Return what is kept: digest of the text → float32 vector as bytes."""

    async def save(self, collection: str, model: str, vectors: Mapping[bytes, bytes]) -> None:
        """Keep these beside the collection's others; those that another model made are dropped."""


def silent(what: str, done: int, of: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class OpenTopic:
    """A topic with its shelves: everything that listening, planning and study ask of the readings."""

    topic: Topic
    general_blocks: tuple[Block, ...]
    _blocks: Mapping[str, Shelf]
    _known: Ridge
    _met: Mapping[str, Ridge]
    _counters: Mapping[str, Shelf]
    _mined: Mapping[str, MinedShelf]
    _cases: Mapping[str, Shelf]
    _general: Shelf
    _passages: Shelf
    _questions: Ridge
    _premises: Shelf
    _said: Mapping[str, Shelf]
    _appeals: Shelf
    _judge: ActJudge
    _batcher: Batcher

    @property
    def sides(self) -> list[str]:
        """Return the ids of the two sides."""
        return [side.id for side in self.topic.sides]

    def sentences(self, text: str) -> list[str]:
        """Return the sentences of a text."""
        return sentences(text)

    async def read(self, texts: Sequence[str]) -> list[Query]:
        """Return the texts as queries, encoded in one batch off the event loop."""
        vectors = await self._batcher.encode(texts)
        return [Query(text, vector) for text, vector in zip(texts, vectors, strict=True)]

    def acts(self, query: Query) -> Mapping[Act, float]:
        """Return how likely each act is."""
        return self._judge.probabilities(query)

    def appeal(self, query: Query) -> tuple[Appeal, float]:
        """Return what the query asks for if it is about the round itself, and the cosine of its best example."""
        best = self._appeals.rank(query, k=1)[0]
        return Appeal(best.target), best.cosine

    def arguments(self, query: Query, side: str) -> Sequence[Hit]:
        """Return the blocks that answer, for a side, what the query argues, best first; none for another matter."""
        scores = self._argued(query)
        near = (replace(hit, score=scores[hit.target]) for hit in self._blocks[side].among(query, scores))
        return sorted(near, key=lambda hit: -hit.score - NEARNESS * hit.cosine)[:MOST_BLOCKS]

    def met(self, query: Query, side: str) -> Mapping[str, float]:
        """Return how likely each place in the readings answers, for a side, what the query argues, by precedents."""
        return self._met[side].scores(query)

    def allegiance(self, query: Query, side: str) -> float:
        """Return how much more a text is like what a side says than like what is said against it.

        Both the best known argument and all of them together count. 0 where only one side's arguments are known, and
        for a text on another matter.
        """
        scores = self._argued(query)
        against = [score for name, score in scores.items() if self.topic.block(name).side == side]
        own = [score for name, score in scores.items() if self.topic.block(name).side != side]
        return sum(own) - sum(against) + BEST * (max(own) - max(against)) if own and against else 0.0

    def _argued(self, query: Query) -> Mapping[str, float]:
        """Return the score of every block; none for a text that argues about another matter than the topic's."""
        scores = self._known.scores(query)
        other = scores.pop(ELSEWHERE, 0.0)
        return scores if other < max([OFF_TOPIC, *scores.values()]) else {}

    def counters(self, query: Query, side: str) -> Sequence[Hit]:
        """Return the passages that answer, for a side, what the query argues, best first."""
        written, mined = self._counters[side].rank(query), self._mined[side].rank(query)
        return sorted([*written, *mined], key=lambda hit: -hit.cosine) if written and mined else written or mined

    def own_case(self, query: Query, side: str) -> Sequence[Hit]:
        """Return the side's own arguments that bear on the query, best first."""
        return self._cases[side].rank(query, k=20)

    def general(self, query: Query) -> Sequence[Hit]:
        """Return the general-purpose blocks that answer what the query argues, best first."""
        return self._general.rank(query)

    def passages(self, query: Query) -> Sequence[Hit]:
        """Return the passages that bear on a question, best first."""
        taught = {name: TAUGHT * score for name, score in self._questions.scores(query).items()}
        return self._passages.rank(query, depth=ALIKE, beside=taught)

    def answers(self, query: Query) -> Sequence[Hit]:
        """Return the passages that answer a question, best first; none when the readings don't."""
        hits = self.passages(query)
        return hits if hits and answerable(self.signals(query, hits[0])) else []

    def signals(self, query: Query, best: Hit) -> Signals:
        """Return what speaks for and against the best passage found being an answer."""
        return signals(query, best, self._questions.scores(query), self.topic, self.vocabulary)

    def denied(self, query: Query) -> str:
        """Return the passage that contradicts what a question takes for granted; "" when none does."""
        best = next(iter(self._premises.rank(query, k=1)), None)
        return best.target if best and best.cosine >= max(DENIED, self.question(query) + 0.02) else ""

    def said(self, query: Query, side: str, keys: Collection[str]) -> Sequence[str]:
        """Return which of the side's prepared points, out of these keys, the query speaks to."""
        return [hit.target for hit in self._said[side].among(query, keys) if hit.cosine >= SPEAKS_TO]

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The stems of all content words in the passages and in the questions that they answer."""
        asks = (ask for note in self.topic.notes.values() for ask in note.asks)
        return frozenset(term for text in (*(p.key for p in self.topic.passages), *asks) for term in terms(text))

    def question(self, query: Query) -> float:
        """Return the cosine of the best question that the readings answer."""
        return max((hit.cosine for hit in self._passages.rank(query, k=1)), default=0.0)


class Library:
    """Opens topics: embeds what is new, keeps the vectors, builds the shelves."""

    def __init__(self, encoder: Encoder, store: VectorStore, told: Told = silent) -> None:
        self._encoder = encoder
        self.told = told
        self._batcher = Batcher(encoder)
        self._store = store

    async def open(self, topic: Topic) -> OpenTopic:
        """Return the topic with its shelves; only texts that were never embedded by this model are embedded."""
        general = load_general(PACKS / "general.yaml")
        heard = acts.examples()
        common = {
            "acts": [Key(act, text) for act, text in heard],
            "general": block_keys(general),
            "appeals": [Key(appeal, text) for appeal, text in appeals.examples()],
            "elsewhere": [Key(ELSEWHERE, text) for text in elsewhere()],
        }
        shelves = await self._shelves(COMMON, common) | await self._shelves(topic.id, keys_of(topic))
        sides = [side.id for side in topic.sides]
        judge = ActJudge([act for act, _ in heard], [text for _, text in heard], shelves["acts"].vectors)
        blocks = [shelves[f"blocks/{side}"] for side in sides]
        known = _ridge([*blocks, _others(shelves["elsewhere"], [*blocks, shelves["passages"]])])
        questions = _questions(shelves)
        await self._learn(f"{COMMON}/acts", judge.ridge)
        await self._learn(f"{topic.id}/blocks", known)
        await self._learn(f"{topic.id}/questions", questions)
        met = {side: _ridge([shelves[f"met/{side}"]]) for side in sides}
        for side, ridge in met.items():
            await self._learn(f"{topic.id}/met/{side}", ridge)
        return OpenTopic(
            topic,
            general,
            {side: shelves[f"blocks/{side}"] for side in sides},
            known,
            met,
            {side: shelves[f"counters/{side}"] for side in sides},
            {side: _mined_shelf(topic, side, shelves) for side in sides},
            {side: shelves[f"cases/{side}"] for side in sides},
            shelves["general"],
            shelves["passages"],
            questions,
            shelves["premises"],
            {side: shelves[f"said/{side}"] for side in sides},
            shelves["appeals"],
            judge,
            self._batcher,
        )

    async def answered(self, topic: Topic, side: str) -> Mapping[str, float]:
        """Return, for every argument of the other side, the cosine of the nearest thing that answers it for the side.

        Blocks and passages count; 0 where the side has neither. What was embedded before is not embedded again.
        """
        claims = {argument.id: argument.claim for argument in topic.arguments if argument.side != side}
        keys = block_keys(block for block in topic.blocks if block.side == side)
        keys += [key for mined in (False, True) for key in counter_keys(topic, side, mined)]
        if not keys or not claims:
            return dict.fromkeys(claims, 0.0)
        vectors = await self._vectors(topic.id, [*claims.values(), *(key.text for key in keys)])
        nearest = (vectors[: len(claims)] @ vectors[len(claims) :].T).max(axis=1)
        return dict(zip(claims, nearest.tolist(), strict=True))

    async def embed(self, part: Topic) -> Mapping[bytes, bytes]:
        """Return the vectors of all in a part of a topic that opening it would search, as the store keeps them."""
        return await self._encode([key.text for keys in keys_of(part).values() for key in keys])

    async def mined(self, head: Topic, source: Source, given: str = "") -> tuple[Topic, Mapping[bytes, bytes]]:
        """Return the head of a topic with one reading in it, mined, and the vectors of all that opening it searches.

        ``given`` is the side that the reading argues for, "both", or "" where nobody said.
        """
        passages = await asyncio.to_thread(lambda: mining.cut(head.sides, split(source), given))
        texts = await asyncio.to_thread(mining.texts, head.motion, head.sides, passages)
        kept = await self._encode(texts)
        vectors = {text: np.frombuffer(kept[_name(text)], np.float32) for text in texts}
        found = await asyncio.to_thread(mining.mine, head.motion, head.sides, passages, vectors, given)
        part = replace(head, sources=(source,), passages=passages, notes=found.notes, arguments=found.arguments)
        return part, kept

    async def passage_vectors(self, topic: Topic) -> Mapping[str, Vectors]:
        """Return the mean vector of each passage's keys, what review learns from; nothing else is embedded."""
        keys = passage_keys(topic)
        vectors = await self._vectors(topic.id, [key.text for key in keys])
        rows: dict[str, list[int]] = {}
        for row, key in enumerate(keys):
            rows.setdefault(key.target, []).append(row)
        return {name: vectors[found].mean(axis=0) for name, found in rows.items()}

    async def _shelves(self, collection: str, wanted: Mapping[str, Sequence[Key]]) -> dict[str, Shelf]:
        """Return a shelf for each name, all their texts looked up or encoded at once."""
        vectors = await self._vectors(collection, [key.text for keys in wanted.values() for key in keys])
        shelves, at = {}, 0
        for name, keys in wanted.items():
            shelves[name] = Shelf(keys, vectors[at : at + len(keys)])
            at += len(keys)
        return shelves

    async def _vectors(self, collection: str, texts: Sequence[str]) -> Vectors:
        kept = await self._store.load(collection, self._encoder.fingerprint)
        names = {text: _name(text) for text in texts}
        if new := [text for text, name in names.items() if name not in kept]:
            found = await self._encode(new)
            await self._store.save(collection, self._encoder.fingerprint, found)
            kept = {**kept, **found}
        rows = b"".join(kept[names[text]] for text in texts)
        return np.frombuffer(rows, np.float32).reshape(len(texts), -1) if texts else np.zeros((0, 1), np.float32)

    async def _learn(self, collection: str, ridge: Ridge) -> None:
        """Have the ridge recall what is kept of it, or fit it off the event loop and keep that for older fits."""
        kept = await self._store.load(collection, ridge.digest)
        if kept:
            ridge.recall(lambda label: np.frombuffer(kept[_name(label)], np.float32))
        elif learned := await asyncio.to_thread(ridge.learned):
            weights = {_name(label): weight.tobytes() for label, weight in learned.items()}
            await self._store.save(collection, ridge.digest, weights)

    async def _encode(self, texts: Sequence[str]) -> dict[bytes, bytes]:
        """Return the texts' vectors by name; encoded in batches, long texts first, so that little is padded."""
        ordered = sorted(set(texts), key=len, reverse=True)
        done, size = 0, sum(map(len, ordered))
        found: dict[bytes, bytes] = {}
        for start in range(0, len(ordered), BATCH):
            self.told("Embedding", done, size)
            batch = ordered[start : start + BATCH]
            vectors = await self._batcher.encode(batch)
            found |= {_name(text): vector.tobytes() for text, vector in zip(batch, vectors, strict=True)}
            done += sum(map(len, batch))
        return found


def _ridge(shelves: Sequence[Shelf]) -> Ridge:
    """Return what tells the shelves' targets apart; a text that stands for several has them all as its labels."""
    filled = [shelf for shelf in shelves if shelf.keys]
    keys = [key for shelf in filled for key in shelf.keys]
    vectors = np.concatenate([shelf.vectors for shelf in filled]) if filled else np.zeros((0, 1), np.float32)
    rows: dict[str, int] = {}
    labels: dict[str, list[str]] = {}
    for row, key in enumerate(keys):
        rows.setdefault(key.text, row)
        labels.setdefault(key.text, []).append(key.target)
    return Ridge(list(labels.values()), list(rows), vectors[list(rows.values())])


def _others(elsewhere: Shelf, home: Sequence[Shelf]) -> Shelf:
    """Return the arguments about other matters without those that are like anything in the topic's own shelves."""
    near = [(elsewhere.vectors @ shelf.vectors.T).max(axis=1) for shelf in home if shelf.keys and elsewhere.keys]
    far = np.flatnonzero(np.max(near, axis=0) < ON_TOPIC) if near else np.arange(len(elsewhere.keys))
    return Shelf([elsewhere.keys[row] for row in far], elsewhere.vectors[far])


def _questions(shelves: Mapping[str, Shelf]) -> Ridge:
    """Return what tells by which passage a question is answered, or that none does."""
    asked, *others = (shelves[name] for name in ("asked", "silent", "premises"))
    labels = [[key.target] for key in asked.keys] + [[UNANSWERED] for shelf in others for _ in shelf.keys]
    texts = [key.text for shelf in (asked, *others) for key in shelf.keys]
    return Ridge(labels, texts, np.concatenate([asked.vectors, *(shelf.vectors for shelf in others)]))


def _name(text: str) -> bytes:
    return blake2b(text.encode(), digest_size=16).digest()


def _mined_shelf(topic: Topic, side: str, shelves: Mapping[str, Shelf]) -> MinedShelf:
    homes = {passage.id: topic.place(passage.id) for passage in topic.passages}
    plain = {n for n, note in topic.notes.items() if note.role not in (Role.CONCESSION, Role.VOICE)}
    far = LENT if topic.lent(side) else FAR
    return MinedShelf(shelves[f"mined/{side}"], shelves["passages"], homes, plain, far)
