"""Join stance judges: ``python -m knowledge.judges.training.panel DATA_FOLDER SEED_0 SEED_1 … --out FILE``.

The files are those that ``knowledge.judges.training.stance`` wrote with the seeds 0, 1, …
"""

import argparse
import random
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.numpy import load_file, save_file
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from knowledge.embedding import Vectors
from knowledge.judges.stance import taught
from knowledge.judges.training.figures import calibration_error
from knowledge.judges.training.pairs import FOLDS, Pair, ibm, perspectives, topical, unshared
from knowledge.judges.training.stance import gathered, judged, supports, told

Gaps = NDArray[np.float64]
MOST = 127


def rounded(held: Mapping[str, Vectors]) -> dict[str, NDArray[np.generic]]:
    """Return a judge's arrays, the directions of each change as bytes beside their sizes: half of what they took."""
    found: dict[str, NDArray[np.generic]] = {name: array for name, array in held.items() if name != "sureness"}
    for name in [name.removesuffix(".up") for name in held if name.endswith(".up")]:
        up, down = (held[f"{name}.{part}"].astype(np.float32) for part in ("up", "down"))
        high, wide = np.abs(up).max(axis=0), np.abs(down).max(axis=1, keepdims=True)
        found[f"{name}.up"] = np.rint(up / high * MOST).astype(np.int8)
        found[f"{name}.down"] = np.rint(down / wide * MOST).astype(np.int8)
        found[f"{name}.sizes"] = high * wide[:, 0] / MOST**2
    return found


def new_to_all(folder: Path, dev: Sequence[Pair], seeds: int) -> set[str]:
    """Return the motions that share nothing with what the judges of any of these seeds learned from."""
    found = {pair.motion for pair in dev}
    for seed in range(seeds):
        known, unknown = ibm(folder, seed % FOLDS)
        found &= unshared(dev, gathered(folder, [*dev, *unknown], known, random.Random(seed)))
    return found


def fitted_to_both(sets: Sequence[Sequence[Pair]], apart_by: Sequence[Gaps]) -> tuple[float, list[float]]:
    """Return by what to multiply the logits, each set counting alike, and each set's calibration error.

    The errors are of motions that the temperature was not fitted to, in five parts, the mean of twenty draws.
    """
    pairs, gaps = [pair for some in sets for pair in some], np.concatenate(apart_by)[:, None]
    wanted, motions = supports(pairs), [pair.motion for pair in pairs]
    weight = {"sample_weight": np.concatenate([np.full(len(some), 1000 / len(some)) for some in sets])}
    model = LogisticRegression(C=1e4, fit_intercept=False)
    ends = np.cumsum([len(some) for some in sets])[:-1]
    errors = []
    for draw in range(20):
        parts = GroupKFold(5, shuffle=True, random_state=draw)
        odds = cross_val_predict(model, gaps, wanted, groups=motions, cv=parts, params=weight, method="predict_proba")
        unseen = zip(np.split(wanted, ends), np.split(odds[:, 1], ends), strict=True)
        errors.append([calibration_error(*both) for both in unseen])
    return float(model.fit(gaps, wanted, **weight).coef_[0, 0]), np.mean(errors, axis=0).tolist()


def main() -> None:
    """Measure each judge and all together, fit the temperature, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    torch.set_num_threads(1)
    dev, others = perspectives(given.folder, "dev"), topical(given.folder, "dev")
    new = new_to_all(given.folder, dev, len(given.files))
    fresh = [row for row, pair in enumerate(dev) if pair.motion in new]
    held = [rounded(load_file(path)) for path in given.files]
    found = []
    for number, arrays in enumerate(held):
        reader = taught({name: array.astype(np.float32) for name, array in arrays.items()})
        found.append((judged(reader, dev), judged(reader, others)))
        told(f"{number}, unshared", [dev[row] for row in fresh], found[-1][0][fresh])
    ours, theirs = (np.mean([judge[which] for judge in found], axis=0) for which in (0, 1))
    strict = [dev[row] for row in fresh]
    sure, errors = fitted_to_both((strict, others), (ours[fresh], theirs))
    print(f"logits times {sure:.3f}; ECE not fitted to, unshared {errors[0]:.3f}, ArgKP {errors[1]:.3f}")
    for name, pairs, apart_by in (("unshared", strict, ours[fresh]), ("all", dev, ours), ("ArgKP", others, theirs)):
        told(name, pairs, apart_by, sure)
    if given.out:
        joined = {f"{number}.{name}": array for number, arrays in enumerate(held) for name, array in arrays.items()}
        save_file({**joined, "sureness": np.array([sure], np.float32)}, given.out)


if __name__ == "__main__":
    main()
