"""Whether the judge of key points finds the block for a phrasing: ``python -m benchmarks.keypoints``.

On the bundled topic, a fifth of each side's phrasings held out in turn: by the nearest phrasing that is left, and as
the bot does it (``knowledge.ridge``); with the published MiniLM, with the judge, with both.
"""

from collections.abc import Mapping

import numpy as np

from knowledge.catalogue import BUNDLED, named
from knowledge.embedding import SentenceEncoder, Vectors
from knowledge.judges.keypoints import KeyPoints
from knowledge.keys import block_keys
from knowledge.queries import Query
from knowledge.ridge import Ridge
from knowledge.topics import Topic

PARTS = 5


def hits(labels: list[str], texts: list[str], vectors: Vectors) -> tuple[int, int]:
    """Return for how many texts the nearest of the others has their label, and the ridge gives it."""
    nearest = learned = 0
    part = np.random.default_rng(0).permutation(len(texts)) % PARTS
    for number in range(PARTS):
        kept, held = np.flatnonzero(part != number), np.flatnonzero(part == number)
        best = kept[(vectors[held] @ vectors[kept].T).argmax(axis=1)]
        nearest += sum(labels[row] == labels[near] for row, near in zip(held, best, strict=True))
        ridge = Ridge([[labels[row]] for row in kept], [texts[row] for row in kept], vectors[kept])
        for row in held:
            scores = ridge.scores(Query(texts[row], vectors[row]))
            learned += max(scores, key=scores.__getitem__) == labels[row]
    return nearest, learned


def encoded(texts: list[str]) -> Mapping[str, Vectors]:
    """Return the texts' vectors of each kind."""
    plain, judge = SentenceEncoder(threads=1).encode(texts), KeyPoints().encode(texts)
    return {"published": plain, "judge": judge, "both": np.hstack([plain, judge]) / np.float32(2**0.5)}


def main(topic: Topic) -> None:
    found: dict[str, list[tuple[int, int]]] = {}
    size = 0
    for side in topic.sides:
        keys = block_keys(block for block in topic.blocks if block.side == side.id)
        labels, texts = [key.target for key in keys], [key.text for key in keys]
        size += len(keys)
        for name, vectors in encoded(texts).items():
            found.setdefault(name, []).append(hits(labels, texts, vectors))
    for name, counts in found.items():
        nearest, learned = (sum(count[at] for count in counts) / size for at in (0, 1))
        print(f"{name:<10} {size} phrasings, block found by the nearest {nearest:.3f}, by the ridge {learned:.3f}")


if __name__ == "__main__":
    main(named(BUNDLED))
