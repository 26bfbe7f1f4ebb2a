"""PDF files: their letters by PDFium, put together by place."""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from ctypes import byref, c_double, create_string_buffer
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

import pypdfium2
from bidi import get_display
from pypdfium2 import raw

from knowledge.errors import SourceError
from knowledge.limits import Limits
from knowledge.readers.columns import Line
from knowledge.readers.drafts import Draft
from knowledge.readers.layout import Page, blocks
from knowledge.readers.titles import iso

_FEWEST_LETTERS = 10
_GAP, _SPACE = 1.2, 0.12
"""Wider than this, in sizes of type, a gap parts two pieces of a line, or two words."""
_JUNK = re.compile(
    r"untitled.*|\(?anonymous\)?|unknown|microsoft .* - .*|.*\.(?:docx?|pdf|indd|qxd|tex|rtf|odt|pages|dvi)|\W*",
    re.IGNORECASE,
)
_PRESENTED = re.compile("[\ufb00-\ufb06\ufb1d-\ufdff\ufe70-\ufefe]")
"""Ligatures and the shaped forms of Hebrew and Arabic letters."""
_HYPHEN = "\x02"
"""What PDFium makes of a hyphen at the end of a line."""
_UNMAPPED = "\ufffd"
_RECOGNISE = "Run it through text recognition (OCR) and try again."


@dataclass(frozen=True, slots=True)
class _Letter:
    """A letter on a page: left, right and foot in points, height of the type, quarters by which it is turned."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    turn: int
    bold: bool

    def above(self, other: "_Letter") -> bool:
        """Return whether the two stand on different lines."""
        return abs(self.y - other.y) > 0.6 * max(self.size, other.size)

    def far(self, other: "_Letter") -> bool:
        """Return whether more than a space is between the two."""
        return max(self.x0 - other.x1, other.x0 - self.x1) > _GAP * max(self.size, other.size)

    def raised(self, size: float, base: float) -> bool:
        """Return whether this is the number of a footnote: a small digit above the line."""
        return self.text.isdigit() and self.size < 0.85 * size and self.y > base + 0.2 * size


def draft(data: bytes, name: str, limits: Limits) -> Draft:
    """Return the paragraphs of a PDF with their pages; SourceError when it is cut off, locked, long or without text.

    A damaged PDF can make PDFium raise its own error.
    """
    if data.rfind(b"%%EOF") < data.rfind(b"endobj"):
        raise SourceError(f"{name}: cut off before its end. Get it again and try again.")
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == raw.FPDF_ERR_PASSWORD:
            raise SourceError(f"{name}: locked with a password. Save a copy without one and try again.") from None
        raise
    with document:
        if len(document) > limits.max_pages:
            raise SourceError(f"{name}: more than {limits.max_pages} pages. Split it and add the parts.")
        pages = _pages(document, name, limits)
        title, author, made = (_said(document, key) for key in ("Title", "Author", "CreationDate"))
    return Draft(blocks(pages), title, author, _date(made))


def _said(document: pypdfium2.PdfDocument, key: str) -> str:
    said = str(document.get_metadata_value(key))
    return "" if _JUNK.fullmatch(said) else said


def _date(written: str) -> str:
    """Return a PDF's date, D:YYYYMMDD and more, as YYYY-MM-DD."""
    found = re.match(r"D:(\d{4})(\d\d)(\d\d)", written)
    return iso("-".join(found.groups())) if found else ""


def _pages(document: pypdfium2.PdfDocument, name: str, limits: Limits) -> list[Page]:
    pages, letters, unmapped, images = [], 0, 0, 0
    for number, page in enumerate(document, 1):
        upright, height = _upright(page)
        pages.append(Page(number, height, [line for piece in _pieces(upright) if (line := _line(piece))]))
        letters += len(upright)
        unmapped += sum(letter.text == _UNMAPPED for letter in upright)
        images += sum(1 for _ in page.get_objects([raw.FPDF_PAGEOBJ_IMAGE]))
        if letters > limits.max_text:
            raise SourceError(f"{name}: more than {limits.max_text:,} letters of text. Split it and add the parts.")
    if images and letters < _FEWEST_LETTERS * len(pages):
        raise SourceError(f"{name}: pictures of pages, without text. {_RECOGNISE}")
    if 5 * unmapped > letters:
        raise SourceError(f"{name}: its fonts do not tell which letters they show. {_RECOGNISE}")
    return pages


def _upright(page: pypdfium2.PdfPage) -> tuple[list[_Letter], float]:
    """Return the letters that are turned as most are, and the height of the page seen so."""
    left, bottom, right, top = area = page.get_mediabox()
    letters = list(_letters(page.get_textpage(), area))
    turns = Counter(letter.turn for letter in letters if not letter.text.isspace())
    usual = max(turns, key=turns.__getitem__, default=0)
    kept = [letter for letter in letters if letter.turn == usual or letter.text.isspace()]
    return kept, right - left if usual % 2 else top - bottom


def _letters(page: pypdfium2.PdfTextPage, area: Sequence[float]) -> Iterator[_Letter]:
    """Yield the letters in the order in which the page has them, each as if the page was turned its way."""
    box, x, y = raw.FS_RECTF(), c_double(), c_double()
    bold, word, text_page = False, False, page.raw  # looked up once: the library would look it up at every call
    for at in range(page.count_chars()):
        text = chr(raw.FPDFText_GetUnicode(text_page, at))
        bold = bold if word else _bold(text_page, at)
        word = not text.isspace()
        raw.FPDFText_GetLooseCharBox(text_page, at, byref(box))
        raw.FPDFText_GetCharOrigin(text_page, at, byref(x), byref(y))
        if raw.FPDFText_HasUnicodeMapError(text_page, at) == 1:
            text = _UNMAPPED
        match round(raw.FPDFText_GetCharAngle(text_page, at) / (math.pi / 2)) % 4:
            case 1:
                yield _Letter(text, -box.top, -box.bottom, x.value - area[0], box.right - box.left, 1, bold)
            case 2:
                yield _Letter(text, -box.right, -box.left, area[3] - y.value, box.top - box.bottom, 2, bold)
            case 3:
                yield _Letter(text, box.bottom, box.top, area[2] - x.value, box.right - box.left, 3, bold)
            case _:
                yield _Letter(text, box.left, box.right, y.value - area[1], box.top - box.bottom, 0, bold)


def _bold(text_page: Any, at: int) -> bool:
    name = create_string_buffer(200)
    raw.FPDFText_GetFontInfo(text_page, at, name, 200, None)
    return any(weight in name.value.lower() for weight in (b"bold", b"black", b"heavy"))


def _pieces(letters: Sequence[_Letter]) -> Iterator[list[_Letter]]:
    """Yield the letters of each line, or of each piece where a wide gap parts it; a space is with the last letter.

    Where the script runs leftward, a word or number that does not is a jump, not a gap.
    """
    leftward = _leftward(letters)
    piece: list[_Letter] = []
    for letter in letters:
        space, last = letter.text.isspace(), piece[-1] if piece else None
        ends = letter.text in "\r\n" or (
            last and not space and (letter.above(last) or (not leftward and letter.far(last)))
        )
        if piece and ends:
            yield piece
            piece, last = [], None
        if space and last:
            piece.append(_Letter(" ", last.x0, last.x1, last.y, last.size, last.turn, last.bold))
        elif not space:
            piece.append(letter)
    if piece:
        yield piece


def _line(piece: Sequence[_Letter]) -> Line | None:
    """Return the line with its text, or None when nobody can read it."""
    size, base = median(letter.size for letter in piece), median(letter.y for letter in piece)
    shown = [letter for letter in piece if letter is piece[0] or not letter.raised(size, base)]
    if _leftward(shown):
        text = get_display(_drawn(shown), base_dir="R")
    else:
        text = "".join(letter.text for letter in shown).replace(_HYPHEN, "-")
    text = re.sub(f"^{_UNMAPPED}(?=\\s)", "•", text.strip()).replace(_UNMAPPED, "")
    text = _PRESENTED.sub(lambda found: unicodedata.normalize("NFKC", found.group()), text)
    if not text:
        return None
    x0, x1 = min(letter.x0 for letter in piece), max(letter.x1 for letter in piece)
    bold = 2 * sum(letter.bold for letter in piece) > len(piece)
    return Line(text, x0, base, x1, base + size, size, bold)


def _drawn(letters: Sequence[_Letter]) -> str:
    """Return the text as it is drawn, from left to right: spaces are where the gaps are."""
    drawn = sorted((letter for letter in letters if letter.text != " "), key=lambda letter: letter.x0)
    gaps = (b.x0 - a.x1 > _SPACE * b.size for a, b in pairwise(drawn))
    return drawn[0].text + "".join(" " * gap + letter.text for gap, letter in zip(gaps, drawn[1:], strict=True))


def _leftward(letters: Sequence[_Letter]) -> bool:
    directions = [unicodedata.bidirectional(letter.text) for letter in letters]
    return sum(direction in ("R", "AL") for direction in directions) > directions.count("L")
