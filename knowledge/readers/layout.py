"""The lines of printed pages, put together to paragraphs."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from knowledge.readers.columns import Line, in_order
from knowledge.readers.drafts import Block, Shape
from knowledge.readers.titles import full_stop
from knowledge.readers.wrapping import MARKER, Words, without_bullet

_ZONE = 0.12
"""The share of a page's height, above and below, where running heads and page numbers stand."""
_SMALL, _LARGE = 0.92, 1.1
"""Below and above these multiples of the body's size, type is that of notes and of headings."""
_INDENT = 0.8
"""In sizes of type."""
_JUSTIFIED = 0.5
"""In points: so near the margin, a line is full."""
_NUMBER = re.compile(
    r"[-–—|·\s]*(?:(?:page|p\.|seite)\s*)?(?:\d{1,4}|[ivxlc]+)(?:\s*(?:/|of|von)\s*\d+)?[-–—|·\s]*", re.I
)
_LEADER = re.compile(r"(?:\.\s?){5,}\s*[\divxlc]*$", re.I)
_NOTE = re.compile(r"(?:\d{1,3}|[*†‡§])\.?\s*\S")


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of one page."""

    number: int
    height: float
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class _Row:
    """A line where it is set: its number in the document, its page, the margins of its column."""

    line: Line
    number: int
    page: int
    left: float
    right: float

    def indented(self) -> bool:
        return self.line.x0 > self.left + _INDENT * self.line.size

    def full(self) -> bool:
        return abs(self.right - self.line.x1) < _JUSTIFIED

    def short(self, following: Line) -> bool:
        """Return whether the first word of the following line would have fitted: then the break is meant."""
        word = len(following.text.split()[0]) * (following.x1 - following.x0) / len(following.text)
        return self.room() > word + 0.3 * following.size

    def half_empty(self) -> bool:
        """Return whether the line leaves more of its column than any word would need."""
        return 3 * self.room() > self.right - self.left

    def room(self) -> float:
        """Return the space that is left at the end of the line."""
        return self.right - self.line.x1


def blocks(pages: Sequence[Page]) -> list[Block]:
    """Return the paragraphs, items and headings, without running heads, page numbers and footnotes."""
    pages = _without_heads([replace(page, lines=in_order(page.lines)) for page in pages])
    body = _body_size(pages)
    rows = _rows([replace(page, lines=_without_notes(page.lines, body)) for page in pages])
    words = Words(row.line.text for row in rows)
    composed = _Composition(rows, body)
    small = [row for row in rows if row.line.size < _SMALL * body]
    text = [row for row in rows if row.line.size >= _SMALL * body]
    groups = sorted([*composed.groups(text), *composed.groups(small)], key=lambda group: group[0].number)
    return [composed.block(group, words) for group in groups]


class _Composition:
    """How a document is set: size of type, distance of lines, whether paragraphs are indented."""

    def __init__(self, rows: Sequence[_Row], body: float) -> None:
        self._body = body
        self._leading = _leading(rows)
        starts = sum(full_stop(a.line.text) and b.indented() and not a.indented() for a, b in pairwise(rows))
        self._indents = 20 * starts > len(rows)
        self._justified = 2 * sum(row.full() for row in rows) > len(rows)

    def groups(self, rows: Sequence[_Row]) -> Iterator[list[_Row]]:
        """Yield the rows of each paragraph."""
        group: list[_Row] = []
        for row in rows:
            if group and self._parted(group, row):
                yield group
                group = []
            group.append(row)
        if group:
            yield group

    def block(self, group: Sequence[_Row], words: Words) -> Block:
        """Return the block that the rows make."""
        text = words.joined([row.line.text for row in group])
        large = min(row.line.size for row in group) >= _LARGE * self._body
        if large or (all(row.line.bold for row in group) and len(group) <= 3 and not text.endswith(".")):
            return Block(text, Shape.HEADING, group[0].page)
        if MARKER.match(text) or group[0].line.tabular:
            return Block(without_bullet(text), Shape.ITEM, group[0].page)
        return Block(text, Shape.TEXT, group[0].page)

    def _parted(self, group: Sequence[_Row], row: _Row) -> bool:
        last, a, b = group[-1], group[-1].line, row.line
        stopped, item = full_stop(a.text), MARKER.match(group[0].line.text)
        if a.tabular or b.tabular:
            return True
        if abs(a.size - b.size) > 0.1 * max(a.size, b.size) or _weights_part(group, b, stopped):
            return True
        if MARKER.match(b.text) and (stopped or item or row.indented()):
            return True
        if row.page != last.page or b.y0 > a.y0 + b.size / 2:
            going_on = b.size >= _SMALL * self._body and not (stopped and self._starts(last, row))
            return not going_on
        if a.y0 - b.y0 > (self._leading + 0.35) * b.size and (stopped or row.number == last.number + 1):
            return True
        further = b.x0 > a.x0 + _INDENT * b.size and not (item and len(group) == 1)
        return (last.short(b) and (stopped or last.half_empty())) or (stopped and further)

    def _starts(self, last: _Row, row: _Row) -> bool:
        """Return whether a row at the top of a column starts a paragraph, the one before it being a full sentence."""
        return row.indented() or last.short(row.line) or not (self._indents or (self._justified and last.full()))


def _weights_part(group: Sequence[_Row], following: Line, stopped: bool) -> bool:
    if following.bold:
        return stopped and not group[-1].line.bold
    return not stopped and all(row.line.bold for row in group)


def _without_heads(pages: Sequence[Page]) -> list[Page]:
    """Return the pages without tables of contents, page numbers and lines that many pages have above or below."""
    often = 2 if len(pages) <= 3 else 3
    counts = Counter(key for page in pages for key in {_key(line) for line in page.lines if _outer(line, page)})
    return [
        replace(page, lines=[line for line in page.lines if not _is_head(line, page, counts, often)])
        for page in pages
    ]


def _is_head(line: Line, page: Page, counts: Counter[tuple[str, int]], often: int) -> bool:
    if not _outer(line, page) or _LEADER.search(line.text):
        return bool(_LEADER.search(line.text))
    edge = line.y0 <= min(o.y0 for o in page.lines) + 2 or line.y1 >= max(o.y1 for o in page.lines) - 2
    return counts[_key(line)] >= often or (edge and bool(_NUMBER.fullmatch(line.text)))


def _outer(line: Line, page: Page) -> bool:
    return line.y0 < _ZONE * page.height or line.y1 > (1 - _ZONE) * page.height


def _key(line: Line) -> tuple[str, int]:
    """Return what a running head has alike on all pages: its words, numbers aside, and its height."""
    return re.sub(r"\d+", "#", line.text.casefold()), round(line.y0 / 4)


def _body_size(pages: Sequence[Page]) -> float:
    sizes: Counter[float] = Counter()
    for line in (line for page in pages for line in page.lines):
        sizes[round(2 * line.size) / 2] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _without_notes(lines: Sequence[Line], body: float) -> list[Line]:
    """Return the lines without footnotes: small type under the text, from a line that starts with a mark on."""
    small = [line for line in lines if line.size < _SMALL * body]
    text = [line for line in lines if line.size >= _SMALL * body]
    marked = [line for line in small if _NOTE.match(line.text)]
    notes = [note for note in marked if all(line.y0 > note.y0 for line in text if line.beside(note))]
    under = {line for line in small if any(line.y0 <= note.y0 + 1 and line.beside(note) for note in notes)}
    return [line for line in lines if line not in under]


def _rows(pages: Sequence[Page]) -> list[_Row]:
    found: list[_Row] = []
    for page in pages:
        for line in page.lines:
            column = [other for other in page.lines if other.beside(line)]
            few = len(column) // 8  # titles and tables across the columns
            left, right = sorted(o.x0 for o in column)[few], sorted(o.x1 for o in column)[-1 - few]
            found.append(_Row(line, len(found), page.number, left, right))
    return found


def _leading(rows: Sequence[_Row]) -> float:
    """Return the distance of lines that is usual, as a multiple of the size: the least that is frequent."""
    steps = Counter(
        round((a.line.y0 - b.line.y0) / b.line.size, 1)
        for a, b in pairwise(rows)
        if a.page == b.page and 0.5 < (a.line.y0 - b.line.y0) / b.line.size < 4
    )
    return min((step for step, count in steps.items() if 7 * count > steps.total()), default=1.2)
