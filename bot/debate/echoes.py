"""Whether something has been said before, nearly in the same words."""

import re
from collections.abc import Iterable

_SAME = 0.8
"""The share of words in common from which two sentences say the same."""


def echoes(text: str, said: Iterable[str]) -> bool:
    """Return whether a text says nearly what one of those said does: four words in five are the same."""
    words = _words(text)
    return any(len(words & other) >= _SAME * max(len(words), len(other)) for other in map(_words, said))


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.casefold()))
