"""Markdown, HTML and Word: what they mark up."""

from docx.document import Document

from tests.support.files import source_of, texts, word, word_with

MARKDOWN = """---
title: "Why Trams: a Lesson"
authors: [Ann Bee, Cy Dee]
date: 2021-03-04
---
# Why trams came back

The city **closed** its [tram lines](http://example.org) in 1962.[^1] Buses
were cheaper to run.

## Costs

> “We were wrong,” said the mayor.
>
> > “Very.”

- Fuel
  - Twice, *in fact*.
    - Thrice, on the hill.
- Riders left

| Year | Riders |
|------|--------|
| 1962 | 40,000 |

<div onclick="x()"><script>alert(1)</script>Kept in a <b>div</b>.</div>

[^1]: Council minutes, 1962.
"""
PAGE = """<!doctype html><html><head><title>Why trams | The Post</title><meta charset="utf-8">
<meta name="author" content="Ann Bee"><meta property="article:published_time" content="2021-03-04T10:00:00Z">
<script>var hidden = "script words";</script><style>p { color: red }</style></head><body>
<div class="cookie-banner"><p>We use cookies to make this site better. Do you accept all of them?</p></div>
<nav><ul><li><a href="/">Home</a></li><li><a href="/news">News of the day</a></li></ul></nav>
<article><h1>Why trams came back</h1><p class="byline">By Ann Bee</p>
<p>The city closed its tram lines in 1962. Buses were cheaper to run, and nobody mourned the rails for
long.<sup><a href="#fn1">1</a></sup></p><blockquote><p>“We were wrong,” said the mayor.</p></blockquote>
<h2>Costs</h2><ul><li>Fuel prices doubled.<ul><li>Twice, in fact.</li></ul></li><li>Riders left.</li></ul>
<p>Yes.</p><p>Yes.</p><table><tr><th>Year</th><th>Riders</th></tr><tr><td>1962</td><td>40,000</td></tr></table>
<p>Then a first new line opened, and the council counted twice as many riders as it had hoped for.</p>
<section class="footnotes"><ol><li id="fn1">Council minutes, 1962.</li></ol></section></article>
<footer><p>© 2021 The Post. All rights reserved.</p></footer></body></html>"""


def test_markdown() -> None:
    source = source_of(MARKDOWN.encode(), "trams.md")
    assert (source.title, source.author, source.date) == ("Why Trams: a Lesson", "Ann Bee, Cy Dee", "2021-03-04")
    assert texts(source) == [
        "The city closed its tram lines in 1962. Buses were cheaper to run.",
        "“We were wrong,” said the mayor.",
        "“Very.”",
        "Fuel",
        "Twice, in fact.",
        "Thrice, on the hill.",
        "Riders left",
        "Year | Riders",
        "1962 | 40,000",
        "Kept in a div.",
    ]
    assert "Council minutes" not in source.text
    assert "Costs" in source.text


def test_markdown_takes_its_title_from_the_first_heading() -> None:
    source = source_of(b"# Why trams\n\nBy Ann Bee, May 2021\n\n### One\n\nThey work.\n", "a.md")
    assert (source.title, texts(source)) == ("Why trams", ["They work."])


def test_front_matter_that_is_none_does_no_harm() -> None:
    source = source_of(b"---\ntitle: [unclosed\n---\n\nTrams work.\n", "a.md")
    assert (source.title, texts(source)) == ("a", ["Trams work."])


def test_headings_alone_are_kept_as_paragraphs() -> None:
    assert texts(source_of(b"# One\n\n# Two\n", "a.md")) == ["One", "Two"]


def test_a_page_without_what_surrounds_it() -> None:
    source = source_of(PAGE.encode(), "page.html")
    assert (source.title, source.author, source.date) == ("Why trams came back", "Ann Bee", "2021-03-04")
    assert texts(source) == [
        "The city closed its tram lines in 1962. Buses were cheaper to run, and nobody mourned the rails for long.",
        "“We were wrong,” said the mayor.",
        "Fuel prices doubled.",
        "Twice, in fact.",
        "Riders left.",
        "Yes.",
        "Yes.",
        "Year | Riders",
        "1962 | 40,000",
        "Then a first new line opened, and the council counted twice as many riders as it had hoped for.",
    ]
    for left_out in ("cookies", "News", "script words", "color", "minutes", "rights reserved"):
        assert left_out not in source.text


def test_a_page_says_its_encoding() -> None:
    page = "<html><head><meta charset='windows-1251'></head><body><p>Мэр: мы.</p></body></html>"
    assert texts(source_of(page.encode("cp1251"), "a.html")) == ["Мэр: мы."]


def test_a_page_may_lie_about_its_encoding() -> None:
    page = "<html><head><meta charset='punycode'></head><body><p>“Trams” work.</p></body></html>"
    assert texts(source_of(page.encode(), "a.html")) == ["“Trams” work."]


def test_two_line_breaks_part_paragraphs() -> None:
    page = "<html><body>Trams are quiet,<br>and clean.<br><br>Buses are neither.<div>So be it.</body>"
    assert texts(source_of(page.encode(), "a.htm")) == [
        "Trams are quiet, and clean.",
        "Buses are neither.",
        "So be it.",
    ]


def test_markup_that_never_ends_is_read() -> None:
    page = "<html><body><p>Trams <b>are <i>quiet.<p>Buses</b> are not.<ul><li>So<li>there"
    assert texts(source_of(page.encode(), "a.html")) == ["Trams are quiet.", "Buses are not.", "So", "there"]


def filled(document: Document) -> None:
    document.core_properties.author = "Ann Bee"
    document.add_heading("Why trams came back", 0)
    document.add_paragraph("By Ann Bee")
    document.add_paragraph("The city closed “its” lines in 1962.")
    document.add_heading("Costs", 1)
    document.add_paragraph("Fuel doubled", style="List Bullet")
    document.add_paragraph("Twice, in fact", style="List Bullet 2")
    document.add_paragraph("We were wrong.", style="Quote")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "1962", "40,000"
    layout = document.add_table(1, 1).cell(0, 0)
    layout.text = "A box with one paragraph"
    layout.add_paragraph("and with another one.")


def test_word() -> None:
    source = source_of(word(filled), "Op-Ed.docx")
    assert (source.id, source.title, source.author) == ("op-ed", "Why trams came back", "Ann Bee")
    assert texts(source) == [
        "The city closed “its” lines in 1962.",
        "Fuel doubled",
        "Twice, in fact",
        "We were wrong.",
        "1962 | 40,000",
        "A box with one paragraph",
        "and with another one.",
    ]


def test_tracked_changes_in_word_are_as_if_accepted() -> None:
    body = (
        "<w:p><w:r><w:t xml:space='preserve'>Trams are </w:t></w:r><w:ins><w:r><w:t>quiet</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>loud</w:delText></w:r></w:del><w:r><w:t>.</w:t></w:r></w:p>"
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>In a control</w:t><w:tab/>"
        "<w:t>too.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        "<w:p><w:r><w:t>One.</w:t><w:br/><w:br/><w:t>Two.</w:t></w:r></w:p>"
    )
    assert texts(source_of(word_with(body), "a.docx")) == ["Trams are quiet.", "In a control too.", "One.", "Two."]


def test_a_text_box_in_word_is_read_once() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p></w:txbxContent>"
    spaces = "xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'"
    body = (
        f"<w:p><w:r><w:t>Before it.</w:t><mc:AlternateContent {spaces}><mc:Choice Requires='wps'>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert texts(source_of(word_with(body), "a.docx")) == ["Before it.", "In a box."]
