"""Word files."""

import re
import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO

import docx
from docx.oxml.ns import qn
from lxml import etree

from knowledge.errors import SourceError
from knowledge.limits import Limits
from knowledge.readers.drafts import Block, Draft, Shape

_PARAGRAPH, _ROW, _CELL, _TEXT = qn("w:p"), qn("w:tr"), qn("w:tc"), qn("w:t")
_SPACES = {qn("w:tab"): " ", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LEFT_OUT = frozenset((qn("w:del"), qn("w:moveFrom"), _FALLBACK))
_HEADINGS = ("title", "subtitle", "heading")
_UNPACKED = 5
"""How many times ``max_bytes`` the unpacked parts may come to together; none alone may be more than it once."""


def draft(data: bytes, name: str, limits: Limits) -> Draft:
    """Return the paragraphs, items and rows of a Word file; SourceError when it is none, cut off or a bomb.

    A damaged file can make the parsers raise anything.
    """
    _check(data, name, limits)
    document = docx.Document(BytesIO(data))
    styles = {style.style_id: (style.name or "").casefold() for style in document.styles}
    told = document.core_properties
    date = told.created.date().isoformat() if told.created else ""
    body = document.element.body
    return Draft(list(_blocks(body, styles)), _shown_title(body, styles) or told.title or "", told.author or "", date)


def _check(data: bytes, name: str, limits: Limits) -> None:
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise SourceError(f"{name}: a damaged Word file, perhaps cut off. Get it again and try again.") from None
    if not any(part.filename == "word/document.xml" for part in parts):
        raise SourceError(f"{name}: not a Word file, though its name says so. Give the .docx itself.")
    sizes = [part.file_size for part in parts]
    if max(sizes) > limits.max_bytes or sum(sizes) > _UNPACKED * limits.max_bytes:
        raise SourceError(f"{name}: unpacks to more than may be read. Save its text alone as .docx and try again.")


def _blocks(element: etree._Element, styles: Mapping[str, str]) -> Iterator[Block]:
    for child in element:
        if child.tag in _LEFT_OUT:
            continue
        if child.tag == _ROW and (row := _row(child)):
            yield Block(row, Shape.ITEM)
            continue
        if child.tag == _PARAGRAPH:
            shape = _shape(child, styles)
            yield from (Block(text, shape) for text in _texts(child, styles))
        yield from _blocks(child, styles)


def _texts(paragraph: etree._Element, styles: Mapping[str, str]) -> list[str]:
    """Return the texts of a paragraph: two line breaks in a row part it; a table of contents has none."""
    if _style(paragraph, styles).startswith("toc "):
        return []
    return [text for text in re.split(r"\n\s*\n", "".join(_pieces(paragraph))) if text.strip()]


def _pieces(element: etree._Element) -> Iterator[str]:
    for child in element:
        if child.tag == _TEXT:
            yield child.text or ""
        elif child.tag in _SPACES:
            yield _SPACES[child.tag]
        elif child.tag not in _LEFT_OUT and child.tag != _PARAGRAPH:
            yield from _pieces(child)


def _row(row: etree._Element) -> str:
    """Return the cells of a row as one text, or "" when a cell has several paragraphs: then it is only layout."""
    cells = [
        [text for paragraph in cell.iter(_PARAGRAPH) if (text := "".join(_pieces(paragraph)).strip())]
        for cell in row.iter(_CELL)
    ]
    return " | ".join(cell[0] for cell in cells if cell) if all(len(cell) <= 1 for cell in cells) else ""


def _shape(paragraph: etree._Element, styles: Mapping[str, str]) -> Shape:
    style = _style(paragraph, styles)
    if style.startswith(_HEADINGS):
        return Shape.HEADING
    listed = style.startswith("list") or paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}") is not None
    return Shape.ITEM if listed else Shape.TEXT


def _style(paragraph: etree._Element, styles: Mapping[str, str]) -> str:
    named = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return styles.get(named.get(qn("w:val"), ""), "") if named is not None else ""


def _shown_title(body: etree._Element, styles: Mapping[str, str]) -> str:
    titles = (paragraph for paragraph in body.iter(_PARAGRAPH) if _style(paragraph, styles) == "title")
    return next((text for title in titles for text in _texts(title, styles)), "")
