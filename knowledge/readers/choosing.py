"""Which reader for which file: its name and its content must agree."""

from enum import StrEnum
from pathlib import PurePath

from knowledge.errors import SourceError


class Format(StrEnum):
    """A format that can be read."""

    PLAIN = "plain text"
    MARKDOWN = "Markdown"
    HTML = "an HTML page"
    PDF = "a PDF"
    WORD = "a Word file"


_ENDINGS = {
    ".txt": Format.PLAIN,
    ".text": Format.PLAIN,
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".xhtml": Format.HTML,
    ".pdf": Format.PDF,
    ".docx": Format.WORD,
}
_WRITTEN = (Format.PLAIN, Format.MARKDOWN, Format.HTML)
_READABLE = "Give plain text (.txt), Markdown (.md), HTML (.html), PDF (.pdf) or Word (.docx)."
_OTHERS = (
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old or a locked Office file"),
    (b"{\\rtf", "a rich text (RTF) file"),
    (b"%!PS", "a PostScript file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf'\x1c", "a 7-Zip archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
    (b"SQLite format 3\x00", "a database"),
)
_PAGES = ("<!doctype html", "<html")


def format_of(data: bytes, name: str) -> Format:
    """Return the format that name and content agree on; SourceError when they do not.

    A name without an ending leaves it to the content.
    """
    ending = PurePath(name).suffix.lower()
    content = _content(data)
    if ending and ending not in _ENDINGS:
        raise SourceError(f"{name}: files ending in {ending} cannot be read. {_READABLE}")
    if not isinstance(content, Format):
        raise SourceError(f"{name}: {content}, which cannot be read. {_READABLE}")
    named = _ENDINGS.get(ending, content)
    if named is content or (content is Format.PLAIN and named in _WRITTEN):
        return named
    if content is Format.HTML and named is Format.MARKDOWN:
        return named
    if content is Format.PLAIN:
        raise SourceError(f"{name}: not {named}, though its name says so. {_READABLE}")
    fitting = next(known for known, format in _ENDINGS.items() if format is content)
    raise SourceError(f"{name}: {content}, though its name says {named}. Name it {PurePath(name).stem}{fitting}.")


def _content(data: bytes) -> Format | str:
    """Return the format that the first bytes tell, or words for one that cannot be read."""
    start = data[:1024].lstrip(b"\xef\xbb\xbf\0 \t\r\n")
    if start.startswith(b"%PDF-") or (b"%PDF-" in start and b"endobj" in data):
        return Format.PDF
    if start.startswith(b"PK"):
        return Format.WORD if b"word/document.xml" in data else "a zip archive, not a Word file"
    if other := next((what for mark, what in _OTHERS if start.startswith(mark)), ""):
        return other
    text = data[:1024].replace(b"\0", b"").decode("ascii", "ignore").lstrip().lower()
    return Format.HTML if any(sign in text for sign in _PAGES) else Format.PLAIN
