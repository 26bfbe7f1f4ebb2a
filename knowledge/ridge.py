"""Which label a text deserves, learned from labelled examples: kernel ridge regression over meaning and words."""

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np

from knowledge.embedding import Vectors
from knowledge.queries import Query
from knowledge.wording import Wording

SMOOTHNESS, REACH, WORDS = 0.1, 0.75, 0.2
"""The ridge, the gamma of the kernel over vectors, and how much likeness in words counts beside it: chosen on
examples scored without those nearly the same. Words made every kind of label surer."""
MOST = 6000
"""Examples learned from, evenly chosen where there are more: fitting costs the cube of them, about a second here."""


class Ridge:
    """Scores texts by label: about 1 for a label whose examples are like them, about 0 for another.

    Fitted at first use. It measured better than the nearest examples, for it weighs what sets labels apart.
    """

    def __init__(self, labels: Sequence[str], texts: Sequence[str], vectors: Vectors) -> None:
        step = 1 + len(labels) // MOST
        self._labels = labels[::step]
        self._texts = texts[::step]
        self._vectors = vectors[::step]
        self._sizes = np.square(self._vectors).sum(1)
        self._names = tuple(dict.fromkeys(self._labels))

    def scores(self, query: Query) -> Mapping[str, float]:
        """Return the score of each label for a text."""
        if not self._names:
            return {}
        alike = self._likeness(query.vector[None, :])[0] + WORDS * self._wording.likeness(query.text)
        return dict(zip(self._names, (alike @ self._weights).tolist(), strict=True))

    @cached_property
    def _wording(self) -> Wording:
        return Wording(self._texts)

    @cached_property
    def _weights(self) -> Vectors:
        """How much each example speaks for each label, shape (examples, labels)."""
        from scipy.linalg import cho_factor, cho_solve
        from threadpoolctl import threadpool_limits

        place = {name: column for column, name in enumerate(self._names)}
        wanted = np.eye(len(place), dtype=np.float32)[[place[label] for label in self._labels]]
        with threadpool_limits(1, "blas"):  # where cores are busy, more threads wait for each other for seconds
            alike = self._likeness(self._vectors)
            for rows, likeness in self._wording.among():
                alike[rows] += WORDS * likeness
            alike.flat[:: len(alike) + 1] += SMOOTHNESS
            found: Vectors = cho_solve(cho_factor(alike, lower=True, overwrite_a=True), wanted, overwrite_b=True)
        return found

    def _likeness(self, vectors: Vectors) -> Vectors:
        """Return the Gaussian kernel of some vectors with the examples, shape (vectors, examples)."""
        found: Vectors = 2 * vectors @ self._vectors.T
        found -= np.square(vectors).sum(1)[:, None]
        found -= self._sizes
        np.minimum(found, 0, out=found)
        found *= REACH
        return np.exp(found, out=found)
