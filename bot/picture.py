"""A topic's overview as a picture: what each side has, and which way each reading leans."""

import textwrap
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from bot.overview import Overview, SideView
from knowledge.errors import GainsayError
from prompts.counts import counted

FIRST, SECOND, BOTH, INK, FAINT = "#0072B2", "#E69F00", "#BBBBBB", "#222222", "#666666"
"""Blue and orange of Okabe and Ito's palette, which colour-blind people tell apart; patterns tell them apart too."""
_HATCHES = {FIRST: "", SECOND: "//", BOTH: ".."}
_MOST_READINGS = 12
_MOST_GAPS = 4
_WIDTH, _MARGIN, _LABELS = 11.0, 0.3, 3.1
"""Inches."""


class PictureError(GainsayError):
    """A picture that can't be written."""


def draw(seen: Overview, path: Path) -> None:
    """Write the overview as a PNG; PictureError when the file can't be written."""
    motion = textwrap.wrap(seen.topic.motion, 84)
    rows = max(1, min(len(seen.readings), _MOST_READINGS + 1))
    gaps = [_gaps(side) for side in seen.sides]
    heights = [0.45 + 0.28 * len(motion), 2.7, 0.7 + 0.42 * rows, 0.7 + 0.22 * max(len(lines) for lines in gaps)]
    figure = Figure(figsize=(_WIDTH, sum(heights) + 5 * _MARGIN), dpi=150, facecolor="white")
    title, counts, leaning, missing = _panels(figure, heights)
    _title(title, seen, motion)
    _counts(counts, seen)
    _leaning(leaning, seen)
    _missing(missing, seen, gaps)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        try:
            FigureCanvasAgg(figure)
            figure.savefig(path, format="png")
        except OSError as error:
            raise PictureError(f"{path}: cannot be written ({error.strerror}).") from None


def _panels(figure: Figure, heights: list[float]) -> Iterator[Axes]:
    """Yield one panel a height, in inches, from the top down; bars leave room on the left for their labels."""
    whole = sum(heights) + (len(heights) + 1) * _MARGIN
    top = whole
    for number, height in enumerate(heights):
        top -= _MARGIN + height
        left = _LABELS if number in (1, 2) else _MARGIN
        yield figure.add_axes((left / _WIDTH, top / whole, (_WIDTH - left - _MARGIN) / _WIDTH, height / whole))


def _title(axes: Axes, seen: Overview, motion: list[str]) -> None:
    axes.axis("off")
    _write(axes, 0, 1, "\n".join(motion), fontsize=15, fontweight="bold")
    count = len(seen.readings)
    about = f"{counted(count, 'reading')}, {counted(sum(r.passages for r in seen.readings), 'passage')}"
    _write(axes, 0, 0.18, about, fontsize=10.5, color=FAINT)


def _counts(axes: Axes, seen: Overview) -> None:
    """Draw what the two sides have, in bars to the left and to the right."""
    largest = 1
    for sign, colour, side in ((-1, FIRST, seen.sides[0]), (1, SECOND, seen.sides[1])):
        values = (side.arguments, side.evidence, side.blocks, len(side.gaps))
        largest = max(largest, *values)
        _bars(axes, [sign * value for value in values], [0.0] * 4, colour, 0.62)
        for row, value in enumerate(values):
            towards = "left" if sign > 0 else "right"
            axes.annotate(
                str(value), (sign * value, row), (sign * 6, 0), textcoords="offset points", va="center", ha=towards,
                fontsize=11, fontweight="bold", color=INK,
            )  # fmt: skip
        _write(axes, 0.5 + sign / 4, 1.05, side.id, fontsize=13, fontweight="bold", ha="center")
    _plain(axes, ["arguments", "evidence", "blocks", "unanswered"], largest * 1.15)


def _leaning(axes: Axes, seen: Overview) -> None:
    """Draw, per reading, the passages that help the first side to the left, both in the middle, the second right."""
    shown = sorted(seen.readings, key=lambda r: -r.passages)[:_MOST_READINGS]
    rest = [r for r in seen.readings if r not in shown]
    labels = [textwrap.shorten(r.title, 34, placeholder=" …") for r in shown]
    values = [(r.first, r.both, r.second) for r in shown]
    if rest:
        labels.append(f"{len(rest)} more readings")
        first, both, second = (sum(getattr(r, name) for r in rest) for name in ("first", "both", "second"))
        values.append((first, both, second))
    middle = [both / 2 for _, both, _ in values]
    _bars(axes, [both for _, both, _ in values], [-half for half in middle], BOTH, 0.6)
    _bars(axes, [-first for first, _, _ in values], [-half for half in middle], FIRST, 0.6)
    _bars(axes, [second for _, _, second in values], middle, SECOND, 0.6)
    for row, ((first, both, second), half) in enumerate(zip(values, middle, strict=True)):
        for count, at in ((first, -half - first / 2), (both, 0), (second, half + second / 2)):
            if count:
                box = {"facecolor": "white", "edgecolor": "none", "pad": 1.2, "alpha": 0.9}
                axes.text(at, row, str(count), ha="center", va="center", fontsize=9, color=INK, bbox=box)
    one, other = (side.id for side in seen.sides)
    heading = f"Passages of each reading:  ← help {one}   |   help both   |   help {other} →"
    _write(axes, 0.5, 1.08, heading, fontsize=11, ha="center")
    widest = max(
        (half + max(first, second) for (first, _, second), half in zip(values, middle, strict=True)), default=1
    )
    _plain(axes, labels, max(1, widest) * 1.08)


def _missing(axes: Axes, seen: Overview, gaps: list[list[str]]) -> None:
    axes.axis("off")
    height = axes.get_window_extent().height / axes.figure.dpi
    for at, side, lines in zip((0.0, 0.51), seen.sides, gaps, strict=True):
        _write(axes, at, 1, f"{side.id} has no answer to", fontsize=11, fontweight="bold")
        _write(axes, at, 1 - 0.3 / height, "\n".join(lines), fontsize=9.5, linespacing=1.3)


def _write(axes: Axes, across: float, up: float, text: str, color: str = INK, **style: Any) -> None:
    """Write text, as it stands, at a place given in shares of the panel; the place is the text's top."""
    axes.text(across, up, text, transform=axes.transAxes, va="top", color=color, parse_math=False, **style)


def _gaps(side: SideView) -> list[str]:
    lines = [
        line
        for gap in side.gaps[:_MOST_GAPS]
        for line in textwrap.wrap(
            gap.claim, 66, initial_indent="• ", subsequent_indent="   ", max_lines=2, placeholder=" …"
        )
    ]
    if len(side.gaps) > _MOST_GAPS:
        lines.append(f"and {len(side.gaps) - _MOST_GAPS} more")
    return lines or ["Nothing: every argument meets an answer."]


def _bars(axes: Axes, widths: list[float], left: list[float], colour: str, height: float) -> None:
    axes.barh(
        range(len(widths)),
        widths,
        height,
        left,
        color=colour,
        hatch=_HATCHES[colour],
        edgecolor="white",
        linewidth=0.8,
    )


def _plain(axes: Axes, labels: list[str], reach: float) -> None:
    axes.set_yticks(range(len(labels)), labels, fontsize=10.5, color=INK, parse_math=False)
    axes.set_xlim(-reach, reach)
    axes.set_ylim(len(labels) - 0.5, -0.6)
    axes.axvline(0, color=INK, linewidth=0.8)
    axes.set_xticks([])
    axes.tick_params(length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)
