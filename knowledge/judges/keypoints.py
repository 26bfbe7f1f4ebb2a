"""Whether a line makes an argument that is known in other words."""

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
import torch
from numpy.typing import NDArray

from knowledge.embedding import Vectors
from knowledge.judges.loading import weights
from knowledge.judges.minilm import MiniLM, batches, merge, units

LONGEST = 64
"""Tokens of a line that are read."""
WIDTH = 384


def encoded(model: MiniLM, texts: Sequence[str]) -> Vectors:
    """Return one unit vector a text, encoded in batches, shape (texts, 384)."""
    found = np.zeros((len(texts), WIDTH), np.float32)
    model.eval()
    with torch.inference_mode():
        for rows in batches(texts):
            found[rows] = units(model, [texts[row] for row in rows], LONGEST).numpy()
    return found


class KeyPoints:
    """The judge that ships, loaded at first use.

    Lines and key points are encoded alike and each by itself, so what is known beforehand is encoded once. The cosine
    of two vectors is how much the lines make the same argument.
    """

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a text, shape (texts, 384)."""
        return encoded(self._model, texts)

    def odds(self, lines: Vectors, points: Vectors) -> NDArray[np.float64]:
        """Return how likely each encoded line is to make each encoded key point, shape (lines, points)."""
        slope, middle = self._held["odds"].tolist()
        odds: NDArray[np.float64] = 1 / (1 + np.exp(slope * (middle - (lines @ points.T).astype(np.float64))))
        return odds

    @cached_property
    def _held(self) -> Mapping[str, Vectors]:
        return weights("keypoints")

    @cached_property
    def _model(self) -> MiniLM:
        model = MiniLM()
        merge(model, self._held)
        return model
