"""What a message does: the eight acts, told apart by examples."""

import math
from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path

import numpy as np
import yaml

from knowledge.embedding import Vectors
from knowledge.manner import manner
from knowledge.queries import Query
from knowledge.ridge import Ridge

_MANNER = 0.4
"""How much manner counts beside meaning."""
_SHARPNESS = 6.0
"""Turns scores into likelihoods that are as often right as they say, on cases apart from the examples."""


class Act(StrEnum):
    """What a message does in a round."""

    ARGUMENT = "argument"
    QUESTION = "question_to_bot"
    CROSSEX_ANSWER = "crossex_answer"
    CONCESSION = "concession"
    PROCEDURAL = "procedural"
    CHATTER = "chatter"
    INJECTION = "injection"
    ABUSE = "abuse"


def examples() -> list[tuple[Act, str]]:
    """Return the labelled example messages that come with the software."""
    path = Path(__file__).parent / "listening" / "acts.yaml"
    written: Mapping[str, Sequence[str]] = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
    return [(Act(act), text) for act, texts in written.items() for text in texts]


class ActJudge:
    """Tells acts apart by what a message means and by its manner."""

    def __init__(self, acts: Sequence[Act], texts: Sequence[str], vectors: Vectors) -> None:
        self.ridge = Ridge([[act] for act in acts], texts, _features(texts, vectors))
        """What is learned from the examples."""

    def probabilities(self, query: Query) -> Mapping[Act, float]:
        """Return how likely each act is for a message; they sum to 1."""
        (features,) = _features([query.text], query.vector[None, :])
        scores = self.ridge.scores(Query(query.text, features))
        shares = {Act(name): math.exp(_SHARPNESS * score) for name, score in scores.items()}
        return {act: share / sum(shares.values()) for act, share in shares.items()}


def _features(texts: Sequence[str], vectors: Vectors) -> Vectors:
    return np.hstack([vectors, _MANNER * np.stack([manner(text) for text in texts])])
