"""Citable spans of a source."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b

from knowledge.sentences import spans
from knowledge.sources import Source

_PARAGRAPH = re.compile(r"\S(?:.*\S)?(?:\n[^\S\n]*\S.*)*")
_TITLE_WORDS = 18
_FULL_STOPS = (".", "!", "?", ".”", "!”", "?”", '."', '!"', '?"')


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

    The locator counts paragraphs (¶1, ¶2 …); short lines before the first real paragraph are title matter and
    are left out. The id is made of the source's id and the passage's text and place, so it stays while they do.
    """
    paragraphs = list(_body(source.text))
    return tuple(
        _passage(source, f"¶{number}", start, end)
        for number, (first, last) in enumerate(paragraphs, 1)
        for start, end in _pieces(source.text, first, last, words)
    )


def _body(text: str) -> Iterator[tuple[int, int]]:
    found = [(m.start(), m.end()) for m in _PARAGRAPH.finditer(text)]
    if "\n\n" not in text:
        found = [piece for start, end in found for piece in _lines(text, start, end)]
    yield from found[_titles([text[start:end] for start, end in found]) :]


def _titles(paragraphs: list[str]) -> int:
    """Return how many paragraphs, at most three, are title matter: the first has no full stop, none is long."""
    short = [len(paragraph.split()) < _TITLE_WORDS for paragraph in paragraphs]
    if False not in short or not short[0] or paragraphs[0].endswith(_FULL_STOPS):
        return 0
    return min(3, short.index(False))


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for line in re.finditer(r"\S(?:.*\S)?", text[start:end]):
        yield start + line.start(), start + line.end()


def _pieces(text: str, first: int, last: int, words: int) -> Iterator[tuple[int, int]]:
    start, end, count = None, first, 0
    for a, b in spans(text[first:last]):
        size = len(text[first + a : first + b].split())
        if start is not None and count + size > words:
            yield start, end
            start, count = None, 0
        start = first + a if start is None else start
        end, count = first + b, count + size
    if start is not None:
        yield start, end


def _passage(source: Source, locator: str, start: int, end: int) -> Passage:
    text = source.text[start:end]
    digest = blake2b(f"{source.id}\0{start}\0{text}".encode(), digest_size=6).hexdigest()
    return Passage(f"{source.id}:{digest}", source.id, locator, start, end, text)
