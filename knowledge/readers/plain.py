"""Plain text: paragraphs a line each, or lines broken at a width with something between the paragraphs."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from knowledge.readers.drafts import Block, Draft, Shape
from knowledge.readers.encodings import decoded
from knowledge.readers.titles import full_stop
from knowledge.readers.wrapping import MARKER, Words, without_bullet


def draft(data: bytes, name: str) -> Draft:
    """Return the paragraphs and items of a plain text; SourceError when the bytes are no text."""
    lines = [line.rstrip().expandtabs(4) for line in decoded(data, name).splitlines()]
    if not _wrapped(lines):
        return Draft([_block([line], Words(())) for line in lines if line.strip()])
    words = Words(lines)
    return Draft([_block(group, words) for group in _groups(lines)])


def _wrapped(lines: Sequence[str]) -> bool:
    """Return whether the lines were broken at a width: often a line then goes on, in small letters, in the next."""
    pairs = [(a, b.strip()) for a, b in pairwise(lines) if a.strip() and b.strip()]
    going_on = sum(not full_stop(a) and not MARKER.match(b) and _small(b) for a, b in pairs)
    return going_on * 10 > len(pairs) * 3


def _small(line: str) -> bool:
    return line[0].isalpha() and not line[0].isupper()


def _groups(lines: Sequence[str]) -> Iterator[list[str]]:
    group: list[str] = []
    for line in lines:
        if group and (not line.strip() or MARKER.match(line.strip()) or _indented(group[-1], line)):
            yield group
            group = []
        if line.strip():
            group.append(line)
    if group:
        yield group


def _indented(before: str, line: str) -> bool:
    return full_stop(before) and _margin(line) >= _margin(before) + 2


def _margin(line: str) -> int:
    return len(line) - len(line.lstrip())


def _block(lines: Sequence[str], words: Words) -> Block:
    text = words.joined(lines)
    return Block(without_bullet(text), Shape.ITEM) if MARKER.match(text) else Block(text)
