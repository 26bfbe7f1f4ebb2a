"""Vectors and the ids that they stand for."""

from collections.abc import Sequence

import faiss
import numpy as np

from knowledge.embedding import Vectors


class VectorIndex:
    """Exact inner-product search over unit vectors (FAISS IndexFlatIP)."""

    def __init__(self, vectors: Vectors) -> None:
        self.vectors = np.ascontiguousarray(vectors, np.float32)
        self._index = faiss.IndexFlatIP(self.vectors.shape[1])
        self._index.add(self.vectors)

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def search(self, queries: Vectors, k: int) -> tuple[Sequence[Sequence[int]], Sequence[Sequence[float]]]:
        """Return, per query, the rows and cosines of the k nearest, best first."""
        scores, rows = self._index.search(np.ascontiguousarray(queries, np.float32), min(k, len(self)))
        return rows.tolist(), scores.tolist()

    def cosines(self, query: Vectors) -> Vectors:
        """Return the cosine of one query to every vector, shape (vectors,)."""
        return np.asarray(self.vectors @ query, np.float32)
