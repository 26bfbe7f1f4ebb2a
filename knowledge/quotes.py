"""Is this quotation in the readings: exact, altered, or absent?"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

from rapidfuzz import fuzz

from knowledge.lexical import terms
from knowledge.passages import Passage
from knowledge.sources import Kind, Source

_MARKS = (
    ('"', '"'),
    ("“", "”"),
    ("„", "“"),
    ("„", "”"),
    ("«", "»"),
    ("»", "«"),
    ("‹", "›"),
    ("‘", "’"),
    ("'", "'"),
)
_SAME = str.maketrans({**dict.fromkeys("“”„«»‹›\"'‘’‚`´", ""), **dict.fromkeys("–—―‐‑−", "-"), "…": " "})
_ALIKE = 72.0
_SHARED = 0.6
_FEWEST_WORDS = 3
_BEFORE = " \t\n.,;:!?–—-"
"""What a quotation doesn't begin with: the end of the sentence before it."""


class Verdict(StrEnum):
    """What became of a quotation."""

    EXACT = "exact"
    ALTERED = "altered"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Checked:
    """A quotation with its verdict; where it is not absent, the source's own words and their place.

    ``digest`` says that the topic holds a digest only, so that only the original could tell.
    """

    quote: str
    verdict: Verdict
    locator: str | None = None
    source_id: str | None = None
    source_text: str | None = None
    digest: bool = False


@dataclass(frozen=True, slots=True)
class _Folded:
    """A text with case, quotation marks and white space levelled, and the way back."""

    text: str
    back: Sequence[int]


def quotations(message: str) -> list[str]:
    """Return the quotations of three or more words in a message, in order."""
    found: list[tuple[int, int, str]] = []
    for opening, closing in _MARKS:
        inner = rf"[^{re.escape(opening)}{re.escape(closing)}]+"
        before, after = (r"(?<!\w)", r"(?!\w)") if opening in "'‘" else ("", "")
        if opening in "'‘":
            inner = r"(?:[^'‘’]|(?<=\w)['’](?=\w))+"
        for m in re.finditer(f"{before}{re.escape(opening)}({inner}){re.escape(closing)}{after}", message):
            if len(m.group(1).split()) >= _FEWEST_WORDS and not any(
                a < m.end() and m.start() < b for a, b, _ in found
            ):
                found.append((m.start(), m.end(), m.group(1).strip()))
    return [quote for _, _, quote in sorted(found)]


def check(quote: str, sources: Iterable[Source], passages: Sequence[Passage]) -> Checked:
    """Return the verdict on a quotation: case, marks and white space aside, is it a run of words in a source?"""
    sources = tuple(sources)
    verbatim = [source for source in sources if source.kind is Kind.VERBATIM]
    wanted = _fold(quote).text.strip(" .,;:!?-")
    if not wanted:
        return Checked(quote, Verdict.ABSENT)
    best: tuple[float, Source, int, int] | None = None
    for source in verbatim:
        folded = _fold(source.text)
        at = _word_run(wanted, folded.text)
        if at is not None:
            start, end = folded.back[at], folded.back[at + len(wanted) - 1] + 1
            return _found(quote, Verdict.EXACT, source, start, end, passages)
        likeness = fuzz.partial_ratio_alignment(wanted, folded.text)
        if likeness and likeness.dest_end > likeness.dest_start and (best is None or likeness.score > best[0]):
            start, end = folded.back[likeness.dest_start], folded.back[likeness.dest_end - 1] + 1
            best = likeness.score, source, start, end
    if best is not None:
        score, source, start, end = best
        start, end = _whole_words(source.text, start, end)
        if score >= _ALIKE and _shared(wanted, source.text[start:end]) >= _SHARED:
            return _found(quote, Verdict.ALTERED, source, start, end, passages)
    return Checked(quote, Verdict.ABSENT, digest=len(verbatim) < len(sources))


def _word_run(wanted: str, text: str) -> int | None:
    match = re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", text)
    return match.start() if match else None


def _fold(text: str) -> _Folded:
    letters: list[str] = []
    back: list[int] = []
    for place, letter in enumerate(text):
        plain = unicodedata.normalize("NFKC", letter).casefold().translate(_SAME)
        for piece in plain:
            if piece.isspace():
                if not letters or letters[-1] == " ":
                    continue
                piece = " "
            letters.append(piece)
            back.append(place)
    return _Folded("".join(letters), back)


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    piece = text[start:end].rstrip()
    return end - len(text[start:end].lstrip(_BEFORE)), start + len(piece)


def _shared(quote: str, text: str) -> float:
    wanted = set(terms(quote))
    return len(wanted & set(terms(text))) / len(wanted) if wanted else 1.0


def _found(
    quote: str, verdict: Verdict, source: Source, start: int, end: int, passages: Sequence[Passage]
) -> Checked:
    mine = ((p.start, p.end, p.locator) for p in passages if p.source_id == source.id)
    places = chain(mine, ((p.start, p.end, p.locator) for p in source.paragraphs))
    locator = next((place for first, last, place in places if first <= start < last), None)
    return Checked(quote, verdict, locator, source.id, source.text[start:end])
