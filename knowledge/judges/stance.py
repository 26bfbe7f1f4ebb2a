"""Whether what is said supports a claim, opposes it, or does neither."""

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn.functional import softmax

from knowledge.embedding import Vectors
from knowledge.judges.loading import weights
from knowledge.judges.minilm import MiniLM, batches, means, merge

LONGEST = 96
"""Tokens of claim and passage that are read."""
SUPPORT, OPPOSE, NEITHER = 0, 1, 2


class Reader(nn.Module):
    """MiniLM reading a claim and what is said about it together, and a linear head on first and mean state."""

    def __init__(self) -> None:
        super().__init__()
        self.model = MiniLM()
        self.head = nn.Linear(2 * 384, 3)

    def forward(self, pairs: Sequence[tuple[str, str]]) -> Tensor:
        """Return the logits of support, oppose and neither, shape (pairs, 3)."""
        states, mask = self.model(pairs, LONGEST)
        logits: Tensor = self.head(torch.cat([states[:, 0], means(states, mask)], dim=-1))
        return logits


def logits(reader: Reader, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float64]:
    """Return the logits of all pairs, read in batches, shape (pairs, 3)."""
    found = np.zeros((len(pairs), 3))
    reader.eval()
    with torch.inference_mode():
        for rows in batches(pairs):
            found[rows] = reader([pairs[row] for row in rows]).numpy()
    return found


def taught(learned: Mapping[str, Vectors]) -> Reader:
    """Return a reader changed by what was learned."""
    reader = Reader()
    merge(reader.model, learned)
    head = {name: torch.from_numpy(learned[f"head.{name}"]) for name, _ in reader.head.named_parameters()}
    reader.head.load_state_dict(head)
    return reader


class Stance:
    """The judge that ships, loaded at first use: readers that were taught apart, whose logits are averaged."""

    def odds(self, claims: Sequence[str], passages: Sequence[str]) -> NDArray[np.float64]:
        """Return how likely each passage is to support, oppose, do neither to its claim, shape (pairs, 3)."""
        pairs = list(zip(claims, passages, strict=True))
        found = torch.from_numpy(np.mean([logits(reader, pairs) for reader in self._readers], axis=0))
        return np.asarray(softmax(found * float(self._held["sureness"][0]), dim=-1).numpy())

    @cached_property
    def _held(self) -> Mapping[str, Vectors]:
        return weights("stance")

    @cached_property
    def _readers(self) -> Sequence[Reader]:
        return [taught(learned) for learned in each(self._held)]


def each(held: Mapping[str, Vectors]) -> list[Mapping[str, Vectors]]:
    """Return what each reader learned: its arrays are those whose names begin with its number."""
    apart: dict[str, dict[str, Vectors]] = {}
    for name, array in held.items():
        number, _, rest = name.partition(".")
        if rest:
            apart.setdefault(number, {})[rest] = array
    return [apart[number] for number in sorted(apart)]
