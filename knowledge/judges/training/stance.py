"""Teach the stance judge: ``python -m knowledge.judges.training.stance DATA_FOLDER --seed N --out FILE``.

Seed N keeps the N-th third of IBM's topics for measuring, so that three seeds measure all of them.
"""

import argparse
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import save_file
from sklearn.linear_model import LogisticRegression
from torch import nn

from knowledge.judges.minilm import batches
from knowledge.judges.stance import OPPOSE, SUPPORT, Reader, logits, taught
from knowledge.judges.training.compact import compact
from knowledge.judges.training.figures import calibration_error, interval, macro_f1
from knowledge.judges.training.made import made
from knowledge.judges.training.pairs import FOLDS, Pair, apart, debated, ibm, perspectives, topical, varied
from knowledge.judges.training.steps import step, warmed

RATE, HEAD_RATE, DECAY, SIZE, SMOOTH = 1.5e-4, 1e-3, 0.01, 32, 0.05
TOPICAL, REASONS, MADE = 1400, 800, 2400
"""Pairs of ArgKP, whose topics are few; of titles with their reasons and counters; pairs that are made up."""
IBM_TIMES = 2
RANK = 64


def gathered(folder: Path, kept: Sequence[Pair], known: Sequence[Pair], chance: random.Random) -> list[Pair]:
    """Return what is learned from of the data sets: nothing about the motions of the pairs that are kept."""
    titles, reasons = (apart(pairs, kept) for pairs in debated(folder))
    given = apart(perspectives(folder, "train"), kept) + apart(chance.sample(topical(folder, "train"), TOPICAL), kept)
    return [*given, *(IBM_TIMES * list(known)), *titles, *chance.sample(reasons, REASONS)]


def lessons(
    folder: Path, lexicon: Path, kept: Sequence[Pair], known: Sequence[Pair], chance: random.Random
) -> list[Pair]:
    """Return all that is learned from."""
    return [*varied(gathered(folder, kept, known, chance), chance), *made(lexicon, MADE, chance)]


def learn(reader: Reader, pairs: Sequence[Pair], epochs: int, chance: random.Random) -> Iterator[float]:
    """Teach the layers and the head; yield the mean loss after each epoch. Batches hold pairs of like length."""
    layers = list(reader.model.bert.encoder.parameters())
    groups = [{"params": layers, "lr": RATE}, {"params": list(reader.head.parameters()), "lr": HEAD_RATE}]
    rates = torch.optim.AdamW(groups, weight_decay=DECAY, fused=True)
    texts = [(pair.claim, pair.said) for pair in pairs]
    order = list(batches(texts, SIZE))
    ramp = warmed(rates, epochs * len(order))
    for _ in range(epochs):
        reader.train()
        chance.shuffle(order)
        losses = []
        for number, some in enumerate(order, 1):
            wanted = torch.tensor([pairs[row].label for row in some])
            found = reader([texts[row] for row in some])
            loss = nn.functional.cross_entropy(found, wanted, label_smoothing=SMOOTH)
            losses.append(step(loss, rates, ramp, [*layers, *reader.head.parameters()]))
            if number % 50 == 0:
                print(f"{number}/{len(order)} loss {np.mean(losses[-50:]):.3f}", flush=True)
        yield float(np.mean(losses))


def judged(reader: Reader, pairs: Sequence[Pair]) -> NDArray[np.float64]:
    """Return by how much support is likelier than opposition, in logits, shape (pairs,)."""
    found = logits(reader, [(pair.claim, pair.said) for pair in pairs])
    return np.asarray(found[:, SUPPORT] - found[:, OPPOSE])


def supports(pairs: Sequence[Pair]) -> NDArray[np.bool_]:
    """Return which pairs are labelled as support, shape (pairs,)."""
    return np.array([pair.label == SUPPORT for pair in pairs])


def told(name: str, pairs: Sequence[Pair], apart_by: NDArray[np.float64], sureness: float = 1.0) -> None:
    """Print accuracy, macro-F1 and calibration between support and oppose, with intervals over motions."""
    wanted, likely = supports(pairs), 1 / (1 + np.exp(-sureness * apart_by))
    found, motions = likely >= 0.5, [pair.motion for pair in pairs]
    f1 = interval(motions, lambda some: macro_f1(wanted[some], found[some]))
    right = interval(motions, lambda some: float(np.mean(wanted[some] == found[some])))
    print(
        f"{name:<12} rows {len(pairs)}, accuracy {np.mean(wanted == found):.3f} [{right[0]:.3f}, {right[1]:.3f}], "
        f"macro-F1 {macro_f1(wanted, found):.3f} [{f1[0]:.3f}, {f1[1]:.3f}], "
        f"ECE {calibration_error(wanted, likely):.3f}",
        flush=True,
    )


def fitted(pairs: Sequence[Pair], apart_by: NDArray[np.float64]) -> float:
    """Return by what to multiply the logits so that the likelihoods of support and oppose fit best."""
    model = LogisticRegression(C=1e4, fit_intercept=False).fit(apart_by[:, None], supports(pairs))
    return float(model.coef_[0, 0])


def main() -> None:
    """Teach on the train splits and two thirds of IBM's topics, measure on the rest, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--lexicon", type=Path, required=True, help="vader_lexicon.txt of the package vaderSentiment")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    torch.manual_seed(given.seed)
    torch.set_num_threads(1)
    chance = random.Random(given.seed)
    dev, (known, unknown) = perspectives(given.folder, "dev"), ibm(given.folder, given.seed % FOLDS)
    pairs = lessons(given.folder, given.lexicon, [*dev, *unknown], known, chance)
    print("pairs", len(pairs), flush=True)
    reader = Reader()
    for loss in learn(reader, pairs, given.epochs, chance):
        print(f"loss {loss:.3f}", flush=True)
        for name, some in (("PERSPECTRUM", dev), ("IBM", unknown)):
            told(name, some, judged(reader, some))
    held = {
        **compact(reader.model, RANK),
        **{f"head.{n}": p.detach().half() for n, p in reader.head.named_parameters()},
    }
    small = taught({name: tensor.float().numpy() for name, tensor in held.items()})
    others = topical(given.folder, "dev")
    sure = fitted(others, judged(small, others))
    print(f"as it ships, logits times {sure:.3f}")
    for name, pairs in (("PERSPECTRUM", dev), ("IBM", unknown), ("ArgKP", others)):
        told(name, pairs, judged(small, pairs), sure)
    if given.out:
        save_file({**held, "sureness": torch.tensor([sure])}, given.out)


if __name__ == "__main__":
    main()
