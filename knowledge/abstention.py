"""Do the readings answer this question? No single signal can tell; several together can."""

import math
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from knowledge.lexical import terms
from knowledge.queries import Hit, Query
from knowledge.topics import Topic

_NAME = re.compile(r"(?<![.?!]\s)(?<!^)\b[A-Z][\w’'-]+|\b\d[\d,.]*\b")


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for an answer: the best key's cosine, its lead, the shares of the question's words that the best
    passage and all the readings have, and how many names and numbers the readings lack.
    """

    best: float
    margin: float
    covered: float
    known: float
    strangers: int


def signals(query: Query, hits: Sequence[Hit], topic: Topic, vocabulary: Collection[str]) -> Signals:
    """Return the signals for a question and the passages found for it."""
    if not hits:
        return Signals(0, 0, 0, 0, 0)
    asked = list(dict.fromkeys(terms(query.text)))
    first = set(terms(f"{topic.passage(hits[0].target).text} {hits[0].key}"))
    covered = sum(term in first for term in asked) / max(1, len(asked))
    known = sum(term in vocabulary for term in asked) / max(1, len(asked))
    names = {term for name in _NAME.findall(query.text) for term in terms(name)}
    strangers = sum(term not in vocabulary for term in names)
    margin = hits[0].score - (hits[4].score if len(hits) > 4 else 0.0)
    return Signals(hits[0].cosine, margin, covered, known, strangers)


def answerable(found: Signals) -> bool:
    """Return whether the readings answer: a logistic rule whose weights benchmarks/abstention.py fits."""
    weights = (9.0, 0.3, 2.0, 2.0, -1.5)
    values = (found.best, found.margin, found.covered, found.known, float(found.strangers))
    return 1 / (1 + math.exp(7.5 - sum(w * v for w, v in zip(weights, values, strict=True)))) >= 0.5
