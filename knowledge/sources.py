"""Readings, whole."""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from pathlib import Path

from knowledge.errors import SourceError


class Kind(StrEnum):
    """Whether a source holds its author's words or a digest of them."""

    VERBATIM = "verbatim"
    DIGEST = "digest"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A real paragraph of a source: its number from 1, its offsets, and its page where there are pages."""

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
    """One reading: its whole text, normalised to NFC, and where it comes from; title matter is no paragraph."""

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


def read_text(path: Path) -> Source:
    """Return the verbatim source in a UTF-8 text file; SourceError when it is not one."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise SourceError(f"{path}: cannot be read ({error.strerror}).") from None
    except UnicodeDecodeError:
        raise SourceError(f"{path}: not UTF-8 text. Save it as UTF-8 and try again.") from None
    if not text.strip():
        raise SourceError(f"{path}: empty. Give a file with text in it.")
    return Source(path.stem, path.stem, Kind.VERBATIM, unicodedata.normalize("NFC", text))
