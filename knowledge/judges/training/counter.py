"""Teach the judge of counters: ``python -m knowledge.judges.training.counter DATA_FOLDER --seed N --out FILE``.

Encoding takes longest; ``--kept FILE`` keeps the vectors for the next run.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log2
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import save_file
from torch import Tensor, nn

from knowledge.embedding import SentenceEncoder, Vectors
from knowledge.judges.counter import opening
from knowledge.judges.training.data import Row, rows
from knowledge.judges.training.figures import interval
from knowledge.lexical import LexicalIndex

RANK, HIDDEN, DROP, DECAY, RATE, STEPS, SIZE = 64, 64, 0.2, 5.0, 2e-3, 300, 512
COSINES = ((15.0, 5.0), (5.0, 5.0))
"""Where the weights of the cosines start: rows for the whole and opening of the passage, columns for the query's."""
SHORT = 3
"""Every how many steps the openings stand for the whole: the judge has to do for single sentences too."""
WARMTH = 10.0
"""What unit vectors are multiplied by, so that what is learned from them has a size like theirs."""


@dataclass(frozen=True)
class Split:
    """Points and counters of some debates: texts, their debate and side, and each query's row and its counter's."""

    texts: Sequence[str]
    homes: Sequence[tuple[str, str, str]]
    queries: Tensor
    wanted: Tensor
    wholes: Tensor
    openings: Tensor

    @cached_property
    def both(self) -> Tensor:
        """The two vectors of each text, shape (texts, 768)."""
        return torch.cat([self.wholes, self.openings], dim=1)

    @cached_property
    def short(self) -> Tensor:
        """The openings as if they were all, shape (texts, 768)."""
        return torch.cat([self.openings, self.openings], dim=1)

    def words(self, texts: Sequence[str]) -> Tensor:
        """Return BM25 of each query to each text, z-scored by query, shape (queries, texts)."""
        index = LexicalIndex(texts)
        found = np.stack([index.scores(texts[row]) for row in self.queries.tolist()])
        found[np.arange(len(found)), self.queries.numpy()] = 0
        spread = found.std(axis=1, keepdims=True)
        return torch.from_numpy((found - found.mean(axis=1, keepdims=True)) / np.maximum(spread, 1e-9))


def split(given: Sequence[Row], vectors: dict[str, NDArray[np.float32]]) -> Split:
    """Return the rows as a corpus in which every point and counter stands once."""
    place: dict[str, int] = {}
    homes: list[tuple[str, str, str]] = []
    for kind in ("point", "counter"):
        for row in given:
            other = "con" if row["point_side"] == "pro" else "pro"
            if row[kind] not in place:
                place[row[kind]] = len(homes)
                homes.append((row["debate"], row["point_side"] if kind == "point" else other, kind))
    return Split(
        list(place),
        homes,
        torch.tensor([place[row["point"]] for row in given]),
        torch.tensor([place[row["counter"]] for row in given]),
        torch.from_numpy(np.stack([vectors[text] for text in place])),
        torch.from_numpy(np.stack([vectors[opening(text)] for text in place])),
    )


def encoded(texts: Sequence[str], kept: Path | None) -> dict[str, NDArray[np.float32]]:
    """Return the texts' unit vectors, those kept before not encoded again."""
    known: dict[str, NDArray[np.float32]] = {}
    if kept and kept.exists():
        with np.load(kept) as file:
            known = dict(zip(file["texts"].tolist(), file["vectors"], strict=True))
    if new := sorted({*texts} - known.keys(), key=len):
        found: Vectors = SentenceEncoder(threads=1).encode(new)
        known |= dict(zip(new, found, strict=True))
        if kept:
            np.savez(kept, texts=np.array(list(known)), vectors=np.stack(list(known.values())))
    return known


class Head(nn.Module):
    """What ``knowledge.judges.counter`` computes, in a form that learns."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.query, self.passage = (nn.Linear(2 * size, RANK, bias=False) for _ in range(2))
        for layer in (self.query, self.passage):
            nn.init.normal_(layer.weight, std=0.05)
        self.inner, self.outer = nn.Linear(2 * size, HIDDEN), nn.Linear(HIDDEN, 1, bias=False)
        self.drop = nn.Dropout(DROP)
        self.cosines = nn.Parameter(torch.tensor(COSINES))
        self.words = nn.Parameter(torch.tensor([0.5]))

    def forward(self, queries: Tensor, passages: Tensor, words: Tensor) -> Tensor:
        """Return how well each passage answers each query, shape (queries, passages)."""
        whole, first = (torch.einsum("a,qad->qd", row, queries.view(len(queries), 2, -1)) for row in self.cosines)
        near = torch.cat([whole, first], dim=1) @ passages.T
        asked = self.query(self.drop(WARMTH * queries))
        told = self.passage(self.drop(WARMTH * passages))
        answers = self.outer(self.drop(torch.relu(self.inner(WARMTH * passages)))).squeeze(-1)
        found: Tensor = near + self.drop(asked) @ self.drop(told).T / WARMTH + answers + self.words * words
        return found

    def learned(self) -> dict[str, Tensor]:
        """Return the arrays as ``knowledge.judges.counter`` reads them."""
        held = {
            "cosines": self.cosines,
            "words": self.words,
            "query": self.query.weight * WARMTH**0.5,
            "passage": self.passage.weight * WARMTH**0.5,
            "inner.weight": self.inner.weight * WARMTH,
            "inner.bias": self.inner.bias,
            "outer.weight": self.outer.weight,
        }
        return {name: tensor.detach().half().contiguous() for name, tensor in held.items()}


def learn(head: Head, given: Split, words: Sequence[Tensor], steps: int) -> None:
    """Teach the head: of all texts of all debates but the query itself, the query's counter comes first."""
    scalars = [head.cosines, head.words]
    others = [parameter for parameter in head.parameters() if all(parameter is not each for each in scalars)]
    rates = torch.optim.AdamW(
        [{"params": scalars, "weight_decay": 0.0, "lr": 0.1}, {"params": others, "weight_decay": DECAY}], lr=RATE
    )
    ramp = torch.optim.lr_scheduler.LambdaLR(
        rates, [lambda at: 1 - at / steps / 2, lambda at: min(1, (at + 1) / 10) * (1 - at / steps)]
    )
    head.train()
    for step in range(steps):
        short = step % SHORT == 0
        texts = given.short if short else given.both
        some = torch.randperm(len(given.queries))[:SIZE]
        scores = head(texts[given.queries[some]], texts, words[short][some])
        scores = scores.scatter(1, given.queries[some, None], -torch.inf)
        loss = nn.functional.cross_entropy(scores, given.wanted[some])
        rates.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        rates.step()
        ramp.step()
        if step % 50 == 49:
            print(f"{step + 1}/{steps} loss {loss.item():.3f}", flush=True)


def told(name: str, given: Split, scores: Tensor) -> None:
    """Print nDCG@10, acc@1 and what comes first, the query itself dropped."""
    scores = scores.scatter(1, given.queries[:, None], -torch.inf)
    ranks = (scores > scores.gather(1, given.wanted[:, None])).sum(1).tolist()
    gains = np.array([1 / log2(rank + 2) if rank < 10 else 0.0 for rank in ranks])
    debates = [given.homes[row][0] for row in given.queries.tolist()]
    low, high = interval(debates, lambda some: float(gains[some].mean()))
    firsts = [given.homes[row] for row in scores.argmax(1).tolist()]
    mine = [given.homes[row] for row in given.queries.tolist()]
    same = np.mean([first[:2] == own[:2] for first, own in zip(firsts, mine, strict=True)])
    points = np.mean([first == own for first, own in zip(firsts, mine, strict=True)])
    print(
        f"{name:<22} nDCG@10 {gains.mean():.3f} [{low:.3f}, {high:.3f}], acc@1 {np.mean(np.array(ranks) == 0):.3f}, "
        f"first on the query's side {same:.3f}, a point of that side {points:.3f}",
        flush=True,
    )


def main() -> None:
    """Teach on the train debates, measure on the dev debates, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--kept", type=Path)
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    torch.manual_seed(given.seed)
    torch.set_num_threads(1)
    pairs = [rows(given.folder, f"counter/{name}.jsonl") for name in ("train", "dev")]
    texts = [row[kind] for part in pairs for row in part for kind in ("point", "counter")]
    vectors = encoded([*texts, *map(opening, texts)], given.kept)
    train, dev = (split(part, vectors) for part in pairs)
    words = [[part.words(part.texts), part.words([opening(t) for t in part.texts])] for part in (train, dev)]
    head = Head(train.wholes.shape[1])
    learn(head, train, words[0], given.steps)
    head.eval()
    for name, known, lexical in (("whole", dev.both, words[1][0]), ("openings alone", dev.short, words[1][1])):
        asked, size = known[dev.queries], dev.wholes.shape[1]
        cosines = asked[:, :size] @ known[:, :size].T
        spread = cosines.std(1, keepdim=True)
        told(f"{name}, cosine", dev, cosines)
        told(f"{name}, with BM25", dev, (cosines - cosines.mean(1, keepdim=True)) / spread + 0.3 * lexical)
        with torch.no_grad():
            told(f"{name}, judge", dev, head(asked, known, lexical))
    if given.out:
        save_file(head.learned(), given.out)


if __name__ == "__main__":
    main()
