import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from knowledge.passages import split
from knowledge.sentences import sentences, spans
from knowledge.sources import Kind, Source

ESSAY = """Why trams came back

The city closed its tram lines in 1962. Buses were cheaper to run, and nobody mourned the rails for long.

Then fuel prices doubled. “We were wrong,” said the mayor, “and it cost us a decade.” A first new line opened.
"""


def source(text: str) -> Source:
    return Source("trams", "Trams", Kind.VERBATIM, unicodedata.normalize("NFC", text))


def test_a_title_is_no_paragraph() -> None:
    passages = split(source(ESSAY))
    assert [p.locator for p in passages] == ["¶1", "¶2"]
    assert passages[0].text.startswith("The city closed")


def test_long_paragraphs_are_cut_between_sentences() -> None:
    passages = split(source(ESSAY), words=16)
    assert [p.locator for p in passages] == ["¶1", "¶1", "¶2", "¶2"]
    assert all(p.text[-1] in ".”" for p in passages)


@given(st.text(max_size=400))
def test_every_passage_is_a_slice_of_its_source(text: str) -> None:
    wild = source(text)
    passages = split(wild, words=5)
    assert all(wild.text[p.start : p.end] == p.text for p in passages)
    assert len({p.id for p in passages}) == len(passages)
    assert passages == split(wild, words=5)


@given(st.text(alphabet="aN .!?\n\u2028é😀”", max_size=80))
def test_sentences_lose_no_word(text: str) -> None:
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())
    places = list(spans(text))
    assert places == sorted(places)
