"""A file's bytes to a source."""

from pathlib import PurePath

from knowledge.errors import SourceError
from knowledge.limits import USUAL, Limits
from knowledge.readers import plain
from knowledge.readers.apart import draft_apart
from knowledge.readers.choosing import Format, format_of
from knowledge.readers.drafts import as_source, seen
from knowledge.sources import Source


def read(data: bytes, name: str, limits: Limits = USUAL) -> Source:
    """Return the verbatim source in the bytes of a file of that name.

    SourceError, naming the file, what is wrong and what to do, when it is empty, of no known format, not what its
    name says, damaged, locked, over a limit or without text. All but plain text takes some half a second at least.
    """
    name = seen(PurePath(name).name) or "reading"
    if len(data) > limits.max_bytes:
        raise SourceError(f"{name}: more than the {limits.max_bytes / 2**20:.1f} MB allowed. Split it.")
    if not data.strip(b"\0 \t\r\n"):
        raise SourceError(f"{name}: empty. Give a file with text in it.")
    format = format_of(data, name)
    draft = plain.draft(data, name) if format is Format.PLAIN else draft_apart(format, data, name, limits)
    return as_source(draft, name, limits)
