"""How alike texts are in their very words, which an embedding blurs."""

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from knowledge.embedding import Vectors

ROWS = 500
"""Texts compared with all others at once: the whole of it, sparse and dense, would take hundreds of megabytes."""
_WORD = re.compile(r"\w+")


class Wording:
    """A fixed list of texts by their words and pairs of words, weighed by tf-idf: likeness is the cosine."""

    def __init__(self, texts: Sequence[str]) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer

        model = TfidfVectorizer(analyzer=_marks, sublinear_tf=True, dtype=np.float32)
        self._texts = model.fit_transform(texts)
        self._rarity = dict(zip(model.get_feature_names_out(), model.idf_.tolist(), strict=True))
        self._places = model.vocabulary_
        columns = self._texts.tocsc()
        self._starts = columns.indptr.tolist()
        self._rows, self._weights = columns.indices, columns.data

    def among(self) -> Iterator[tuple[slice, Vectors]]:
        """Yield the likeness of the texts to those up to them, some rows at a time, shape (rows, texts so far)."""
        many = self._texts.shape[0]
        for start in range(0, many, ROWS):
            rows = slice(start, min(start + ROWS, many))
            yield rows, (self._texts[rows] @ self._texts[: rows.stop].T).toarray()

    def likeness(self, text: str) -> Vectors:
        """Return the likeness of a text to each of the texts, shape (texts,): by hand, for it is asked often."""
        marks = Counter(mark for mark in _marks(text) if mark in self._places)
        weights = {mark: (1 + math.log(often)) * self._rarity[mark] for mark, often in marks.items()}
        length = math.hypot(*weights.values()) or 1.0
        found = np.zeros(self._texts.shape[0], np.float32)
        for mark, weight in weights.items():
            start, end = self._starts[self._places[mark]], self._starts[self._places[mark] + 1]
            found[self._rows[start:end]] += self._weights[start:end] * (weight / length)
        return found


def _marks(text: str) -> list[str]:
    """Return the words and the pairs of words of a text, between an edge at either end: a text always has a pair."""
    words = ["", *_WORD.findall(text.lower()), ""]
    return [*words[1:-1], *map(" ".join, pairwise(words))]
