"""PDF files: their letters by PDFium, put together by place."""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from ctypes import byref, c_double, create_string_buffer
from dataclasses import replace
from statistics import median
from typing import Any

import pypdfium2
from pypdfium2 import raw

from knowledge.errors import SourceError
from knowledge.limits import Limits
from knowledge.readers.columns import Line
from knowledge.readers.drafts import Draft
from knowledge.readers.layout import Page, blocks
from knowledge.readers.leftward import as_drawn, as_read, pieces, runs_leftward, type_size
from knowledge.readers.letters import Letter
from knowledge.readers.titles import iso

_FEWEST_LETTERS = 10
_HEIGHT = 1.2
"""The height of a letter's box, in sizes of type, in most fonts."""
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
        pages.append(Page(number, height, _lines(upright)))
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


def _upright(page: pypdfium2.PdfPage) -> tuple[list[Letter], float]:
    """Return the letters that are turned as most are, and the height of the page seen so."""
    left, bottom, right, top = area = page.get_mediabox()
    letters = list(_letters(page.get_textpage(), area))
    turns = Counter(letter.turn for letter in letters if not letter.text.isspace())
    usual = max(turns, key=turns.__getitem__, default=0)
    kept = [letter for letter in letters if letter.turn == usual or letter.text.isspace()]
    return kept, right - left if usual % 2 else top - bottom


def _letters(page: pypdfium2.PdfTextPage, area: Sequence[float]) -> Iterator[Letter]:
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
        turn = round(raw.FPDFText_GetCharAngle(text_page, at) / (math.pi / 2)) % 4
        origin, height = (y.value, box.right - box.left) if turn % 2 else (x.value, box.top - box.bottom)
        if unicodedata.bidirectional(text) in ("R", "AL"):  # whose boxes may be as high as the letter alone
            height = _HEIGHT * _size(text_page, at) or height
        match turn:
            case 1:
                x0, x1, foot = -box.top, -box.bottom, x.value - area[0]
            case 2:
                x0, x1, foot = -box.right, -box.left, area[3] - y.value
            case 3:
                x0, x1, foot = box.bottom, box.top, area[2] - x.value
            case _:
                x0, x1, foot = box.left, box.right, y.value - area[1]
        told = unicodedata.mirrored(text) == 1 and _told(text_page, at)
        yield Letter(text, x0, x1, foot, height, turn, bold, origin, told)


def _told(text_page: Any, at: int) -> bool:
    """Return whether the file itself says what letter this is, whatever its glyph looks like."""
    drawn = raw.FPDFText_GetTextObject(text_page, at)
    marks = (raw.FPDFPageObj_GetMark(drawn, n) for n in range(raw.FPDFPageObj_CountMarks(drawn) if drawn else 0))
    return any(raw.FPDFPageObjMark_GetParamValueType(mark, b"ActualText") == raw.FPDF_OBJECT_STRING for mark in marks)


def _size(text_page: Any, at: int) -> float:
    """Return the size of type of a letter in points, 0 when it is not known."""
    matrix = raw.FS_MATRIX()
    known = raw.FPDFText_GetMatrix(text_page, at, byref(matrix))
    return raw.FPDFText_GetFontSize(text_page, at) * math.hypot(matrix.c, matrix.d) if known else 0.0


def _bold(text_page: Any, at: int) -> bool:
    name = create_string_buffer(200)
    raw.FPDFText_GetFontInfo(text_page, at, name, 200, None)
    return any(weight in name.value.lower() for weight in (b"bold", b"black", b"heavy"))


def _lines(letters: Sequence[Letter]) -> list[Line]:
    """Return the lines of a page, or pieces of them; a page that runs leftward comes as if seen in a mirror."""
    if not runs_leftward(letters):
        return [line for piece in _pieces(letters) if (line := _line(piece))]
    usual = type_size(letters)
    drawn = (piece for row in _pieces(letters, whole=True) for piece in pieces(as_drawn(row)))
    return [replace(line, x0=-line.x1, x1=-line.x0) for piece in drawn if (line := _line(piece, usual))]


def _pieces(letters: Sequence[Letter], whole: bool = False) -> Iterator[list[Letter]]:
    """Yield the letters of each line, or of each piece where a wide gap parts it; a space is with the last letter.

    Where the script runs leftward, a word or number that does not is a jump, not a gap: such lines are left whole.
    """
    piece: list[Letter] = []
    for letter in letters:
        space, last = letter.text.isspace(), piece[-1] if piece else None
        gone = last and (letter.above(last) or (letter.far(last) and not whole))
        ends = letter.text in "\r\n" or (gone and not space)
        if piece and ends:
            yield piece
            piece, last = [], None
        if space and last:
            piece.append(replace(last, text=" "))
        elif not space:
            piece.append(letter)
    if piece:
        yield piece


def _line(piece: Sequence[Letter], usual: float = 0.0) -> Line | None:
    """Return the line with its text, or None when nobody can read it.

    ``usual`` is the size of type of a page that runs leftward: there a line comes as it is drawn.
    """
    size, base = type_size(piece, usual), median(letter.y for letter in piece)
    first = piece[-1 if usual else 0]
    shown = [letter for letter in piece if letter is first or not letter.raised(size, base)]
    if usual or runs_leftward(shown):
        text = as_read(shown if usual else as_drawn(shown))
    else:
        text = "".join(letter.text for letter in shown).replace(_HYPHEN, "-")
    text = re.sub(f"^{_UNMAPPED}(?=\\s)", "•", text.strip()).replace(_UNMAPPED, "")
    text = _PRESENTED.sub(lambda found: unicodedata.normalize("NFKC", found.group()), text)
    if not text:
        return None
    x0, x1 = min(letter.x0 for letter in piece), max(letter.x1 for letter in piece)
    bold = 2 * sum(letter.bold for letter in piece) > len(piece)
    return Line(text, x0, base, x1, base + size, size, bold)
