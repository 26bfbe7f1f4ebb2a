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
