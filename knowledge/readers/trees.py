"""Blocks of a tree of marked-up text: HTML as it is written, or as the extraction of main content leaves it."""

import re
from collections.abc import Iterator

from lxml import etree, html

from knowledge.readers.drafts import Block, Shape

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "head"))
_ITEMS = frozenset(("li", "item", "dd"))
_ROWS = frozenset(("tr", "row"))
_CELLS = frozenset(("td", "th", "cell"))
_BLOCKS = _HEADINGS | {
    *("html", "body", "main", "article", "section", "header", "footer", "nav", "aside", "div", "center", "address"),
    *("p", "pre", "blockquote", "quote", "hr", "figure", "figcaption", "details", "summary", "form", "fieldset"),
    *("ul", "ol", "dl", "list", "li", "item", "dt", "dd", "table", "thead", "tbody", "tfoot", "tr", "row"),
}
_SILENT = frozenset(
    {
        *("script", "style", "noscript", "template", "svg", "math", "iframe", "object"),
        *("select", "button", "textarea", "title"),
    }
)


def parsed(text: str) -> etree._Element | None:
    """Return the tree of an HTML text, or None when there is nothing in it."""
    try:
        return html.document_fromstring(text.encode("utf-8", "replace"), html.HTMLParser(encoding="utf-8"))
    except etree.ParserError:
        return None


def blocks(root: etree._Element) -> Iterator[Block]:
    """Yield the blocks in document order; no text is lost but that of scripts, styles and controls."""
    gathered: list[str] = []
    open_tags: list[str] = []
    silent = 0
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        tag = element.tag if isinstance(element.tag, str) else ""
        start, end = event == "start", event == "end"
        if tag in _BLOCKS:
            yield from _block(gathered, open_tags)
        if start:
            open_tags.append(tag)
            silent += tag in _SILENT
            gathered.append("" if silent else _opening(tag) + _level(element.text))
        if end:
            open_tags.pop()
            silent -= tag in _SILENT
            gathered.append(" | " if tag in _CELLS else "")
        if not start and not silent and element is not root:
            gathered.append(_level(element.tail))
    yield from _block(gathered, open_tags)


def _opening(tag: str) -> str:
    return "\n" if tag in ("br", "lb") else ""


def _level(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")


def _block(gathered: list[str], open_tags: list[str]) -> Iterator[Block]:
    shape = _shape(open_tags)
    for text in re.split(r"\n\s*\n", "".join(gathered)):
        if text.strip(" |\n"):
            yield Block(text.strip(" |\n"), shape)
    gathered.clear()


def _shape(open_tags: list[str]) -> Shape:
    if not _HEADINGS.isdisjoint(open_tags):
        return Shape.HEADING
    return Shape.TEXT if (_ITEMS | _ROWS).isdisjoint(open_tags) else Shape.ITEM
