"""Figures on data that a judge did not learn from, with intervals over motions."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.intp]
DRAWS = 1000


def interval(motions: Sequence[str], figure: Callable[[Rows], float], draws: int = DRAWS) -> tuple[float, float]:
    """Return the 95% interval of a figure of rows when motions are drawn again with replacement."""
    rows: dict[str, list[int]] = {}
    for row, motion in enumerate(motions):
        rows.setdefault(motion, []).append(row)
    held = [np.array(found, np.intp) for found in rows.values()]
    random = np.random.default_rng(0)
    found = [
        figure(np.concatenate([held[place] for place in random.integers(len(held), size=len(held))]))
        for _ in range(draws)
    ]
    low, high = np.percentile(found, (2.5, 97.5))
    return float(low), float(high)


def macro_f1(wanted: NDArray[np.bool_], found: NDArray[np.bool_]) -> float:
    """Return the mean of the F1 of yes and the F1 of no."""
    scores = []
    for label in (True, False):
        both = np.sum((wanted == label) & (found == label))
        scores.append(2 * both / max(1, np.sum(wanted == label) + np.sum(found == label)))
    return float(np.mean(scores))


def calibration_error(wanted: NDArray[np.bool_], odds: NDArray[np.float64], bins: int = 10) -> float:
    """Return the expected calibration error of the likelier label: bins of equal width between .5 and 1."""
    sure = np.maximum(odds, 1 - odds)
    right = wanted == (odds >= 0.5)
    place = np.minimum(((sure - 0.5) * 2 * bins).astype(int), bins - 1)
    gaps = [abs(right[place == b].mean() - sure[place == b].mean()) * np.mean(place == b) for b in set(place)]
    return float(sum(gaps))
