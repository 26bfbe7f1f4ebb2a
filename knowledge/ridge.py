"""Which label a text deserves, learned from labelled examples: kernel ridge regression over their vectors."""

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np

from knowledge.embedding import Vectors

SMOOTHNESS, WIDE, NARROW = 0.1, 0.5, 2.0
"""The ridge, and the kernel's gamma: wide measured best for acts, blocks and passages, narrow for near misses."""
MOST = 4000
"""Examples learned from, evenly chosen where there are more: fitting costs the cube of them, some 0.5 s here."""


class Ridge:
    """Scores vectors by label: about 1 for a label whose examples are like them, about 0 for another.

    Fitted at first use. It measured better than the nearest examples, for it weighs what sets labels apart.
    """

    def __init__(self, labels: Sequence[str], vectors: Vectors, reach: float = WIDE) -> None:
        step = 1 + len(labels) // MOST
        self._reach = reach
        self._labels = labels[::step]
        self._vectors = vectors[::step]
        self._names = tuple(dict.fromkeys(self._labels))

    def scores(self, vector: Vectors) -> Mapping[str, float]:
        """Return the score of each label for a vector."""
        if not self._names:
            return {}
        found = self._likeness(vector[None, :])[0] @ self._weights
        return dict(zip(self._names, found.tolist(), strict=True))

    @cached_property
    def _weights(self) -> Vectors:
        """How much each example speaks for each label, shape (examples, labels)."""
        from sklearn.kernel_ridge import KernelRidge
        from threadpoolctl import threadpool_limits

        place = {name: column for column, name in enumerate(self._names)}
        wanted = np.eye(len(place), dtype=np.float32)[[place[label] for label in self._labels]]
        model = KernelRidge(alpha=SMOOTHNESS, kernel="precomputed")
        with threadpool_limits(1, "blas"):  # where cores are busy, more threads wait for each other for seconds
            return np.asarray(model.fit(self._likeness(self._vectors), wanted).dual_coef_, np.float32)

    def _likeness(self, vectors: Vectors) -> Vectors:
        """Return the Gaussian kernel of some vectors with the examples, shape (vectors, examples)."""
        sizes = np.square(vectors).sum(1)[:, None] + np.square(self._vectors).sum(1)[None, :]
        found: Vectors = np.exp(-self._reach * np.maximum(sizes - 2 * vectors @ self._vectors.T, 0))
        return found
