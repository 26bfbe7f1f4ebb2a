"""Printed lines in the order of reading: down the columns, from left to right."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

_FEWEST = 3
"""Fewer lines beside others make no column."""


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line, or a piece of one: place in points from the lower left, size of type."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    bold: bool

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

    None when there is none. A good part of what is on the right starts there, unlike the pieces of torn lines.
    """
    whole = _length(lines)
    best, least = None, whole / 2
    for gutter in {line.x0 - 0.5 for line in lines}:
        before, beyond = [line for line in lines if line.x1 <= gutter], [line for line in lines if line.x0 >= gutter]
        if min(len(before), len(beyond)) < _FEWEST:
            continue
        left, right, start = (
            _length(before),
            _length(beyond),
            _length([line for line in beyond if line.x0 - gutter < 1.5 * line.size]),
        )
        if whole - left - right < least and 6 * min(left, right) >= whole and 3 * start >= right:
            best, least = gutter, whole - left - right
    return best


def _length(lines: Sequence[Line]) -> float:
    return sum(line.x1 - line.x0 for line in lines)


def _merged(lines: Sequence[Line]) -> list[Line]:
    found: list[Line] = []
    for line in sorted(lines, key=lambda line: (-round(line.y0), line.x0)):
        if found and _torn(line, found[-1]):
            found[-1] = replace(found[-1], text=f"{found[-1].text} {line.text}", x1=line.x1)
        else:
            found.append(line)
    return found


def _torn(line: Line, other: Line) -> bool:
    return abs(line.y0 - other.y0) < 0.2 * line.size and line.x0 >= other.x1 - 1
