"""Do the readings answer this question? No single signal can tell; several together can."""

import re
from collections.abc import Collection, Sequence
from dataclasses import astuple, dataclass

import numpy as np

from knowledge.lexical import terms
from knowledge.queries import Hit, Query
from knowledge.retrieval import Shelf
from knowledge.ridge import Ridge
from knowledge.topics import Topic

BIAS = -4.98
WEIGHTS = (3.888, 3.343, -6.838, -3.209, -0.069, 3.102, 4.05, -1.381, -1.756, -2.105, -0.5, 0.406, 2.806, 3.193)
"""Of a logistic rule over the signals, in their order: fitted by benchmarks/abstention.py."""

_NAME = re.compile(r"(?<![.?!]\s)(?<!^)\b[A-Z][\w’'-]+|\b\d[\d,.]*\b")
_AMOUNT = re.compile(
    r"\b(?:how\s+(?:many|much|old|tall|far|big|large|heavy|often|expensive)|population|percentage|range|gdp|rank"
    r"|number|cost|budget|size|phone|age|born)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|hundreds?|thousands?|millions?|half|quarter|handful|few"
    r"|little|everything|plenty|secondary|altogether)\b",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"\b(?:when|(?:what|which)\s+(?:year|date|month|day)|how\s+long|since\s+when|date)\b", re.IGNORECASE
)
_DATE = re.compile(
    r"\b(?:1[89]\d\d|20\d\d|january|february|march|april|may|june|july|august|september|october|november|december"
    r"|christmas|years?|today|now|lately|after|before)\b",
    re.IGNORECASE,
)
_EXACT = re.compile(
    r"\b(?:exact(?:ly)?|precise(?:ly)?|specific(?:ally)?|full\s+name|name\s+of|named|called|first|how\s+much|how\s+many"
    r"|percent|cost|vote[sd]?|age|old|born)\b",
    re.IGNORECASE,
)
ANSWERED, UNANSWERED = "answered", "unanswered"


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for an answer, or against one.

    ``best`` is the best key's cosine, ``near`` the mean of the best passage's three best, ``silent`` and ``denied``
    those of the nearest question known to be unanswered or with a false premise, ``margin`` the lead in fused score;
    ``covered`` and ``known`` the shares of the question's words that the best passage and all the readings have;
    ``strangers`` how many names and numbers the readings lack; ``amount`` and ``undated`` are 1 where the question
    asks for an amount or a date and the passage has none, ``exact`` where it wants more precision than a digest has;
    ``length`` grows to 1 at eight content words; ``taught`` is the best passage's score among known questions, and
    ``leaning`` comes from the QuestionJudge.
    """

    best: float
    near: float
    silent: float
    denied: float
    margin: float
    covered: float
    known: float
    strangers: float
    amount: float
    undated: float
    exact: float
    length: float
    taught: float
    leaning: float


class QuestionJudge:
    """Tells questions that the readings answer from those that they don't, by labelled questions."""

    def __init__(self, answered: Shelf, unanswered: Sequence[Shelf]) -> None:
        names = [ANSWERED for _ in answered.keys] + [UNANSWERED for shelf in unanswered for _ in shelf.keys]
        texts = [key.text for shelf in (answered, *unanswered) for key in shelf.keys]
        vectors = np.concatenate([answered.vectors, *(shelf.vectors for shelf in unanswered)])
        self._ridge = Ridge(names, texts, vectors)

    def leaning(self, query: Query) -> float:
        """Return how much more a question is like answered ones; 0 where only one kind is known, or neither."""
        scores = self._ridge.scores(query)
        return scores[ANSWERED] - scores[UNANSWERED] if len(scores) == 2 else 0.0


def signals(
    query: Query, hits: Sequence[Hit], silent: float, denied: float, near: float, taught: float,
    judge: QuestionJudge, topic: Topic, vocabulary: Collection[str],
) -> Signals:  # fmt: skip
    """Return the signals for a question and the passages found for it, best first, of which there must be one."""
    asked = list(dict.fromkeys(terms(query.text)))
    text = topic.passage(hits[0].target).key
    first = set(terms(f"{text} {hits[0].key}"))
    names = {term for name in _NAME.findall(query.text) for term in terms(name)}
    return Signals(
        best=hits[0].cosine,
        near=near,
        silent=silent,
        denied=denied,
        margin=hits[0].score - hits[min(4, len(hits) - 1)].score,
        covered=sum(term in first for term in asked) / max(1, len(asked)),
        known=sum(term in vocabulary for term in asked) / max(1, len(asked)),
        strangers=float(sum(term not in vocabulary for term in names)),
        amount=float(bool(_AMOUNT.search(query.text)) and not _NUMBER.search(text)),
        undated=float(bool(_WHEN.search(query.text)) and not _DATE.search(text)),
        exact=float(bool(_EXACT.search(query.text))),
        length=min(1.0, len(asked) / 8),
        taught=taught,
        leaning=judge.leaning(query),
    )


def values(found: Signals) -> tuple[float, ...]:
    """Return the signals as numbers, in the order of WEIGHTS."""
    return astuple(found)


def answerable(found: Signals) -> bool:
    """Return whether the readings are likelier than not to answer."""
    return BIAS + sum(w * v for w, v in zip(WEIGHTS, values(found), strict=True)) > 0
