"""Finding the right piece: dense and lexical search, fused."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from knowledge.embedding import Vectors
from knowledge.index import VectorIndex
from knowledge.lexical import LexicalIndex
from knowledge.queries import Hit, Query

LEXICAL_WEIGHT = 0.3
"""How much BM25 counts beside the cosine, both z-scored: measured better than equal weights and than either alone."""
PARAGRAPH, WORDS, OUTRIGHT = 0.5, 0.05, 0.2
"""In ranking mined passages, beside the best sentence's cosine: the paragraph's cosine, its BM25 score per standard
deviation, and not being a concession or a quoted voice."""
_NOTHING: Mapping[str, float] = {}
FAR, LENT = 0.3, 0.45
"""Cosine below which a mined passage is taken to have nothing to do with a claim; for a side that has but what others
lend it (``Topic.lent``), where less of what is found is apt."""


@dataclass(frozen=True, slots=True)
class Key:
    """A text that stands for a target (a passage, a block) in search: one target may have many."""

    target: str
    text: str


class Shelf:
    """Keys that can be searched: exact FAISS search and BM25 over the same texts."""

    def __init__(self, keys: Sequence[Key], vectors: Vectors) -> None:
        self.keys = tuple(keys)
        self.vectors = vectors
        self._dense = VectorIndex(vectors)
        rows: dict[str, list[int]] = {}
        for row, key in enumerate(keys):
            rows.setdefault(key.target, []).append(row)
        self._rows = {target: np.array(found) for target, found in rows.items()}

    @cached_property
    def _lexical(self) -> LexicalIndex:
        """BM25 over the keys, built when they are first ranked: many shelves never are."""
        return LexicalIndex([key.text for key in self.keys])

    def rank(self, query: Query, k: int = 10, depth: int = 1, beside: Mapping[str, float] = _NOTHING) -> list[Hit]:
        """Return the k best targets, best first: by the mean fused score of each one's ``depth`` best keys.

        ``beside`` is added to the score of the targets that it names.
        """
        if not self.keys:
            return []
        cosines = self._dense.cosines(query.vector)
        fused = zscored(cosines) + LEXICAL_WEIGHT * zscored(self._lexical.scores(query.text))
        found: dict[str, list[int]] = {}
        for row in np.argsort(-fused, kind="stable"):
            rows = found.setdefault(self.keys[row].target, [])
            if len(rows) < depth:
                rows.append(int(row))
            elif depth == 1 and len(found) == k and not beside:
                break
        hits = [
            Hit(
                target,
                float(fused[rows].mean()) + beside.get(target, 0.0),
                float(cosines[rows[0]]),
                self.keys[rows[0]].text,
            )
            for target, rows in found.items()
        ]
        return sorted(hits, key=lambda hit: -hit.score)[:k]

    def cosines(self, query: Query) -> Vectors:
        """Return the cosine of the query to every key, shape (keys,)."""
        return self._dense.cosines(query.vector)

    def among(self, query: Query, targets: Collection[str]) -> list[Hit]:
        """Return those of the targets that the shelf has, each by its nearest key, nearest first."""
        wanted = [target for target in targets if target in self._rows]
        cosines = self._dense.cosines(query.vector) if wanted else np.zeros(0, np.float32)
        hits = []
        for target in wanted:
            rows = self._rows[target]
            row = int(rows[cosines[rows].argmax()])
            hits.append(Hit(target, float(cosines[row]), float(cosines[row]), self.keys[row].text))
        return sorted(hits, key=lambda hit: -hit.cosine)


def zscored(scores: Vectors) -> Vectors:
    """Return the scores with mean 0 and standard deviation 1; zeros when they are all alike."""
    spread = scores.std()
    return (scores - scores.mean()) / spread if spread > 0 else np.zeros_like(scores)


class MinedShelf:
    """Mined passages of one side: found by their sentences and by the paragraph, whoever speaks in it.

    A passage answers what its paragraph is about, also where the words nearest to the claim are the opponent's. What
    its author says outright comes before what is conceded or quoted.
    """

    def __init__(
        self,
        shelf: Shelf,
        whole: Shelf,
        homes: Mapping[str, str],
        plain: Collection[str],
        far: float = FAR,
    ) -> None:
        """Take the side's keys, the keys of all passages, each passage's paragraph, and what is said outright.

        A passage below the cosine ``far`` is not found.
        """
        self.shelf = shelf
        self._far = far
        self._targets = list(dict.fromkeys(key.target for key in shelf.keys))
        self._rows = _numbered([key.target for key in shelf.keys], self._targets)
        self._plain = np.array([name in plain for name in self._targets], np.float32)
        wanted = list(dict.fromkeys(homes[name] for name in self._targets))
        self._home = _numbered([homes[name] for name in self._targets], wanted)
        self._means, self._lexical = _paragraphs(whole, homes, wanted)

    def rank(self, query: Query, k: int = 10) -> list[Hit]:
        """Return the k passages that answer the query best, best first; none that is far from it."""
        if not self._targets:
            return []
        cosines = self.shelf.cosines(query)
        best = np.full(len(self._targets), -1.0, np.float32)
        np.maximum.at(best, self._rows, cosines)
        about = PARAGRAPH * (self._means @ query.vector) + WORDS * zscored(self._lexical.scores(query.text))
        scores = best + about[self._home] + OUTRIGHT * self._plain
        order = np.argsort(-scores, kind="stable")
        near = order[best[order] >= self._far][:k]
        return [
            Hit(self._targets[row], float(scores[row]), float(best[row]), self._key(row, cosines)) for row in near
        ]

    def _key(self, row: int, cosines: Vectors) -> str:
        rows = np.flatnonzero(self._rows == row)
        return self.shelf.keys[int(rows[cosines[rows].argmax()])].text


def _numbered(names: Sequence[str], order: Sequence[str]) -> NDArray[np.intp]:
    """Return the place of each name in the order."""
    place = {name: row for row, name in enumerate(order)}
    return np.array([place[name] for name in names], np.intp)


def _paragraphs(whole: Shelf, homes: Mapping[str, str], wanted: Sequence[str]) -> tuple[Vectors, LexicalIndex]:
    """Return the mean vectors of the wanted paragraphs, as unit vectors, and an index of their words."""
    place = {home: row for row, home in enumerate(wanted)}
    chosen = [row for row, key in enumerate(whole.keys) if homes[key.target] in place]
    rows = [place[homes[whole.keys[row].target]] for row in chosen]
    means = np.zeros((len(wanted), whole.vectors.shape[1]), np.float32)
    np.add.at(means, rows, whole.vectors[chosen])
    texts: list[list[str]] = [[] for _ in wanted]
    for row, key in zip(rows, chosen, strict=True):
        texts[row].append(whole.keys[key].text)
    lengths = np.linalg.norm(means, axis=1, keepdims=True)
    return means / np.maximum(lengths, 1e-9), LexicalIndex([" ".join(found) for found in texts])
