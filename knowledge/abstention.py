"""Do the readings answer this question? No single signal can tell; several together can."""

import re
from collections.abc import Collection, Mapping
from dataclasses import astuple, dataclass

from knowledge.lexical import terms
from knowledge.queries import Hit, Query
from knowledge.topics import Topic

UNANSWERED = ""
"""What a question that the readings do not answer is labelled with, where others are with the passage that does."""

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
_FRAME = frozenset(terms("essay author writer text article piece reading passage say mention tell according"))
"""Words that point at the readings, not at what is in them."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A logistic rule over the signals, in their order."""

    bias: float
    weights: tuple[float, ...]


TAUGHT = Rule(0.31, (0.5, 2.13, 2.28, -1.74, -0.7, -0.86, -0.3, -1.32, -6.79))
UNTAUGHT = Rule(-1.24, (3.67, 0.6, -0.55, -1.99, -2.23, -1.97, -0.92, 1.53))
"""For topics that know questions of both kinds, and for those that don't: fitted by benchmarks/abstention.py."""


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for an answer, or against one.

    ``best`` is the best key's cosine; ``covered`` and ``known`` are the shares of the question's words that the best
    passage and all the readings have, the questions that they answer included; ``strangers`` is how many names and
    numbers the readings lack; ``amount`` and ``undated`` are 1 where the question asks for an amount or a date and
    the passage has none, ``exact`` where it wants more precision than a digest has; ``length`` grows to 1 at eight
    content words; ``unanswered`` is its score among the questions known to be unanswered, None where only one kind
    is known.
    """

    best: float
    covered: float
    known: float
    strangers: float
    amount: float
    undated: float
    exact: float
    length: float
    unanswered: float | None


def signals(
    query: Query, best: Hit, scores: Mapping[str, float], topic: Topic, vocabulary: Collection[str]
) -> Signals:
    """Return the signals for a question, by the best passage found and its score among known questions."""
    asked = [term for term in dict.fromkeys(terms(query.text)) if term not in _FRAME]
    text = topic.passage(best.target).key
    note = topic.notes.get(best.target)
    told = set(terms(" ".join((text, *(note.asks if note else ())))))
    names = {term for name in _NAME.findall(query.text) for term in terms(name)}
    return Signals(
        best=best.cosine,
        covered=sum(term in told for term in asked) / max(1, len(asked)),
        known=sum(term in vocabulary for term in asked) / max(1, len(asked)),
        strangers=float(sum(term not in vocabulary for term in names)),
        amount=float(bool(_AMOUNT.search(query.text)) and not _NUMBER.search(text)),
        undated=float(bool(_WHEN.search(query.text)) and not _DATE.search(text)),
        exact=float(bool(_EXACT.search(query.text))),
        length=min(1.0, len(asked) / 8),
        unanswered=scores.get(UNANSWERED) if len(scores) > 1 else None,
    )


def values(found: Signals) -> tuple[float, ...]:
    """Return the signals as numbers, in the order of a rule's weights."""
    return tuple(value for value in astuple(found) if value is not None)


def answerable(found: Signals) -> bool:
    """Return whether the readings are likelier than not to answer."""
    rule = UNTAUGHT if found.unanswered is None else TAUGHT
    return rule.bias + sum(w * v for w, v in zip(rule.weights, values(found), strict=True)) > 0
