from io import BytesIO
from itertools import cycle, islice

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph, Table

from knowledge.passages import split
from tests.support.files import BODY, HEAD, INDENTED, drawn, raw_pdf, source_of, texts, typeset

TALE = (
    "the city closed its tram lines because buses were cheaper to run and nobody mourned rails for long but then fuel"
    " prices doubled so riders who had left came back while councils which hesitated commissioned investigations"
)
WORDS = TALE.split()


def paragraph(number: int, words: int = 75) -> str:
    """As many words in sentences of eleven, with the paragraph's number before each sentence."""
    chosen = list(islice(cycle(WORDS), number * 7, number * 7 + words))
    sentences = [" ".join(chosen[at : at + 11]) for at in range(0, words, 11)]
    return " ".join(f"P{number} {sentence}." for sentence in sentences)


PARAGRAPHS = [paragraph(n, 40 + 13 * n % 80) for n in range(24)]


def furniture(canvas: Canvas, document: BaseDocTemplate) -> None:
    canvas.setFont("Times-Roman", 9)
    canvas.drawString(60, 800, "The Journal of Trams, vol. 3")
    canvas.drawCentredString(300, 30, f"– {document.page} –")


@pytest.mark.parametrize("columns", [1, 2, 3])
@pytest.mark.parametrize("style", [BODY, INDENTED], ids=["spaced", "indented"])
def test_paragraphs_come_in_order_across_columns_and_pages(columns: int, style: object) -> None:
    flow = [("Why trams came back", HEAD), *((text, style) for text in PARAGRAPHS)]
    source = source_of(typeset(flow, columns, 420, furniture), "trams.pdf")  # type: ignore[arg-type]
    assert texts(source) == PARAGRAPHS
    assert source.title == "Why trams came back"
    pages = [paragraph.page for paragraph in source.paragraphs]
    assert pages[0] == 1
    assert pages == sorted(pages, key=lambda page: page or 0)
    assert len(set(pages)) > 1
    assert split(source)[-1].locator == f"¶24, p. {pages[-1]}"
    assert "Journal" not in source.text


def rows(canvas: Canvas) -> None:
    canvas.setFont("Times-Roman", 10)
    left, right = [f"left {n} of the column goes on," for n in range(20)], [f"right {n} of it," for n in range(20)]
    for n, (a, b) in enumerate(zip(left, right, strict=True)):
        canvas.drawString(60, 700 - 12 * n, a)
        canvas.drawString(320, 700 - 12 * n, b)


def test_columns_drawn_row_by_row_are_read_down() -> None:
    text = source_of(drawn(rows), "a.pdf").text
    assert text.index("left 19") < text.index("right 0 ")
    assert "left 3 of the column goes on, left 4" in text


def noted(canvas: Canvas) -> None:
    for page in (1, 2, 3):
        text = canvas.beginText(60, 700)
        text.setFont("Times-Roman", 11)
        text.textOut("The lines were closed because buses were")
        text.setRise(4)
        text.setFont("Times-Roman", 7)
        text.textOut(str(page))
        text.setRise(0)
        text.setFont("Times-Roman", 11)
        text.textLine(" cheaper to run than")
        text.textLine("the old cars.")
        canvas.drawText(text)
        canvas.setFont("Times-Roman", 8)
        canvas.drawString(60, 80, f"{page} Council minutes, a small")
        canvas.drawString(60, 71, "folder in the archive.")
        canvas.setFont("Times-Roman", 11)
        canvas.drawCentredString(300, 30, f"Page {page} of 3")
        canvas.showPage()


def test_footnotes_and_page_numbers_are_left_out() -> None:
    source = source_of(drawn(noted), "a.pdf")
    assert texts(source) == ["The lines were closed because buses were cheaper to run than the old cars."] * 3
    assert [p.page for p in source.paragraphs] == [1, 2, 3]


def broken(canvas: Canvas) -> None:
    canvas.setFont("Times-Roman", 11)
    canvas.drawString(60, 60, "Nobody mourned the well-known blue cars, and the under-")
    canvas.showPage()
    canvas.setFont("Times-Roman", 11)
    canvas.drawString(60, 740, "standing of what was lost came late to the well-")
    canvas.drawString(60, 727, "known men on the council of the town.")


def test_a_paragraph_and_a_word_run_over_the_page() -> None:
    source = source_of(drawn(broken), "a.pdf")
    assert texts(source) == [
        "Nobody mourned the well-known blue cars, and the understanding of what was lost came late"
        " to the well-known men on the council of the town."
    ]
    assert source.paragraphs[0].page == 1


def listed(canvas: Canvas) -> None:
    canvas.setFont("Times-Roman", 11)
    lines = [
        "Trams have three merits over buses:",
        "• They are quiet.",
        "• They are as clean as one can wish",
        "   even in winter.",
    ]
    for n, line in enumerate([*lines, "1. They last.", "So build them."]):
        canvas.drawString(60, 700 - 13 * n, line)


def test_lists_keep_their_items() -> None:
    assert texts(source_of(drawn(listed), "a.pdf")) == [
        "Trams have three merits over buses:",
        "They are quiet.",
        "They are as clean as one can wish even in winter.",
        "1. They last.",
        "So build them.",
    ]


def test_what_the_file_tells() -> None:
    told = source_of(typeset([(PARAGRAPHS[0], BODY)], title="Why Trams", author="Ann Bee"), "scan 3.pdf")
    assert (told.id, told.title, told.author) == ("scan-3", "Why Trams", "Ann Bee")
    assert len(told.date) == len("2021-03-04")
    junk = source_of(typeset([(PARAGRAPHS[0], BODY)], title="Microsoft Word - draft.doc"), "trams.pdf")
    assert (junk.title, junk.author) == ("trams", "")


def test_locked_against_printing_only_is_no_hindrance() -> None:
    lock = StandardEncryption("", ownerPassword="owner", canPrint=0)
    data = drawn(lambda canvas: canvas.drawString(60, 700, "Trams are quiet."), lock)
    assert texts(source_of(data, "a.pdf")) == ["Trams are quiet."]


def test_bytes_before_and_after_a_pdf_are_no_hindrance() -> None:
    data = drawn(lambda canvas: canvas.drawString(60, 700, "Trams are quiet."))
    assert texts(source_of(b"From the mail:\n" + data + b"PK\x03\x04" * 500, "a.pdf")) == ["Trams are quiet."]


def test_a_pdf_without_a_table_of_its_objects_is_read() -> None:
    data = raw_pdf(b"BT /F 12 Tf 60 700 Td (Trams are quiet.) Tj ET")
    assert texts(source_of(data, "a.pdf")) == ["Trams are quiet."]


def turned(canvas: Canvas) -> None:
    canvas.setPageRotation(90)
    canvas.translate(500, 0)
    canvas.rotate(90)
    for n, line in enumerate(["A table so wide that the page", "was turned to hold it all."]):
        canvas.drawString(60, 300 - 14 * n, line)


def stamped(canvas: Canvas) -> None:
    canvas.drawString(60, 700, "Trams are quiet.")
    canvas.rotate(90)
    canvas.drawString(300, -30, "Draft")


def test_a_turned_page_is_read_and_a_turned_stamp_is_not() -> None:
    assert texts(source_of(drawn(turned), "a.pdf")) == ["A table so wide that the page was turned to hold it all."]
    assert source_of(drawn(stamped), "a.pdf").text == "Trams are quiet."


RIDERS = (
    ("Line", "Riders a day", "Cost", "Open"),
    ("Harbour", "12,000", "nine million", "1962"),
    ("Old town", "8,500", "eleven million", "1970"),
    ("Ring", "4,000", "three million", "1975"),
)


def tabled(rows: int) -> bytes:
    """A PDF with a table of so many rows between two paragraphs."""
    file, cells = BytesIO(), [RIDERS[0], *islice(cycle(RIDERS[1:]), rows)]
    document = BaseDocTemplate(file)
    document.addPageTemplates(PageTemplate(frames=[Frame(60, 70, 460, 700)]))
    around = [Paragraph(text, BODY) for text in (PARAGRAPHS[0], PARAGRAPHS[1])]
    document.build([around[0], Table(cells, colWidths=[90, 90, 90, 60]), around[1]])
    return file.getvalue()


@pytest.mark.parametrize("rows", [3, 30])
def test_a_table_is_read_row_by_row_and_stands_apart(rows: int) -> None:
    found = texts(source_of(tabled(rows), "a.pdf"))
    assert (found[0], found[-1]) == (PARAGRAPHS[0], PARAGRAPHS[1])
    assert found[1:3] == ["Line | Riders a day | Cost | Open", "Harbour | 12,000 | nine million | 1962"]
    assert len(found) == rows + 3
