"""What is looked for, and what is found."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Query:
    """What is looked for: the words and their unit vector."""

    text: str
    vector: NDArray[np.float32]

    def alike(self, other: "Query") -> float:
        """Return the cosine of the two."""
        return float(self.vector @ other.vector)


@dataclass(frozen=True, slots=True)
class Hit:
    """A target found: ``score`` is fused and relative to the others, ``cosine`` absolute, of its best key."""

    target: str
    score: float
    cosine: float
    key: str
