"""Sentences of a text, with their places."""

import re
from collections.abc import Iterator

import sentencex

_HINGE = re.compile(
    r"(?:(?:and|but|yet)\b(?:,\s*|\s+)|(?:still|however|moreover|besides|so),\s+)(?=\S)", re.IGNORECASE
)
_LINE = re.compile(r"[^\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of every sentence, in order, without outer white space; a line break ends one."""
    for line in _LINE.finditer(text):
        at = line.start()
        for piece in sentencex.segment("en", line.group()):
            core = piece.strip()
            if core:
                start = text.index(core, at, line.end())
                at = start + len(core)
                yield start, at


def sentences(text: str) -> list[str]:
    """Return the sentences of a text."""
    return [text[start:end] for start, end in spans(text)]


def quotable(text: str) -> list[str]:
    """Return the sentences of a text without the "but" or "and" that hinges them to the one before: exact slices."""
    return [bare(sentence) for sentence in sentences(text)]


def bare(sentence: str) -> str:
    """Return a sentence without a leading "but" or "and"."""
    hinge = _HINGE.match(sentence)
    return sentence[hinge.end() :] if hinge else sentence
