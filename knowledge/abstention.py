"""Do the readings answer this question? No single signal can tell; several together can."""

import re
from collections.abc import Collection, Sequence
from dataclasses import astuple, dataclass

from knowledge.lexical import terms
from knowledge.queries import Hit, Query
from knowledge.topics import Topic

BIAS = -7.0
WEIGHTS = (7.441, -6.69, 0.186, 5.769, 1.29, -3.921, -1.989, 2.446)
"""Of a logistic rule over the signals, in their order: fitted by benchmarks/abstention.py."""

_NAME = re.compile(r"(?<![.?!]\s)(?<!^)\b[A-Z][\w’'-]+|\b\d[\d,.]*\b")
_AMOUNT = re.compile(
    r"\b(?:how\s+(?:many|much|old|tall|far|big|large|heavy|often|expensive)|population|percentage|range|gdp|rank"
    r"|number|cost|budget|size|phone|age|born|date|what\s+(?:year|time))\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|hundreds?|thousands?|millions?|half|quarter|handful|few"
    r"|little|everything|plenty|secondary|altogether)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for an answer, or against one.

    ``best`` is the best key's cosine, ``silent`` that of the nearest question known to be unanswered, ``margin`` the
    lead in fused score; ``covered`` and ``known`` the shares of the question's words that the best passage and all
    the readings have; ``strangers`` how many names and numbers the readings lack; ``amount`` is 1 where the question
    asks for an amount and the passage has none; ``length`` grows to 1 at eight content words.
    """

    best: float
    silent: float
    margin: float
    covered: float
    known: float
    strangers: float
    amount: float
    length: float


def signals(query: Query, hits: Sequence[Hit], silent: float, topic: Topic, vocabulary: Collection[str]) -> Signals:
    """Return the signals for a question and the passages found for it, best first.

    ``silent`` is the cosine of the nearest question that the readings are known not to answer.
    """
    if not hits:
        return Signals(0, 0, 0, 0, 0, 0, 0, 0)
    asked = list(dict.fromkeys(terms(query.text)))
    text = topic.passage(hits[0].target).key
    first = set(terms(f"{text} {hits[0].key}"))
    names = {term for name in _NAME.findall(query.text) for term in terms(name)}
    return Signals(
        best=hits[0].cosine,
        silent=silent,
        margin=hits[0].score - hits[min(4, len(hits) - 1)].score,
        covered=sum(term in first for term in asked) / max(1, len(asked)),
        known=sum(term in vocabulary for term in asked) / max(1, len(asked)),
        strangers=float(sum(term not in vocabulary for term in names)),
        amount=float(bool(_AMOUNT.search(query.text)) and not _NUMBER.search(text)),
        length=min(1.0, len(asked) / 8),
    )


def values(found: Signals) -> tuple[float, ...]:
    """Return the signals as numbers, in the order of WEIGHTS."""
    return astuple(found)


def answerable(found: Signals) -> bool:
    """Return whether the readings are likelier than not to answer."""
    return BIAS + sum(w * v for w, v in zip(WEIGHTS, values(found), strict=True)) > 0
