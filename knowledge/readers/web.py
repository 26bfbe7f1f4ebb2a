"""HTML: the main content of a page, without what surrounds it."""

import re
from collections.abc import Iterator

import trafilatura
from lxml import etree
from trafilatura.settings import Document

from knowledge.errors import SourceError
from knowledge.readers.drafts import Block, Draft
from knowledge.readers.encodings import decoded
from knowledge.readers.titles import iso
from knowledge.readers.trees import blocks, parsed

_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_CUT = re.compile(r"<[a-z/!][^<>]*\Z", re.IGNORECASE)
_LEFT_OUT = """
    .//script | .//style | .//noscript | .//template | .//nav | .//dialog | .//form
    | .//*[@hidden or @aria-hidden='true']
    | .//*[@role='navigation' or @role='doc-endnotes' or @role='doc-footnote' or @role='doc-noteref']
    | .//*[@role='dialog' or @role='alertdialog' or @role='doc-backlink']
    | .//*[self::sup][a[starts-with(@href, '#')]] | .//a[starts-with(@href, '#')][sup]
"""
_ASIDE = re.compile(
    r"(?:^|[\s_-])(?:foot-?notes?|end-?notes?|footnote-?refs?|reference-?list|cookies?|consent|gdpr|breadcrumbs?|newsletter"
    r"|share|social|skip-?link)(?:$|[\s_-])",
    re.IGNORECASE,
)


def draft(data: bytes, name: str) -> Draft:
    """Return the blocks of a page's main content, and what its head tells; SourceError when it is cut off."""
    declared = _DECLARED.search(data[:4096])
    text = decoded(data, name, declared.group(1).decode("ascii") if declared else "")
    if _CUT.search(text[-4096:]):
        raise SourceError(f"{name}: cut off in the middle of a tag. Save the page again and try again.")
    tree = parsed(text)
    if tree is None:
        return Draft(())
    _prune(tree)
    title, whole = tree.findtext(".//title") or "", list(blocks(tree))
    found = trafilatura.bare_extraction(
        tree,
        with_metadata=True,
        include_comments=False,
        include_tables=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if not isinstance(found, Document) or found.body is None:
        return Draft(whole, title)
    main = list(blocks(found.body))
    told = (found.title or title, found.author or "", iso(found.date or ""))
    return Draft(whole if _flattened(main, whole) else main, *told)


def _flattened(main: list[Block], whole: list[Block]) -> bool:
    """Return whether the extraction left out next to nothing, and made one block of all the rest."""
    lengths = [sum(len(block.text) for block in blocks) for blocks in (main, whole)]
    return len(main) <= 1 and lengths[0] >= 0.8 * lengths[1]


def _prune(tree: etree._Element) -> None:
    for element in [*tree.xpath(_LEFT_OUT), *_asides(tree)]:
        if element.getparent() is not None and element.tag not in ("html", "body", "main", "article"):
            element.drop_tree()


def _asides(tree: etree._Element) -> Iterator[etree._Element]:
    for element in tree.iter(etree.Element):
        if _ASIDE.search(f"{element.get('class', '')} {element.get('id', '')}"):
            yield element
