"""Citable spans of a source."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b

from knowledge.sentences import spans
from knowledge.sources import Paragraph, Source

_LETTERS = 10
"""Letters to a word, at most, in a usual text."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A span of a source: ``source.text[start:end] == text``; the locator tells a reader where it stands.

    ``gist`` is what a digest said of the span before the original was attached to it; "" elsewhere.
    """

    id: str
    source_id: str
    locator: str
    start: int
    end: int
    text: str
    gist: str = ""

    @property
    def key(self) -> str:
        """Return the words that search goes by: the digest's where there is one."""
        return self.gist or self.text


def split(source: Source, words: int = 90) -> tuple[Passage, ...]:
    """Return the passages of a source, in order: a paragraph each, longer ones cut between sentences.

    The locator counts paragraphs and tells the page where there are pages (¶17, p. 3). The id is made of the
    source's id and the passage's text and place, so it stays while they do.
    """
    return tuple(
        _passage(source, _locator(paragraph), start, end)
        for paragraph in source.paragraphs
        for start, end in _pieces(source.text, paragraph.start, paragraph.end, words)
    )


def _locator(paragraph: Paragraph) -> str:
    page = f", p. {paragraph.page}" if paragraph.page is not None else ""
    return f"¶{paragraph.number}{page}"


def _pieces(text: str, first: int, last: int, words: int) -> Iterator[tuple[int, int]]:
    start, end, count = None, first, 0
    for a, b in _sentences(text[first:last], words):
        size = _size(text[first + a : first + b])
        if start is not None and count + size > words:
            yield start, end
            start, count = None, 0
        start = first + a if start is None else start
        end, count = first + b, count + size
    if start is not None:
        yield start, end


def _sentences(text: str, words: int) -> Iterator[tuple[int, int]]:
    """Yield the places of the sentences; what has no sentences (a long table, a list of links) is cut at spaces."""
    most = words * _LETTERS
    for start, end in spans(text):
        if _size(text[start:end]) <= 2 * words:
            yield start, end
        else:
            runs = re.compile(rf"\S(?:.{{0,{most - 2}}}\S)?(?!\S)|\S{{{most}}}", re.DOTALL)
            yield from ((match.start(), match.end()) for match in runs.finditer(text, start, end))


def _size(text: str) -> int:
    """Return how many words the text has; in scripts without spaces, by its letters."""
    return max(len(text.split()), len(text) // _LETTERS)


def _passage(source: Source, locator: str, start: int, end: int) -> Passage:
    text = source.text[start:end]
    digest = blake2b(f"{source.id}\0{start}\0{text}".encode(), digest_size=6).hexdigest()
    return Passage(f"{source.id}:{digest}", source.id, locator, start, end, text)
