"""Finding the right piece: dense and lexical search, fused."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.embedding import Vectors
from knowledge.index import VectorIndex
from knowledge.lexical import LexicalIndex
from knowledge.queries import Hit, Query

LEXICAL_WEIGHT = 0.3
"""How much BM25 counts beside the cosine, both z-scored: measured better than equal weights and than either alone."""


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
        self._lexical = LexicalIndex([key.text for key in keys])

    def rank(self, query: Query, k: int = 10, depth: int = 1) -> list[Hit]:
        """Return the k best targets, best first: by the mean fused score of each one's ``depth`` best keys."""
        if not self.keys:
            return []
        cosines = self._dense.cosines(query.vector)
        fused = zscored(cosines) + LEXICAL_WEIGHT * zscored(self._lexical.scores(query.text))
        found: dict[str, list[int]] = {}
        for row in np.argsort(-fused, kind="stable"):
            rows = found.setdefault(self.keys[row].target, [])
            if len(rows) < depth:
                rows.append(int(row))
            elif depth == 1 and len(found) == k:
                break
        hits = [
            Hit(target, float(fused[rows].mean()), float(cosines[rows[0]]), self.keys[rows[0]].text)
            for target, rows in found.items()
        ]
        return sorted(hits, key=lambda hit: -hit.score)[:k]

    def nearest(self, query: Query, target: str, depth: int) -> float:
        """Return the mean cosine of the target's ``depth`` keys nearest to the query."""
        cosines = self._dense.cosines(query.vector)
        mine = sorted(
            (float(cosines[row]) for row, key in enumerate(self.keys) if key.target == target), reverse=True
        )
        return float(np.mean(mine[:depth]))

    def among(self, query: Query, targets: Collection[str]) -> list[Hit]:
        """Return those of the targets that the shelf has, each by its nearest key, nearest first."""
        found: dict[str, Hit] = {}
        if targets:
            cosines = self._dense.cosines(query.vector)
            for row in np.argsort(-cosines, kind="stable"):
                key = self.keys[row]
                if key.target in targets and key.target not in found:
                    cosine = float(cosines[row])
                    found[key.target] = Hit(key.target, cosine, cosine, key.text)
        return list(found.values())


def zscored(scores: Vectors) -> Vectors:
    """Return the scores with mean 0 and standard deviation 1; zeros when they are all alike."""
    spread = scores.std()
    return (scores - scores.mean()) / spread if spread > 0 else np.zeros_like(scores)
