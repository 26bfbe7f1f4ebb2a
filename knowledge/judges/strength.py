"""Which of two arguments is the more convincing."""

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from math import log1p

import numpy as np
from numpy.typing import NDArray

from knowledge.embedding import Vectors
from knowledge.judges.loading import weights

LINKS = re.compile(
    r"\b(because|therefore|however|although|since|thus|hence|for example|for instance|such as|if|then|according|"
    r"while|whereas|so that|in order|due to|also|moreover|furthermore|first|second|but)\b",
    re.I,
)
MOST = 3.0
"""Standard deviations beyond which a count says no more: nothing is stronger for being ten times as long."""
WORDS, STOPS = re.compile(r"[A-Za-z']+"), re.compile(r"[.!?]+")


def manner(text: str) -> list[float]:
    """Return what can be counted in a text: length, variety, sentences, marks, connectives, figures, address."""
    words = WORDS.findall(text)
    low = [word.lower() for word in words]
    many, sentences = max(1, len(words)), max(1, len(STOPS.findall(text)))
    links = len(LINKS.findall(text))
    return [
        log1p(many),
        many**0.5,
        many / 100,
        log1p(len(text)),
        sum(map(len, words)) / many,
        sum(len(word) > 6 for word in words) / many,
        len(set(low)) / many,
        log1p(sentences),
        many / sentences / 20,
        text.count("?") / sentences,
        text.count("!") / sentences,
        text.count(",") / many,
        sum(word.isupper() and len(word) > 1 for word in words) / many,
        links / many,
        log1p(links),
        float(any(letter.isdigit() for letter in text)),
        float("http" in text),
        float(text[:1].isupper()),
        low.count("i") / many,
        sum(low.count(word) for word in ("you", "u", "your")) / many,
        float("i" in words),
        float(bool(re.search(r"(\.\.|!!|\?\?)", text))),
        text.count('"') / many,
        len(re.findall(r"[.!?]\s+[a-z]", text)) / sentences,
    ]


class Strength:
    """Compares arguments by their vectors of the packaged MiniLM and by their manner."""

    def odds(self, texts: Sequence[str], vectors: Vectors) -> NDArray[np.float64]:
        """Return how likely each text is to be found more convincing than each other, shape (texts, texts)."""
        scores = self.scores(texts, vectors)
        odds: NDArray[np.float64] = 1 / (1 + np.exp(scores[None, :] - scores[:, None]))
        return odds

    def scores(self, texts: Sequence[str], vectors: Vectors) -> NDArray[np.float64]:
        """Return a score a text; the difference of two is the log odds of the first being found stronger."""
        if not texts:
            return np.zeros(0)
        counted = (np.array([manner(text) for text in texts]) - self._held["mean"]) / self._held["spread"]
        counted = np.clip(counted, -MOST, MOST)
        scores = counted @ self._held["manner"] + vectors @ self._held["matter"]
        return np.asarray(scores * self._held["sureness"], np.float64)

    @cached_property
    def _held(self) -> Mapping[str, Vectors]:
        return weights("strength")
