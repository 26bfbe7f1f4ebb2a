"""What a format's reader makes of a file, and the source that comes of it."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import PurePath

from knowledge.errors import SourceError
from knowledge.limits import Limits
from knowledge.readers.titles import author_in, date_in, title_matter
from knowledge.sources import Kind, Paragraph, Source

_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\ud800-\udfff]"
)
"""Control characters, soft hyphens and the marks that turn text round: a quotation should be what is seen."""


class Shape(StrEnum):
    """What a block is on its page."""

    TEXT = "text"
    HEADING = "heading"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class Block:
    """A run of text that stands by itself: a paragraph, a heading, an item of a list or a row of a table."""

    text: str
    shape: Shape = Shape.TEXT
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """The blocks of a file in reading order, and what the file says of itself."""

    blocks: Sequence[Block]
    title: str = ""
    author: str = ""
    date: str = ""


def as_source(draft: Draft, name: str, limits: Limits) -> Source:
    """Return the verbatim source; SourceError when there is no text, or more than the limit.

    The text is the blocks, one a line with an empty line between, in NFC, white space levelled. Title matter and
    headings stand in the text but are no paragraphs, unless there is nothing else.
    """
    blocks = [replace(block, text=text) for block in draft.blocks if _says(text := seen(block.text))]
    if not blocks:
        raise SourceError(f"{name}: no text in it. Give a file with text in it.")
    if sum(len(block.text) + 2 for block in blocks) > limits.max_text:
        raise SourceError(f"{name}: more than {limits.max_text:,} characters of text. Split it and add the parts.")
    front = blocks[: _front(blocks)]
    return Source(
        id=source_id(name),
        title=seen(draft.title) or _first(front) or PurePath(name).stem or name,
        kind=Kind.VERBATIM,
        text="\n\n".join(block.text for block in blocks),
        author=seen(draft.author) or author_in([block.text for block in front]),
        date=date_in([block.text for block in front]) or draft.date,
        paragraphs=tuple(_paragraphs(blocks, len(front))),
    )


def seen(text: str) -> str:
    """Return the text as a reader sees it: in NFC, without unseen characters, each run of white space one space."""
    return unicodedata.normalize("NFC", " ".join(_UNSEEN.sub("", text).split()))


def source_id(name: str) -> str:
    """Return the id of a source read from a file of that name: the name without its ending, as one word."""
    return re.sub(r"\W+", "-", unicodedata.normalize("NFC", PurePath(name).stem).casefold()).strip("-") or "reading"


def _says(text: str) -> bool:
    return any(character.isalnum() for character in text)


def _front(blocks: Sequence[Block]) -> int:
    headings = [block.shape is Shape.HEADING for block in blocks]
    items = [block.shape is Shape.ITEM for block in blocks]
    return title_matter([block.text for block in blocks], headings, items)


def _first(front: Sequence[Block]) -> str:
    return front[0].text if front else ""


def _paragraphs(blocks: Sequence[Block], front: int) -> list[Paragraph]:
    chosen = [n >= front and block.shape is not Shape.HEADING for n, block in enumerate(blocks)]
    if not any(chosen):
        chosen = [True] * len(blocks)
    found: list[Paragraph] = []
    at = 0
    for block, counts in zip(blocks, chosen, strict=True):
        end = at + len(block.text)
        if counts:
            found.append(Paragraph(len(found) + 1, at, end, block.page))
        at = end + 2
    return found
