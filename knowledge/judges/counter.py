"""Which passages answer an argument, and are not merely about the same thing."""

import re
from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np

from knowledge.embedding import Vectors
from knowledge.judges.loading import weights
from knowledge.lexical import LexicalIndex
from knowledge.sentences import sentences

_LINE = re.compile(r"\n|\s{2,}")


def opening(text: str) -> str:
    """Return the first sentence of a text, or its first line where that is shorter: what it says in short."""
    line = _LINE.split(text.strip(), maxsplit=1)[0]
    return next(iter(sentences(line)), line)


class Counter:
    """Turns unit vectors of the packaged MiniLM into others, unlike for queries and passages.

    Each text has two vectors: of the whole and of its opening, which are the same for a sentence. The inner product
    of a query and a passage is how well the passage answers the query: their cosines, what sets an answer apart from
    more of the same, and how much the passage sounds like an answer at all. BM25 counts beside it.
    """

    def encode_queries(self, wholes: Vectors, openings: Vectors) -> Vectors:
        """Return what arguments are searched with, shape (arguments, 768 + rank + 1)."""
        both, held = np.hstack([wholes, openings]), self._held
        whole, first = ((held["cosines"][row] @ both.reshape(-1, 2, wholes.shape[1])) for row in (0, 1))
        return np.hstack([whole, first, both @ held["query"].T, np.ones((len(both), 1), np.float32)])

    def encode_passages(self, wholes: Vectors, openings: Vectors) -> Vectors:
        """Return what passages are found by, shape (passages, 768 + rank + 1)."""
        both, held = np.hstack([wholes, openings]), self._held
        hidden = np.maximum(both @ held["inner.weight"].T + held["inner.bias"], 0)
        return np.hstack([both, both @ held["passage"].T, hidden @ held["outer.weight"].T])

    @property
    def words(self) -> float:
        """How much a standard deviation of BM25 counts beside the inner product."""
        return float(self._held["words"][0])

    @cached_property
    def _held(self) -> Mapping[str, Vectors]:
        return weights("counter")


class CounterShelf:
    """Passages that can be searched for what answers an argument."""

    def __init__(self, judge: Counter, texts: Sequence[str], wholes: Vectors, openings: Vectors) -> None:
        self._judge = judge
        self._passages = judge.encode_passages(wholes, openings)
        self._lexical = LexicalIndex(texts)

    def scores(self, text: str, whole: Vectors, first: Vectors) -> Vectors:
        """Return how well each passage answers an argument, given with its two vectors, shape (passages,)."""
        query = self._judge.encode_queries(whole[None], first[None])[0]
        words = self._lexical.scores(text)
        spread = float(words.std()) or 1.0
        return np.asarray(self._passages @ query + self._judge.words * (words - words.mean()) / spread, np.float32)
