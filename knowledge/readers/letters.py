"""Letters where they stand on a printed page."""

from dataclasses import dataclass

_GAP = 1.0
"""Wider than this, in sizes of type, a gap parts two pieces of a line."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter on a page: left, right and foot in points, height of the type, quarters by which it is turned.

    ``origin`` is where its glyph is drawn from: several letters may share one. ``told`` says that the letter is not
    known by its glyph: the file says what it stands for.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    turn: int
    bold: bool
    origin: float
    told: bool = False

    def above(self, other: "Letter") -> bool:
        """Return whether the two stand on different lines."""
        return abs(self.y - other.y) > 0.6 * max(self.size, other.size)

    def far(self, other: "Letter") -> bool:
        """Return whether more than a space is between the two."""
        return max(self.x0 - other.x1, other.x0 - self.x1) > _GAP * max(self.size, other.size)

    def raised(self, size: float, base: float) -> bool:
        """Return whether this is the number of a footnote: a small digit above the line."""
        return self.text.isdigit() and self.size < 0.85 * size and self.y > base + 0.2 * size
