"""Teach the judge of convincingness: ``python -m knowledge.judges.training.strength DATA_FOLDER --out FILE``.

There is nothing random in it: the loss is convex and every topic is held out once.
"""

import argparse
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import save_file
from sklearn.linear_model import LogisticRegression

from knowledge.embedding import SentenceEncoder
from knowledge.judges.strength import MOST, manner
from knowledge.judges.training.data import rows
from knowledge.judges.training.figures import calibration_error, interval

MATTER = 3.0
"""How large a unit vector counts beside what is counted, each of unit variance, before regularisation."""
LOOSENESS = 0.01

Matrix = NDArray[np.float64]


def fitted(differences: Matrix, first: NDArray[np.bool_]) -> Matrix:
    """Return the weights that tell the more convincing text by the difference of the two."""
    model = LogisticRegression(C=LOOSENESS, fit_intercept=False, max_iter=500)
    model.fit(np.vstack([differences, -differences]), np.r_[first, ~first])
    return np.asarray(model.coef_[0], np.float64)


def main() -> None:
    """Measure with each topic, both its sides, held out in turn; then teach on all and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    pairs = rows(given.folder, "strength/convarg_train.jsonl")
    texts = sorted({row[side] for row in pairs for side in "ab"}, key=len)
    place = {text: row for row, text in enumerate(texts)}
    vectors = SentenceEncoder(threads=1).encode(texts)
    counted = np.array([manner(text) for text in texts])
    mean, spread = counted.mean(0), counted.std(0).clip(1e-6)
    known = np.hstack([np.clip((counted - mean) / spread, -MOST, MOST), MATTER * vectors])
    differences = known[[place[row["a"]] for row in pairs]] - known[[place[row["b"]] for row in pairs]]
    first = np.array([row["more_convincing"] == "a" for row in pairs])
    topics = np.array([row["topic_side"].split("_")[0] for row in pairs])
    scores = np.zeros(len(pairs))
    for topic in sorted(set(topics)):
        held = topics == topic
        scores[held] = differences[held] @ fitted(differences[~held], first[~held])
    sureness = fitted(scores[:, None], first)[0]
    right = (scores > 0) == first
    folds = [right[topics == topic].mean() for topic in sorted(set(topics))]
    low, high = interval(list(topics), lambda some: float(right[some].mean()))
    longer = (differences[:, 0] > 0) == first
    print(
        f"cross-topic accuracy, mean of {len(folds)} topics {np.mean(folds):.3f} (worst {min(folds):.3f}), "
        f"of pairs {right.mean():.3f} [{low:.3f}, {high:.3f}], the longer one {longer.mean():.3f}, "
        f"ECE {calibration_error(first, 1 / (1 + np.exp(-sureness * scores))):.3f}"
    )
    learned = fitted(differences, first)
    if given.out:
        width = counted.shape[1]
        held = {
            "mean": mean,
            "spread": spread,
            "manner": learned[:width],
            "matter": MATTER * learned[width:],
            "sureness": np.array([sureness]),
        }
        save_file({name: torch.tensor(value, dtype=torch.float32) for name, value in held.items()}, given.out)


if __name__ == "__main__":
    main()
