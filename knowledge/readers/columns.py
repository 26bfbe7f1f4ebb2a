"""Printed lines in the order of reading: down the columns, from left to right."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line: place in points from the lower left, size of type, the text box that it is in."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    bold: bool
    box: int

    def beside(self, other: "Line") -> bool:
        """Return whether the two stand in one column: half the narrower one is above or below the other."""
        shared = min(self.x1, other.x1) - max(self.x0, other.x0)
        return 2 * shared >= min(self.x1 - self.x0, other.x1 - other.x0)


class Box:
    """Lines that stand together, and the space that they take up."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.x0, self.x1 = min(line.x0 for line in lines), max(line.x1 for line in lines)
        self.y0, self.y1 = min(line.y0 for line in lines), max(line.y1 for line in lines)

    def within(self, other: "Box") -> bool:
        """Return whether this box lies within another one."""
        across = other.x0 - 1 <= self.x0 and self.x1 <= other.x1 + 1
        return self is not other and across and other.y0 - 1 <= self.y0 and self.y1 <= other.y1 + 1


def in_order(boxes: Sequence[Box]) -> list[Box]:
    """Return the boxes of a page as one reads them.

    Where a gutter parts most of the page, what crosses it (a title, a wide table) is read between the columns above
    it and those below; else the boxes are read from top to bottom.
    """
    gutter = _gutter(boxes)
    if gutter is None:
        return sorted(boxes, key=lambda box: (-box.y1, box.x0))
    rest = [box for box in boxes if not box.x0 < gutter < box.x1]
    found: list[Box] = []
    for wide in sorted((box for box in boxes if box.x0 < gutter < box.x1), key=lambda box: -box.y1):
        found += [*_columns([box for box in rest if box.y0 > wide.y0], gutter), wide]
        rest = [box for box in rest if box.y0 <= wide.y0]
    return found + _columns(rest, gutter)


def _columns(boxes: Sequence[Box], gutter: float) -> list[Box]:
    left, right = [box for box in boxes if box.x1 <= gutter], [box for box in boxes if box.x0 >= gutter]
    return [*in_order(left), *in_order(right)]


def _gutter(boxes: Sequence[Box]) -> float | None:
    """Return the place that parts the most lines to its left and right, or None when that is not most of them."""
    lines = sum(len(box.lines) for box in boxes)
    best, least = None, lines / 3
    for gutter in {box.x0 - 0.5 for box in boxes}:
        left = sum(len(box.lines) for box in boxes if box.x1 <= gutter)
        right = sum(len(box.lines) for box in boxes if box.x0 >= gutter)
        if min(left, right) * 6 >= lines and lines - left - right < least:
            best, least = gutter, lines - left - right
    return best
