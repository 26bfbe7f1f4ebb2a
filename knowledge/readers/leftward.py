"""Lines in scripts that run leftward: from the order in which PDFium tells their letters to that of reading."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from statistics import median

from bidi.algorithm import get_display
from bidi.mirror import MIRRORED

from knowledge.readers.letters import Letter

_SPACE = 0.12
"""Wider than this, in sizes of type, a gap parts two words."""
_TURNED = {**MIRRORED, "“": "”", "”": "“", "‘": "’", "’": "‘"}
"""What PDFium turns round where text runs leftward."""
_LEFTWARD = frozenset({"R", "AL"})
_WEAK = frozenset({"AN", "BN", "CS", "EN", "ES", "ET", "NSM"})
_CLOSING = frozenset(".,;:!?)]…")
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_LAM, _ALEFS = "ل", frozenset("اأإآٱ")
_MARK = "\u200e"
"""Makes what stands beside it run rightward."""


def runs_leftward(letters: Sequence[Letter]) -> bool:
    """Return whether most letters are of a script that runs leftward."""
    kinds = [_kind(letter) for letter in letters]
    return kinds.count("R") > kinds.count("L")


def type_size(letters: Sequence[Letter], usual: float = 0.0) -> float:
    """Return the size of type of letters: of the leftward ones, if any; the usual one where there are no words."""
    leftward = [letter.size for letter in letters if _kind(letter) == "R"]
    wordless = all(_kind(letter) != "L" for letter in letters)
    return usual if usual and wordless and not leftward else median(leftward or [letter.size for letter in letters])


def as_drawn(line: Sequence[Letter]) -> list[Letter]:
    """Return what is drawn on a line, from left to right, without spaces.

    PDFium tells the letters in an order of its own and turns brackets round that follow a leftward letter. A glyph
    for several letters comes out as one, its letters in the order of the page.
    """
    glyphs = groupby(_unturned(line), key=lambda letter: (letter.origin, letter.y, letter.turn))
    return sorted((_glyph(list(letters)) for _, letters in glyphs), key=lambda glyph: glyph.x0)


def pieces(drawn: Sequence[Letter]) -> Iterator[list[Letter]]:
    """Yield the pieces of a line that wide gaps part, from left to right."""
    piece: list[Letter] = []
    for glyph in drawn:
        if piece and glyph.far(piece[-1]):
            yield piece
            piece = []
        piece.append(glyph)
    if piece:
        yield piece


def as_read(drawn: Sequence[Letter]) -> str:
    """Return the text of what is drawn, in the order of reading.

    A line without a leftward letter runs leftward if its full stop stands on the left.
    """
    gaps = (b.x0 - a.x1 > _SPACE * max(a.size, b.size) for a, b in pairwise(drawn))
    text = drawn[0].text + "".join(" " * gap + glyph.text for gap, glyph in zip(gaps, drawn[1:], strict=True))
    if not any(unicodedata.bidirectional(character) in _LEFTWARD for character in text) and text[0] not in _CLOSING:
        return text
    marked = _BRACKETED.sub(lambda found: _kept(found.group()), text)
    backwards: str = get_display(marked[::-1], base_dir="R")  # so that each number is judged by what comes before it
    return backwards[::-1].replace(_MARK, "")


def _kept(bracketed: str) -> str:
    """Return a bracket as one rightward piece if nothing in it runs leftward: it reads the same either way."""
    kinds = {unicodedata.bidirectional(character) for character in bracketed}
    return f"{_MARK}{bracketed}{_MARK}" if "L" in kinds and not kinds & _LEFTWARD else bracketed


def _unturned(line: Sequence[Letter]) -> Iterator[Letter]:
    """Yield the letters, brackets and quotation marks as they are drawn: PDFium's steps, taken back."""
    kinds = [_kind(letter) for letter in line]
    runs = [kind for kind, _ in groupby(kinds)]
    leftward = runs.count("R") > runs.count("L")
    for letter, kind in zip(line, kinds, strict=True):
        leftward = kind == "R" if kind in ("R", "L") else leftward
        turned = kind == "neutral" and leftward
        if letter.text == " ":
            continue
        if letter.told:  # it is there as it is read, and its glyph is the one turned round
            yield letter if turned else replace(letter, text=MIRRORED.get(letter.text, letter.text))
        else:
            yield replace(letter, text=_TURNED.get(letter.text, letter.text)) if turned else letter


def _glyph(letters: Sequence[Letter]) -> Letter:
    """Return the letters of one glyph as one, those of a leftward script from left to right."""
    text = "".join(letter.text for letter in letters)
    if len(letters) > 1 and any(_kind(letter) == "R" for letter in letters):
        text = _spelt(letters)[::-1]
    return replace(
        letters[0], text=text, x0=min(letter.x0 for letter in letters), x1=max(letter.x1 for letter in letters)
    )


def _spelt(letters: Sequence[Letter]) -> str:
    """Return the leftward letters of one glyph in the order of reading.

    PDFium tells them backwards, unless it has given each a part of the glyph's place or taken a sign for lam and alef
    apart; points come after what they point.
    """
    backwards = list(reversed(letters))
    text = "".join(letter.text for letter in sorted(backwards, key=lambda letter: -letter.x0))
    if len(text) == 2 and _LAM in text and _ALEFS & set(text):
        return _LAM + text.replace(_LAM, "")
    base = next((at for at, character in enumerate(text) if not unicodedata.combining(character)), 0)
    return text[base] + text[:base] + text[base + 1 :]


def _kind(letter: Letter) -> str:
    """Return how PDFium sees a letter: R, L, weak or neutral."""
    kind = unicodedata.bidirectional(letter.text[0])
    return "R" if kind in _LEFTWARD else kind if kind == "L" else "weak" if kind in _WEAK else "neutral"
