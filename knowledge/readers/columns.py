"""Printed lines in the order of reading: down the columns, from left to right."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

_FEWEST = 3
"""Fewer lines beside others make no column."""
_FULL = 0.6
"""The share of its column that the text of a page takes up, at the least."""
_CELLS = 0.8
"""In sizes of type, the least that is free between two columns of a table."""


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line, a piece of one, or a row of a table: place in points from the lower left, size of type."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    bold: bool
    tabular: bool = False

    def beside(self, other: "Line") -> bool:
        """Return whether the two stand in one column: half the narrower one is above or below the other."""
        shared = min(self.x1, other.x1) - max(self.x0, other.x0)
        return 2 * shared >= min(self.x1 - self.x0, other.x1 - other.x0)


def in_order(lines: Sequence[Line]) -> list[Line]:
    """Return the lines of a page as one reads them, pieces that a wide gap tore apart put together.

    Where a gutter parts most of the page, what crosses it (a title, a wide table) is read between the columns above
    it and those below; else the lines are read from top to bottom.
    """
    gutter = _gutter(lines)
    if gutter is None:
        return _merged(lines)
    wide, rest = [line for line in lines if line.x0 < gutter < line.x1], list(lines)
    found: list[Line] = []
    for line in _merged(wide):
        found += [*_columns([other for other in rest if other.y0 > line.y0], gutter), line]
        rest = [other for other in rest if other.y0 <= line.y0]
    return found + _columns(rest, gutter)


def _columns(lines: Sequence[Line], gutter: float) -> list[Line]:
    left, right = [line for line in lines if line.x1 <= gutter], [line for line in lines if line.x0 >= gutter]
    return [*in_order(left), *in_order(right)]


def _gutter(lines: Sequence[Line]) -> float | None:
    """Return the place that the least text crosses, at most half of it, a good part being on either side.

    None when there is none. A good part of what is on the right starts there, unlike the pieces of torn lines; and
    where most lines are in three pieces or more, what is on the left reaches it, unlike the cells of a table.
    """
    whole = _length(lines)
    cells = 2 * sum(len(row) for row in _rows(lines) if len(row) > 2) > len(lines)
    best, least = None, whole / 2
    for gutter in {line.x0 - 0.5 for line in lines}:
        before, beyond = [line for line in lines if line.x1 <= gutter], [line for line in lines if line.x0 >= gutter]
        if min(len(before), len(beyond)) < _FEWEST or (cells and not _filled(before, gutter)):
            continue
        left, right, start = (
            _length(before),
            _length(beyond),
            _length([line for line in beyond if line.x0 - gutter < 1.5 * line.size]),
        )
        if whole - left - right < least and 6 * min(left, right) >= whole and 3 * start >= right:
            best, least = gutter, whole - left - right
    return best


def _filled(lines: Sequence[Line], right: float) -> bool:
    """Return whether most lines take up most of the room between the first margin and the one on the right."""
    return median(line.x1 - line.x0 for line in lines) > _FULL * (right - min(line.x0 for line in lines))


def _length(lines: Sequence[Line]) -> float:
    return sum(line.x1 - line.x0 for line in lines)


def _merged(lines: Sequence[Line]) -> list[Line]:
    """Return the lines from top to bottom, each joined of its pieces, cells of a table with bars between."""
    rows = _rows(lines)
    tabular = [_aligned(a, b) for a, b in pairwise(rows)]
    sides = zip([False, *tabular], [*tabular, False], strict=True)
    return [_joined(row, above or below) for row, (above, below) in zip(rows, sides, strict=False)]


def _rows(lines: Sequence[Line]) -> list[list[Line]]:
    """Return the pieces of each line from left to right, the lines from top to bottom."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (-round(line.y0), line.x0)):
        if rows and _torn(line, rows[-1][-1]):
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _torn(line: Line, other: Line) -> bool:
    return abs(line.y0 - other.y0) < 0.2 * line.size and line.x0 >= other.x1 - 1


def _aligned(row: Sequence[Line], other: Sequence[Line]) -> bool:
    """Return whether two lines are rows of one table: as many cells, the gaps between them above each other."""
    if len(row) != len(other) or len(row) < 2:
        return False
    cells = zip(pairwise(row), pairwise(other), strict=True)
    return all(min(b.x0, d.x0) - max(a.x1, c.x1) > _CELLS * a.size for (a, b), (c, d) in cells)


def _joined(row: Sequence[Line], tabular: bool) -> Line:
    text = (" | " if tabular else " ").join(piece.text for piece in row)
    return replace(row[0], text=text, x1=row[-1].x1, tabular=tabular)
