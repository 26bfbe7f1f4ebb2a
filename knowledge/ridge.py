"""Which label a text deserves, learned from labelled examples: kernel ridge regression over meaning and words."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from hashlib import blake2b

import numpy as np

from knowledge.embedding import Vectors
from knowledge.queries import Query
from knowledge.threads import on_one_thread
from knowledge.wording import Wording

SMOOTHNESS, REACH, WORDS = 0.1, 0.75, 0.2
"""The ridge, the gamma of the kernel over vectors, and how much likeness in words counts beside it: chosen on
examples scored without those nearly the same. Words made every kind of label surer."""
MOST = 8000
"""Examples learned from, evenly chosen where there are more: fitting costs the cube of them, seconds here."""
EDITION = "2"
"""To be raised when the same examples come to be weighed otherwise, so that what was learned from them is dropped."""


class Ridge:
    """Scores texts by label: about 1 for a label whose examples are like them, about 0 for another.

    An example may have several labels. It measured better than the nearest examples, for it weighs what sets labels
    apart. What it learns can be kept.
    """

    def __init__(self, labels: Sequence[list[str]], texts: Sequence[str], vectors: Vectors) -> None:
        step = 1 + len(labels) // MOST
        self._labels = labels[::step]
        self._texts = texts[::step]
        self._vectors = vectors[::step]
        self._sizes = np.square(self._vectors).sum(1)
        self._names = tuple(dict.fromkeys(label for each in self._labels for label in each))
        self._recalled: Callable[[str], Vectors] | None = None

    @cached_property
    def digest(self) -> str:
        """A digest of all that is learned from, and how."""
        found = blake2b(repr((EDITION, SMOOTHNESS, REACH, WORDS, *self._labels, *self._texts)).encode())
        found.update(self._vectors.tobytes())
        return found.hexdigest()[:32]

    def learned(self) -> Mapping[str, Vectors]:
        """Return how much each example speaks for each label, shape (examples,) a label: fitted unless recalled."""
        return dict(zip(self._names, self._weights.T, strict=True)) if self._names else {}

    def recall(self, learned: Callable[[str], Vectors]) -> None:
        """Take what was learned before, by label, from examples of the same digest."""
        self._recalled = learned

    def scores(self, query: Query) -> dict[str, float]:
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
        """What was recalled, or is fitted now, shape (examples, labels)."""
        if self._recalled:
            return np.stack([self._recalled(name) for name in self._names], axis=1)
        from scipy.linalg import cho_factor, cho_solve

        on_one_thread()
        place = {name: column for column, name in enumerate(self._names)}
        wanted = np.zeros((len(self._labels), len(place)), np.float32)
        for row, labels in enumerate(self._labels):
            wanted[row, [place[label] for label in labels]] = 1
        alike = np.zeros((len(self._labels),) * 2, np.float32)
        for rows, likeness in self._wording.among():
            alike[rows, : rows.stop] = self._likeness(self._vectors[rows], rows.stop) + WORDS * likeness
        alike.flat[:: len(alike) + 1] += SMOOTHNESS
        # transposed, for LAPACK goes by columns and would copy a matrix of hundreds of megabytes
        found: Vectors = cho_solve(cho_factor(alike.T, overwrite_a=True), wanted, overwrite_b=True)
        return found

    def _likeness(self, vectors: Vectors, most: int | None = None) -> Vectors:
        """Return the Gaussian kernel of some vectors with the first ``most`` examples, shape (vectors, examples)."""
        found: Vectors = 2 * vectors @ self._vectors[:most].T
        found -= np.square(vectors).sum(1)[:, None]
        found -= self._sizes[:most]
        np.minimum(found, 0, out=found)
        found *= REACH
        return np.exp(found, out=found)
