"""An original attached to its digest: what the digest says of a paragraph becomes the paragraph's own sentences."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from knowledge.embedding import Vectors
from knowledge.errors import SourceError
from knowledge.lexical import terms
from knowledge.passages import Passage
from knowledge.sentences import spans
from knowledge.sources import Kind, Paragraph, Source

FITS = 0.6
"""Share of a digest's passages that must lie nearer to their own paragraph than to any other of the file."""
SAME = 0.4
"""Cosine that the best passage of every paragraph must reach with a sentence of it."""
LONGEST = 3
"""Sentences that one passage may need."""
_SHARED = 0.15
"""What shared names and numbers add to a cosine."""
_FURTHER = 0.03
"""What each further sentence takes from it. Both were tried on the bundled digest and its original."""
_NAME = re.compile(r"(?<![.?!]\s)(?<!^)\b[A-Z][\w’'-]+|\b\d[\d,.]*\b")

Encode = Callable[[Sequence[str]], Vectors]


class NotTheOriginal(SourceError):
    """A file that is not what the digest sums up."""


@dataclass(frozen=True, slots=True)
class _Window:
    """One to three sentences of a paragraph, side by side."""

    paragraph: int
    start: int
    end: int
    sentences: int


def attached(
    digest: Source, passages: Sequence[Passage], original: Source, encode: Encode
) -> tuple[Source, tuple[Passage, ...]]:
    """Return the original under the digest's id and title, and the digest's passages as spans of it.

    Ids and locators stay; what the digest said becomes each passage's gist. NotTheOriginal when the file's
    paragraphs do not say what the digest says of them.
    """
    places = [int(passage.locator.removeprefix("¶")) for passage in passages]
    if (last := max(places)) > len(original.paragraphs):
        found = f"it has {len(original.paragraphs)} paragraphs, and the digest speaks of ¶{last}"
        raise NotTheOriginal(f"{original.title}: not the original of {digest.title!r}: {found}.")
    windows = [window for paragraph in original.paragraphs for window in _windows(original.text, paragraph)]
    cosines = (
        encode([passage.text for passage in passages]) @ encode([original.text[w.start : w.end] for w in windows]).T
    )
    _compare(digest, original, np.array(places), cosines, np.array([window.paragraph for window in windows]))
    about = replace(
        original,
        id=digest.id,
        title=digest.title,
        kind=Kind.VERBATIM,
        author=original.author or digest.author,
        date=original.date or digest.date,
    )
    spans_of = (
        _best(passage, place, row, windows, original.text)
        for passage, place, row in zip(passages, places, cosines, strict=True)
    )
    return about, tuple(
        replace(passage, start=w.start, end=w.end, text=original.text[w.start : w.end], gist=passage.text)
        for passage, w in zip(passages, spans_of, strict=True)
    )


def _windows(text: str, paragraph: Paragraph) -> list[_Window]:
    found = [(paragraph.start + a, paragraph.start + b) for a, b in spans(text[paragraph.start : paragraph.end])]
    return [
        _Window(paragraph.number, found[first][0], found[first + size - 1][1], size)
        for first in range(len(found))
        for size in range(1, LONGEST + 1)
        if first + size <= len(found)
    ]


def _compare(digest: Source, original: Source, places: Vectors, cosines: Vectors, homes: Vectors) -> None:
    """Raise NotTheOriginal unless the passages, shape (passages,), lie nearest to the paragraphs that they sum up."""
    not_it = f"{original.title}: not the original of {digest.title!r}"
    nearest = homes[cosines.argmax(axis=1)]
    offset, count = Counter((nearest - places).tolist()).most_common(1)[0]
    if count < FITS * len(places) or (offset and cosines.max(axis=1).mean() < SAME):
        share = np.mean(nearest == places)
        raise NotTheOriginal(f"{not_it}: only {share:.0%} of what the digest says fits the paragraph it names.")
    if offset:
        raise NotTheOriginal(
            f"{not_it} as published: what the digest says of ¶1 stands in ¶{1 + offset} there. Take out or put back "
            "what comes before its first paragraph."
        )
    for place in sorted(set(places.tolist())):
        if cosines[np.ix_(places == place, homes == place)].max(initial=-1) < SAME:
            raise NotTheOriginal(f"{not_it}: ¶{place} there does not say what the digest says of it.")


def _best(passage: Passage, place: int, cosines: Vectors, windows: Sequence[_Window], text: str) -> _Window:
    """Return the sentences of the passage's paragraph that say what it says."""
    wanted = {term for name in _NAME.findall(passage.text) for term in terms(name)}

    def score(row: int) -> float:
        window = windows[row]
        shared = len(wanted.intersection(terms(text[window.start : window.end]))) / max(1, len(wanted))
        return float(cosines[row]) + _SHARED * shared - _FURTHER * (window.sentences - 1)

    return windows[max((row for row, window in enumerate(windows) if window.paragraph == place), key=score)]
