"""What a message does: the eight acts, told apart by examples."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from knowledge.embedding import Vectors


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
    written: Mapping[str, Sequence[str]] = yaml.safe_load(path.read_text("utf-8"))
    return [(Act(act), text) for act, texts in written.items() for text in texts]


class ActJudge:
    """Logistic regression over sentence vectors, fitted on the examples at first use (some 50 ms)."""

    def __init__(self, acts: Sequence[Act], vectors: Vectors) -> None:
        self._acts = [act.value for act in acts]
        self._vectors = vectors

    def probabilities(self, vector: Vectors) -> Mapping[Act, float]:
        """Return how likely each act is for a message with this vector; they sum to 1."""
        shares = self._model.predict_proba(vector[None, :])[0]
        return {Act(name): float(share) for name, share in zip(self._model.classes_, shares, strict=True)}

    @cached_property
    def _model(self) -> Any:
        from sklearn.linear_model import LogisticRegression

        return LogisticRegression(C=20.0, max_iter=500, class_weight="balanced").fit(
            np.asarray(self._vectors, np.float64), self._acts
        )
