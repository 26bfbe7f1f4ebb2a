"""BM25 beside the vectors: it sees names and numbers that an embedding blurs."""

import re
from collections.abc import Sequence

import bm25s
import numpy as np
import Stemmer
from bm25s.stopwords import STOPWORDS_EN_PLUS

from knowledge.embedding import Vectors

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_STOPWORDS = frozenset(STOPWORDS_EN_PLUS)
_STEMMER = Stemmer.Stemmer("english")


def terms(text: str) -> list[str]:
    """Return the stems of the content words of a text, in order."""
    words = (word.replace("’", "'").removesuffix("'s") for word in _WORD.findall(text.lower()))
    return list(_STEMMER.stemWords([word for word in words if word not in _STOPWORDS]))


class LexicalIndex:
    """BM25 (Lucene's variant) over a fixed list of texts."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._size = len(texts)
        corpus = [terms(text) for text in texts]
        self._bm25: bm25s.BM25 | None = None
        if any(corpus):
            self._bm25 = bm25s.BM25()
            self._bm25.index(corpus, show_progress=False)

    def scores(self, query: str) -> Vectors:
        """Return the BM25 score of every text for the query, shape (texts,); zeros when no word is shared."""
        words = [word for word in dict.fromkeys(terms(query)) if self._bm25 and word in self._bm25.vocab_dict]
        if not words or self._bm25 is None:
            return np.zeros(self._size, np.float32)
        return np.asarray(self._bm25.get_scores(words), np.float32)
