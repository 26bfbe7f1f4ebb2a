"""Whatever the bytes: a source that holds together, or a refusal."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from knowledge.errors import SourceError
from knowledge.passages import split
from knowledge.readers import markdown, plain, web
from knowledge.readers.drafts import Draft, as_source
from knowledge.sources import Source
from tests.support.files import LIMITS, drawn, source_of, word

NAMES = ("a.txt", "b.md", "c.html", "d.pdf", "e.docx", "f", "g.odt")
MARKS = st.sampled_from(
    (
        *("\n", "\n\n", "# ", "- ", "> ", "```", "| a | b |\n|--|--|\n", "[^1]", "[^1]: ", "---\n", "Title: x\n"),
        *("<p>", "</p>", "<div>", "<br>", "<li>", "<td>", "<pre>", "&#0;", "&#xD800;", "<!--", "-->"),
        *("“", "”", "\u202e", "é", "مرحبا", "日本。", "The city closed. "),
    )
)
MARKED_UP = st.lists(MARKS | st.text(max_size=8), max_size=40).map("".join)


def page(canvas: Canvas) -> None:
    for n in range(12):
        canvas.drawString(60, 700 - 12 * n, f"Line {n} of a page about trams, with some words in it.")


PDF = drawn(page)
WORD = word(lambda document: document.add_paragraph("Trams are quiet and clean."))


def holds_together(source: Source) -> None:
    passages = split(source, words=9)
    assert passages
    assert all(source.text[p.start : p.end] == p.text != "" for p in passages)
    assert all("\n" not in p.text for p in passages)
    assert len({p.id for p in passages}) == len(passages)
    assert [p.number for p in source.paragraphs] == list(range(1, len(source.paragraphs) + 1))
    places = [(p.start, p.end) for p in source.paragraphs]
    assert places == sorted(places)
    for paragraph in source.paragraphs:
        told = [p.text for p in passages if paragraph.start <= p.start < paragraph.end]
        whole = source.text[paragraph.start : paragraph.end]
        assert "".join("".join(told).split()) == "".join(whole.split()), "no word of a paragraph is lost"


def reads_or_refuses(data: bytes, name: str) -> None:
    try:
        source = source_of(data, name)
    except SourceError as error:
        refusal = str(error)
    else:
        refusal = ""
        holds_together(source)
        assert source_of(data, name) == source
    assert refusal.startswith(f"{name}: ") or not refusal
    assert "\n" not in refusal


@given(st.binary(max_size=400), st.sampled_from(NAMES))
@settings(deadline=None)
def test_any_bytes(data: bytes, name: str) -> None:
    reads_or_refuses(data, name)


@given(
    MARKED_UP, st.sampled_from(["utf-8", "utf-16", "cp1252", "shift_jis"]), st.sampled_from([plain, markdown, web])
)
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text(text: str, encoding: str, reader: object) -> None:
    """Straight at the readers, where nothing hides a fault of theirs as damage to the file."""
    draft: Callable[[bytes, str], Draft] = reader.draft  # type: ignore[attr-defined]
    try:
        source = as_source(draft(text.encode(encoding, "ignore"), "a"), "a", LIMITS)
    except SourceError:
        return
    holds_together(source)


@pytest.mark.parametrize(("whole", "name"), [(PDF, "a.pdf"), (WORD, "a.docx")], ids=["PDF", "Word"])
@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_any_damage(whole: bytes, name: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(whole)))
    cut = data.draw(st.integers(0, 40))
    reads_or_refuses(whole[:start] + data.draw(st.binary(max_size=12)) + whole[start + cut :], name)


WORDS = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=60)


@given(st.lists(WORDS, min_size=1, max_size=20), WORDS)
def test_what_is_added_at_the_end_leaves_the_ids_before_it(lines: list[str], more: str) -> None:
    sentences = [f"It was said that {line} was there." for line in (*lines, more)]
    before, after = (split(source_of("\n".join(part).encode(), "a.txt"), 9) for part in (sentences[:-1], sentences))
    assert [p.id for p in after][: len(before)] == [p.id for p in before]
    assert len(after) > len(before)
