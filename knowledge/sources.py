"""Readings, whole."""

from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256


class Kind(StrEnum):
    """Whether a source holds its author's words or a digest of them."""

    VERBATIM = "verbatim"
    DIGEST = "digest"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A real paragraph of a source, counted from 1: ``text[start:end]``; its first page, where there are pages."""

    number: int
    start: int
    end: int
    page: int | None = None

    @property
    def locator(self) -> str:
        """Return where a reader finds it."""
        return f"¶{self.number}" if self.page is None else f"¶{self.number}, p. {self.page}"


@dataclass(frozen=True, slots=True)
class Source:
    """One reading: its whole text, normalised to NFC, and where it comes from.

    ``date`` is YYYY-MM-DD or "". Title matter and headings stand in the text but are no paragraphs.
    """

    id: str
    title: str
    kind: Kind
    text: str
    author: str = ""
    date: str = ""
    paragraphs: tuple[Paragraph, ...] = ()

    @property
    def digest(self) -> str:
        """Return what tells its text from every other, white space aside."""
        return sha256(" ".join(self.text.split()).encode()).hexdigest()
