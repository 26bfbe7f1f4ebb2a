"""PDF files."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import islice
from statistics import median

from bidi import get_display
from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LAParams, LTAnno, LTChar, LTComponent, LTContainer, LTImage, LTTextBox, LTTextLine
from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import resolve1
from pdfminer.utils import decode_text

from knowledge.errors import SourceError
from knowledge.readers.columns import Line
from knowledge.readers.drafts import Draft
from knowledge.readers.layout import Page, blocks
from knowledge.readers.limits import Limits
from knowledge.readers.titles import iso

_FEWEST_LETTERS = 10
_JUNK = re.compile(
    r"untitled.*|\(?anonymous\)?|unknown|microsoft .* - .*|.*\.(?:docx?|pdf|indd|qxd|tex|rtf|odt|pages|dvi)|\W*",
    re.IGNORECASE,
)
_BULLET = re.compile(r"^\(cid:\d+\)(?=\s)")
_UNMAPPED = re.compile(r"\(cid:\d+\)")
_PRESENTED = re.compile("[\ufb00-\ufb06\ufb1d-\ufdff\ufe70-\ufefe]")
"""Ligatures and the shaped forms of Hebrew and Arabic letters."""
_RECOGNISE = "Run it through text recognition (OCR) and try again."


def draft(data: bytes, name: str, limits: Limits) -> Draft:
    """Return the paragraphs of a PDF with their pages; SourceError when it is cut off, locked, long or without text.

    A damaged PDF can make the parser raise anything.
    """
    if data.rfind(b"%%EOF") < data.rfind(b"endobj"):
        raise SourceError(f"{name}: cut off before its end. Get it again and try again.")
    try:
        document = PDFDocument(PDFParser(BytesIO(data)))
        found = list(islice(PDFPage.create_pages(document), limits.max_pages + 1))
    except (PDFPasswordIncorrect, PDFEncryptionError):
        raise SourceError(f"{name}: locked with a password. Save a copy without one and try again.") from None
    if len(found) > limits.max_pages:
        raise SourceError(f"{name}: more than {limits.max_pages} pages. Split it and add the parts.")
    pages = _pages(found, name, limits)
    title, author, made = (_said(document, key) for key in ("Title", "Author", "CreationDate"))
    return Draft(blocks(pages), title, author, _date(made))


def _said(document: PDFDocument, key: str) -> str:
    values = (resolve1(info.get(key)) for info in document.info)
    said = next((decode_text(value) for value in values if isinstance(value, bytes) and value), "")
    return "" if _JUNK.fullmatch(said) else said


def _date(written: str) -> str:
    """Return a PDF's date, D:YYYYMMDD and more, as YYYY-MM-DD."""
    found = re.match(r"D:(\d{4})(\d\d)(\d\d)", written)
    return iso("-".join(found.groups())) if found else ""


def _pages(found: Sequence[PDFPage], name: str, limits: Limits) -> list[Page]:
    resources = PDFResourceManager()
    device = PDFPageAggregator(resources, laparams=LAParams(all_texts=True))
    interpreter = PDFPageInterpreter(resources, device)
    pages, letters, unmapped, images = [], 0, 0, 0
    for number, page in enumerate(found, 1):
        interpreter.process_page(page)
        parts = list(_parts(device.get_result()))
        boxes = [part for part in parts if isinstance(part, LTTextBox)]
        pages.append(Page(number, device.get_result().height, _lines(boxes)))
        letters += sum(len(line.text) for line in pages[-1].lines)
        unmapped += sum(len(_UNMAPPED.findall(box.get_text())) for box in boxes)
        images += sum(isinstance(part, LTImage) for part in parts)
        if letters > limits.max_text:
            raise SourceError(
                f"{name}: more than {limits.max_text:,} characters of text. Split it and add the parts."
            )
    if images and letters < _FEWEST_LETTERS * len(pages):
        raise SourceError(f"{name}: pictures of pages, without text. {_RECOGNISE}")
    if 5 * unmapped > letters:
        raise SourceError(f"{name}: its fonts do not tell which letters they show. {_RECOGNISE}")
    return pages


def _lines(boxes: Sequence[LTTextBox]) -> list[Line]:
    rows = (row for box in boxes for row in box if isinstance(row, LTTextLine))
    return [line for row in rows if (line := _line(row))]


def _parts(within: LTComponent) -> Iterator[LTComponent]:
    """Yield the text boxes and images of a page, those inside its figures as well."""
    yield within
    if isinstance(within, LTContainer) and not isinstance(within, LTTextBox):
        for part in within:
            yield from _parts(part)


def _line(row: LTTextLine) -> Line | None:
    """Return the line with its text, or None when it has none or stands upright along the page."""
    letters = [part for part in row if isinstance(part, LTChar) and part.get_text().strip()]
    size = median(letter.size for letter in letters) if letters else 0
    text = "".join(part.get_text() for part in row if part in letters[:1] or not _raised(part, row, size))
    text = " ".join(_UNMAPPED.sub("", _BULLET.sub("•", text)).split())
    if not text or 2 * sum(letter.upright for letter in letters) < len(letters):
        return None
    bold = sum(any(weight in letter.fontname.lower() for weight in ("bold", "black", "heavy")) for letter in letters)
    low, high = min(letter.y0 for letter in letters), max(letter.y1 for letter in letters)
    return Line(_logical(text), row.x0, low, row.x1, high, size, 2 * bold > len(letters))


def _raised(part: LTComponent | LTAnno, row: LTTextLine, size: float) -> bool:
    """Return whether this is the number of a footnote: a small digit above the line."""
    if not isinstance(part, LTChar) or part.size > 0.8 * size or not part.get_text().strip().isdigit():
        return False
    return part.y0 > row.y0 + 0.2 * size


def _logical(text: str) -> str:
    """Return the text in the order of reading: a PDF draws letters where they stand, from left to right."""
    text = _PRESENTED.sub(lambda found: unicodedata.normalize("NFKC", found.group()), text)
    directions = [unicodedata.bidirectional(letter) for letter in text]
    leftward = sum(direction in ("R", "AL") for direction in directions)
    return str(get_display(text, base_dir="R")) if leftward > directions.count("L") else text
