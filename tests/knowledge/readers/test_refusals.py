"""What is refused: with one line that names the file, says what is wrong and what to do."""

import gzip
from collections.abc import Mapping
from dataclasses import replace

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from knowledge.errors import SourceError
from knowledge.readers import Limits, read
from tests.support.files import drawn, raw_pdf, word, word_with, zeros, zipped


def sentence(canvas: Canvas) -> None:
    canvas.drawString(60, 700, "Trams are quiet and clean.")


def scanned(canvas: Canvas) -> None:
    canvas.drawImage(ImageReader(Image.new("RGB", (100, 100), "white")), 0, 0)


def three_pages(canvas: Canvas) -> None:
    for _ in range(3):
        sentence(canvas)
        canvas.showPage()


def ten_lines(canvas: Canvas) -> None:
    for n in range(10):
        canvas.drawString(60, 700 - 14 * n, "Trams are quiet.")


PDF = drawn(sentence)
WORD = word(lambda document: document.add_paragraph("Trams are quiet and clean."))
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "lol">'
    + b"".join(b'<!ENTITY %c "&%c;&%c;&%c;&%c;">' % (n, *([n - 1] * 4)) for n in range(ord("b"), ord("z")))
    + b"]><x>&y;</x>"
)
TYPES = b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'

REFUSED: Mapping[str, tuple[bytes, str, str]] = {
    "empty": (b"", "a.txt", "empty"),
    "white space": (b" \t\r\n\n ", "a.txt", "empty"),
    "zeros": (bytes(1000), "a.txt", "empty"),
    "a mark alone": ("\ufeff".encode(), "a.txt", "no text in it"),
    "no letters": (b"* * *\n---\n", "a.txt", "no text in it"),
    "binary": (bytes(range(256)) * 20, "a.txt", "not text"),
    "compressed": (gzip.compress(b"Trams are quiet."), "a.txt", "a gzip archive"),
    "a program": (b"\x7fELF\x02\x01\x01" + bytes(99), "a", "a program"),
    "a picture as PDF": (b"\xff\xd8\xff\xe0\x00\x10JFIF", "a.pdf", "a JPEG picture"),
    "a picture as text": (b"\x89PNG\r\n\x1a\n\x00\x00", "a.txt", "a PNG picture"),
    "old Word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "a.docx", "an old or a locked Office file"),
    "rich text": (rb"{\rtf1 Trams are quiet.}", "a.txt", "a rich text"),
    "unknown ending": (b"Trams are quiet.", "a.pages", "files ending in .pages cannot be read"),
    "PDF as text": (PDF, "a.txt", "a PDF, though its name says plain text"),
    "PDF as Word": (PDF, "a.docx", "a PDF, though its name says a Word file"),
    "Word as PDF": (WORD, "a.pdf", "a Word file, though its name says a PDF"),
    "text as PDF": (b"Trams are quiet.", "a.pdf", "not a PDF"),
    "text as Word": (b"Trams are quiet.", "a.docx", "not a Word file"),
    "HTML as text": (b"<!DOCTYPE html><p>Trams are quiet.", "a.txt", "an HTML page, though its name says plain text"),
    "a zip as Word": (zipped({"a.txt": b"Trams are quiet."}), "a.docx", "a zip archive"),
    "a zip with one part": (zipped({"word/document.xml": b"<x/>"}), "a.docx", "damaged"),
    "broken XML in Word": (word_with("<w:p><w:r>"), "a.docx", "damaged"),
    "entities in Word": (zipped({"word/document.xml": LAUGHS, "[Content_Types].xml": TYPES}), "a.docx", "damaged"),
    "half of a Word file": (WORD[: len(WORD) // 2], "a.docx", "perhaps cut off"),
    "a Word file cut at its end": (WORD[:-30], "a.docx", "perhaps cut off"),
    "a Word file without text": (word(lambda document: document.add_paragraph(" ")), "a.docx", "no text in it"),
    "a bomb as Word": (zipped({"word/document.xml": bytes(40 * 2**20)}), "a.docx", "unpacks to more"),
    "half of a PDF": (PDF[: len(PDF) // 2], "a.pdf", "cut off"),
    "a PDF cut at its end": (PDF[:-20], "a.pdf", "cut off"),
    "a PDF's head": (b"%PDF-1.7\n", "a.pdf", "damaged"),
    "a locked PDF": (drawn(sentence, "secret"), "a.pdf", "locked with a password"),
    "a scanned PDF": (drawn(scanned), "a.pdf", "pictures of pages, without text"),
    "a blank PDF": (drawn(lambda canvas: canvas.showPage()), "a.pdf", "no text in it"),
    "a page cut in a tag": (b"<html><body><p>Trams are <a hre", "a.html", "cut off in the middle of a tag"),
    "a page made by scripts": (
        b"<html><body><script>fill('Trams')</script></body></html>",
        "a.html",
        "no text in it",
    ),
    "a page too deep": (b"<html>" + b"<div>" * 50000 + b"Trams", "a.html", "no text in it"),
}


def refusal(data: bytes, name: str, limits: Limits | None = None) -> str:
    with pytest.raises(SourceError) as caught:
        read(data, name, limits or Limits())
    return str(caught.value)


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_unfit_is_refused_in_one_line(case: str) -> None:
    data, name, why = REFUSED[case]
    said = refusal(data, name)
    assert said.startswith(f"{name}: ")
    assert why in said
    assert "\n" not in said
    assert said.count(". ") >= 1, "it says what is wrong, then what to do"


def test_limits_are_kept() -> None:
    limits = Limits(max_bytes=5000, max_pages=2, max_text=100)
    assert "more than the 0.0 MB allowed" in refusal(b"Trams. " * 999, "a.txt", limits)
    assert "more than 100 characters" in refusal(b"Trams. " * 20, "a.txt", limits)
    assert "more than 2 pages" in refusal(drawn(three_pages), "a.pdf", limits)
    assert "more than 100 letters" in refusal(drawn(ten_lines), "a.pdf", limits)
    assert read(b"Trams are quiet.", "a.txt", limits).text == "Trams are quiet."


def test_a_file_name_of_several_lines_stays_one_line() -> None:
    assert refusal(b"", "/tmp/a\nb.txt").startswith("a b.txt: empty.")


@pytest.mark.slow
def test_a_pdf_that_unpacks_to_gigabytes_is_refused() -> None:
    bomb = raw_pdf(zeros(1200), "/Filter/FlateDecode")
    assert len(bomb) < Limits().max_bytes
    assert "more memory than may be used" in refusal(bomb, "a.pdf")


@pytest.mark.slow
def test_a_file_that_keeps_the_reader_busy_is_given_up() -> None:
    busy = raw_pdf(b"BT /F 9 Tf 9 9 Td " + b"(Trams are quiet. ) Tj " * 100_000 + b"ET")
    assert "not read within 2 seconds" in refusal(busy, "a.pdf", replace(Limits(), max_seconds=2))
