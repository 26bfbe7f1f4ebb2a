"""How much of a file is read at most."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that one reading may be: bytes of the file, pages, characters of text, seconds of reading.

    ``max_seconds`` guards against PDFs made to keep a reader busy.
    """

    max_bytes: int = 20 * 2**20
    max_pages: int = 400
    max_text: int = 2_000_000
    max_seconds: float = 120.0


USUAL = Limits()
