"""How a message is put, whatever it is about: what vectors of meaning leave out."""

import re

import numpy as np

from knowledge.embedding import Vectors

_TRAITS = tuple(
    re.compile(pattern)
    for pattern in (
        r"\?\s*\Z",
        r"\?",
        r"^\W*(?:no[,. ]|yes\b|yeah\b|yep\b|nope\b|not\b|correct\b)",
        r"^\W*(?:who|what|why|how|when|where|which|can|could|do|does|did|is|are|would|will)\b",
        r"\byou\b",
        r"^\W*i\b",
        r"\b(?:speech|round|time|flow|sides?|turn|prep|format|judge|ballot|crossfire|rebuttal|minutes|seconds)\b",
        r"\b(?:fair|conced|grant|agree|admit|right|accept|touch)",
        r"\b(?:ignore|prompt|instruction|system|rule|mode|print|output|repeat|pretend)",
        r"\b(?:because|so|since|therefore|but)\b",
        r"\b(?:idiot|stupid|dumb|suck|trash|shut|moron|garbage|loser|hate)",
    )
)


def manner(text: str) -> Vectors:
    """Return 1 for each trait that the text has and 0 for each other: shape (traits,)."""
    words = len(text.split())
    long = (words <= 3, words <= 8, words > 25)
    lowered = text.lower()
    return np.array([*long, *(bool(trait.search(lowered)) for trait in _TRAITS)], np.float32)
