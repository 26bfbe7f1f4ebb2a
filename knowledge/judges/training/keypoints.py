"""Teach key points: ``python -m knowledge.judges.training.keypoints DATA_FOLDER --seed N --out FILE``."""

import argparse
import random
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import save_file
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits

from knowledge.embedding import Vectors
from knowledge.judges.keypoints import LONGEST, encoded
from knowledge.judges.minilm import MiniLM, merge, units
from knowledge.judges.training.compact import compact
from knowledge.judges.training.figures import Rows, calibration_error, interval, macro_f1
from knowledge.judges.training.points import APART, MATCH, NO, UNDECIDED, Table, apart, labelled, titled, together
from knowledge.judges.training.steps import step, warmed

RATE, ODDS_RATE, DECAY, SIZE = 1.5e-4, 1e-2, 0.01, 32
LOOSE = 20
"""Characters by which texts of a batch may differ in length before the next batch is longer."""
START = (15.0, 0.5)
"""Slope and middle of the odds of a match over the cosine, before training."""
TARGETS, COUNTS = torch.zeros(4), torch.ones(4)
"""How likely a match is, and how much the pair counts, by how an argument stands to a key point."""
TARGETS[MATCH], TARGETS[UNDECIDED] = 1.0, 0.3
COUNTS[UNDECIDED] = COUNTS[APART] = 0.3
STRAYS = 4
"""Key points of other motions in a batch."""
RANK = 32


def lessons(tables: Sequence[Table], chance: random.Random) -> list[tuple[Table, list[int]]]:
    """Return each table with some of its arguments at a time, of like length, in a new order."""
    found = []
    for table in tables:
        long = [len(text) + chance.random() * LOOSE for text in table.arguments]
        rows = sorted(range(len(long)), key=long.__getitem__)
        found += [(table, rows[start : start + SIZE]) for start in range(0, len(rows), SIZE)]
    chance.shuffle(found)
    return found


def learn(model: MiniLM, tables: Sequence[Table], epochs: int, chance: random.Random) -> Iterator[float]:
    """Teach the layers; yield the mean loss after each epoch."""
    layers, odds = list(model.bert.encoder.parameters()), nn.Parameter(torch.tensor(START))
    groups = [{"params": layers, "lr": RATE, "weight_decay": DECAY}, {"params": [odds], "lr": ODDS_RATE}]
    rates = torch.optim.AdamW(groups, weight_decay=0.0, fused=True)
    ramp = warmed(rates, epochs * len(lessons(tables, random.Random(0))))
    for _ in range(epochs):
        model.train()
        losses = []
        for number, (table, rows) in enumerate(lessons(tables, chance), 1):
            others = [other for other in chance.sample(tables, STRAYS) if other is not table]
            loss = wrong(model, odds, table, rows, [chance.choice(other.points) for other in others])
            losses.append(step(loss, rates, ramp, layers))
            if number % 50 == 0:
                print(f"{number} loss {np.mean(losses[-50:]):.3f}", flush=True)
        yield float(np.mean(losses))


def wrong(model: MiniLM, odds: Tensor, table: Table, rows: Sequence[int], strays: Sequence[str]) -> Tensor:
    """Return the loss on some of a table's arguments, told from its key points and from strays."""
    lines = units(model, [table.arguments[row] for row in rows], LONGEST)
    points = units(model, [*table.points, *strays], LONGEST)
    marks = torch.full((len(rows), len(points)), APART)
    marks[:, : len(table.points)] = torch.from_numpy(table.marks[rows])
    found = odds[0] * (lines @ points.T - odds[1])
    counts = COUNTS[marks]
    return binary_cross_entropy_with_logits(found, TARGETS[marks], counts, reduction="sum") / counts.sum()


def cosines(model: MiniLM, tables: Sequence[Table]) -> list[Vectors]:
    """Return the cosines of each table's arguments and points, shape (arguments, points)."""
    return [encoded(model, table.arguments) @ encoded(model, table.points).T for table in tables]


def precisions(table: Table, found: Vectors) -> tuple[float, float]:
    """Return the average precision of the surer half of the arguments: undecided pairs wrong, and right.

    Each argument is matched to the point of the highest cosine, as in the shared task on key points (Friedman et al.,
    2021).
    """
    sure, best = found.max(axis=1), found.argmax(axis=1)
    marks = table.marks[np.arange(len(best)), best]
    first = np.argsort(-sure, kind="stable")[: len(sure) // 2]
    strict, relaxed = (average_precision_score(right[first], sure[first]) for right in (marks == MATCH, marks != NO))
    return float(strict), float(relaxed)


def decided(tables: Sequence[Table], found: Sequence[Vectors]) -> tuple[Vectors, NDArray[np.bool_], NDArray[np.str_]]:
    """Return the cosines of all pairs that are labelled, whether they match, and their motions."""
    known = [table.marks <= MATCH for table in tables]
    motions = np.repeat([table.motion for table in tables], [some.sum() for some in known])
    marks = np.concatenate([table.marks[some] for table, some in zip(tables, known, strict=True)])
    return np.concatenate([f[some] for f, some in zip(found, known, strict=True)]), marks == MATCH, motions


def fitted(sure: Vectors, match: NDArray[np.bool_]) -> tuple[float, float]:
    """Return slope and middle of the odds of a match over the cosine."""
    model = LogisticRegression(C=1e4).fit(sure[:, None], match)
    slope = float(model.coef_[0, 0])
    return slope, -float(model.intercept_[0]) / slope


def told(name: str, tables: Sequence[Table], found: Sequence[Vectors]) -> None:
    """Print the shared task's figures, intervals over motions; pairs, odds fitted to other motions."""
    both = np.array([precisions(table, some) for table, some in zip(tables, found, strict=True)])
    motions = [table.motion for table in tables]
    spans = [interval(motions, partial(_mean, column)) for column in both.T]
    sure, match, homes = decided(tables, found)
    odds = np.zeros(len(sure))
    for motion in set(motions):
        slope, middle = fitted(sure[homes != motion], match[homes != motion])
        odds[homes == motion] = 1 / (1 + np.exp(slope * (middle - sure[homes == motion])))
    print(
        f"{name:<12} strict mAP {both[:, 0].mean():.3f} [{spans[0][0]:.3f}, {spans[0][1]:.3f}], "
        f"relaxed {both[:, 1].mean():.3f} [{spans[1][0]:.3f}, {spans[1][1]:.3f}], "
        f"sides {' '.join(f'{value:.3f}' for value in both[:, 0])}; {len(sure)} pairs, AP "
        f"{average_precision_score(match, sure):.3f}, macro-F1 {macro_f1(match, odds >= 0.5):.3f}, "
        f"ECE {calibration_error(match, odds):.3f}",
        flush=True,
    )


def _mean(values: NDArray[np.float64], rows: Rows) -> float:
    return float(values[rows].mean())


def main() -> None:
    """Teach on the train topics and on titles of debates, measure on the dev topics, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--epochs", type=int, default=1)
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    torch.manual_seed(given.seed)
    torch.set_num_threads(1)
    dev = labelled(given.folder, "dev")
    tables = list(together(apart([*labelled(given.folder, "train"), *titled(given.folder)], dev), SIZE))
    print("arguments", sum(len(table.arguments) for table in tables), flush=True)
    model = MiniLM()
    told("published", dev, cosines(model, dev))
    for loss in learn(model, tables, given.epochs, random.Random(given.seed)):
        print(f"loss {loss:.3f}", flush=True)
        told("taught", dev, cosines(model, dev))
    held, small = compact(model, RANK), MiniLM()
    merge(small, {name: tensor.float().numpy() for name, tensor in held.items()})
    found = cosines(small, dev)
    told("as it ships", dev, found)
    if given.out:
        slope, middle = fitted(*decided(dev, found)[:2])
        save_file({**held, "odds": torch.tensor([slope, middle])}, given.out)


if __name__ == "__main__":
    main()
