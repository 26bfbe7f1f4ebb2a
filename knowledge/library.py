"""The façade: a topic opened for search, and questions put to it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Protocol

import numpy as np

from knowledge.acts import Act, ActJudge, examples
from knowledge.embedding import Batcher, Encoder, Vectors
from knowledge.packfiles import load, load_general
from knowledge.queries import Hit, Query
from knowledge.retrieval import Key, Shelf
from knowledge.topics import Block, Topic

PACKS = Path(__file__).parent / "packs"
BUNDLED = "north-korea"


class VectorStore(Protocol):
    """Where vectors are kept between runs, by collection, model and a digest of the text."""

    async def load(self, collection: str, model: str) -> Mapping[bytes, bytes]:
        """Return what is kept: digest of the text → float32 vector as bytes."""

    async def save(self, collection: str, model: str, vectors: Mapping[bytes, bytes]) -> None:
        """Keep these as the collection's only vectors: those of another model or of texts now gone are dropped."""


@dataclass(frozen=True)
class OpenTopic:
    """A topic with its shelves: everything that listening, planning and study ask of the readings."""

    topic: Topic
    general_blocks: tuple[Block, ...]
    _blocks: Mapping[str, Shelf]
    _counters: Mapping[str, Shelf]
    _cases: Mapping[str, Shelf]
    _general: Shelf
    _passages: Shelf
    _judge: ActJudge

    def acts(self, query: Query) -> Mapping[Act, float]:
        """Return how likely each act is."""
        return self._judge.probabilities(query.vector)

    def arguments(self, query: Query, side: str) -> Sequence[Hit]:
        """Return the blocks that answer, for a side, what the query argues, best first."""
        return self._blocks[side].rank(query)

    def counters(self, query: Query, side: str) -> Sequence[Hit]:
        """Return the passages that answer, for a side, what the query argues, best first."""
        return self._counters[side].rank(query)

    def own_case(self, query: Query, side: str) -> Sequence[Hit]:
        """Return the side's own arguments that bear on the query, best first."""
        return self._cases[side].rank(query, k=20)

    def general(self, query: Query) -> Sequence[Hit]:
        """Return the general-purpose blocks that answer what the query argues, best first."""
        return self._general.rank(query)

    def passages(self, query: Query) -> Sequence[Hit]:
        """Return the passages that bear on a question, best first."""
        return self._passages.rank(query)

    def question(self, query: Query) -> float:
        """Return the cosine of the best question that the readings answer."""
        return max((hit.cosine for hit in self._passages.rank(query, k=1)), default=0.0)


class Library:
    """Opens topics: embeds what is new, keeps the vectors, builds the shelves."""

    def __init__(self, encoder: Encoder, store: VectorStore) -> None:
        self._encoder = encoder
        self._batcher = Batcher(encoder)
        self._store = store

    async def open(self, topic: Topic) -> OpenTopic:
        """Return the topic with its shelves; only texts that were never embedded by this model are embedded."""
        general = load_general(PACKS / "general.yaml")
        acts = examples()
        act_vectors = await self._vectors("acts", [text for _, text in acts])
        sides = [side.id for side in topic.sides]
        wanted: dict[str, list[Key]] = {"general": _block_keys(general), "passages": _passage_keys(topic)}
        for side in sides:
            wanted[f"blocks/{side}"] = _block_keys(block for block in topic.blocks if block.side == side)
            wanted[f"counters/{side}"] = _counter_keys(topic, side)
            wanted[f"cases/{side}"] = _case_keys(topic, side)
        texts = [key.text for keys in wanted.values() for key in keys]
        vectors = await self._vectors(topic.id, texts)
        shelves: dict[str, Shelf] = {}
        at = 0
        for name, keys in wanted.items():
            shelves[name] = Shelf(keys, vectors[at : at + len(keys)])
            at += len(keys)
        return OpenTopic(
            topic,
            general,
            {side: shelves[f"blocks/{side}"] for side in sides},
            {side: shelves[f"counters/{side}"] for side in sides},
            {side: shelves[f"cases/{side}"] for side in sides},
            shelves["general"],
            shelves["passages"],
            ActJudge([act for act, _ in acts], act_vectors),
        )

    async def read(self, texts: Sequence[str]) -> list[Query]:
        """Return the texts as queries, encoded in one batch off the event loop."""
        vectors = await self._batcher.encode(texts)
        return [Query(text, vector) for text, vector in zip(texts, vectors, strict=True)]

    async def _vectors(self, collection: str, texts: Sequence[str]) -> Vectors:
        kept = await self._store.load(collection, self._encoder.fingerprint)
        names = {text: _name(text) for text in texts}
        new = [text for text, name in names.items() if name not in kept]
        if new:
            fresh = await self._batcher.encode(new)
            found = {names[text]: vector.tobytes() for text, vector in zip(new, fresh, strict=True)}
            kept = {name: kept[name] for name in names.values() if name in kept} | found
            await self._store.save(collection, self._encoder.fingerprint, kept)
        rows = [np.frombuffer(kept[names[text]], np.float32) for text in texts]
        return np.stack(rows) if rows else np.zeros((0, 1), np.float32)


def bundled(name: str = BUNDLED) -> Topic:
    """Return a topic that comes with the software."""
    return load(PACKS / name)


def _name(text: str) -> bytes:
    return blake2b(text.encode(), digest_size=16).digest()


def _block_keys(blocks: Iterable[Block]) -> list[Key]:
    return [Key(block.id, text) for block in blocks for text in (block.they_say, *block.phrasings)]


def _passage_keys(topic: Topic) -> list[Key]:
    keys = [Key(passage.id, passage.text) for passage in topic.passages]
    return keys + [Key(name, ask) for name, note in topic.notes.items() for ask in note.asks]


def _counter_keys(topic: Topic, side: str) -> list[Key]:
    mine = {name: note for name, note in topic.notes.items() if note.serves(side)}
    keys = [Key(name, topic.passage(name).text) for name in mine]
    keys += [Key(name, note.how[side]) for name, note in mine.items() if side in note.how]
    return keys + [Key(name, claim) for name, note in mine.items() for claim in note.counters.get(side, ())]


def _case_keys(topic: Topic, side: str) -> list[Key]:
    mine = [argument for argument in topic.arguments if argument.side == side]
    return [Key(argument.id, text) for argument in mine for text in (argument.claim, argument.warrant)]
