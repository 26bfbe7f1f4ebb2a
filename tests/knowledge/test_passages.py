from hypothesis import assume, given
from hypothesis import strategies as st

from knowledge.errors import SourceError
from knowledge.passages import split
from knowledge.readers import read
from knowledge.sentences import sentences, spans
from knowledge.sources import Kind, Paragraph, Source

ESSAY = """Why trams came back

The city closed its tram lines in 1962. Buses were cheaper to run, and nobody mourned the rails for long.

Then fuel prices doubled. “We were wrong,” said the mayor, “and it cost us a decade.” A first new line opened.
"""


def source(text: str) -> Source:
    return read(text.encode(), "trams.txt")


def test_a_title_is_no_paragraph() -> None:
    passages = split(source(ESSAY))
    assert [p.locator for p in passages] == ["¶1", "¶2"]
    assert passages[0].text.startswith("The city closed")


def test_long_paragraphs_are_cut_between_sentences() -> None:
    passages = split(source(ESSAY), words=16)
    assert [p.locator for p in passages] == ["¶1", "¶1", "¶2", "¶2"]
    assert all(p.text[-1] in ".”" for p in passages)


def test_the_locator_tells_the_page_where_there_are_pages() -> None:
    text = "One. Two."
    paged = Source("s", "S", Kind.VERBATIM, text, paragraphs=(Paragraph(1, 0, 4, 3), Paragraph(2, 5, 9)))
    assert [(p.locator, p.text) for p in split(paged)] == [("¶1, p. 3", "One."), ("¶2", "Two.")]


def test_what_has_no_sentences_is_cut_between_words() -> None:
    passages = split(source("tram " * 1000), words=90)
    assert all(len(p.text.split()) <= 200 for p in passages)
    assert {word for p in passages for word in p.text.split()} == {"tram"}
    assert sum(len(p.text.split()) for p in passages) == 1000


def test_a_script_without_spaces_is_cut_too() -> None:
    passages = split(source("電車は早い。" * 500), words=90)
    assert len(passages) > 2
    assert "".join(p.text for p in passages) == "電車は早い。" * 500


def test_text_added_at_the_end_leaves_the_ids_of_what_stands_before() -> None:
    before, after = (
        split(source(ESSAY)),
        split(source(ESSAY + "\nThe second line opened a year later, to great joy.\n")),
    )
    assert [p.id for p in after][: len(before)] == [p.id for p in before]
    assert len(after) == len(before) + 1


@given(st.text(max_size=400))
def test_every_passage_is_a_slice_of_its_source(text: str) -> None:
    try:
        wild = source(text)
    except SourceError:
        assume(False)
    passages = split(wild, words=5)
    assert all(wild.text[p.start : p.end] == p.text for p in passages)
    assert len({p.id for p in passages}) == len(passages)
    assert passages == split(wild, words=5)


@given(st.text(alphabet="aN .!?\n\u2028é😀”", max_size=80))
def test_sentences_lose_no_word(text: str) -> None:
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())
    places = list(spans(text))
    assert places == sorted(places)
