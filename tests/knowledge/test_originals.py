from dataclasses import replace
from functools import cache

import pytest

from bot.debate.citations import cite, resolves
from knowledge.embedding import SentenceEncoder
from knowledge.originals import NotTheOriginal, attached
from knowledge.passages import Passage
from knowledge.readers import read
from knowledge.sources import Kind, Source
from knowledge.topics import Topic
from tests.support.topics import ORIGINAL, digest_topic

pytestmark = pytest.mark.slow
PARAGRAPHS = ORIGINAL.split("\n\n")


@cache
def encoder() -> SentenceEncoder:
    return SentenceEncoder()


def attach(text: str) -> tuple[Source, tuple[Passage, ...]]:
    digest = digest_topic()
    original = replace(read(text.encode(), "letter.txt"), author="The islanders")
    return attached(digest.sources[0], digest.passages, original, encoder().encode)


def with_original() -> Topic:
    source, passages = attach(ORIGINAL)
    return replace(digest_topic(), sources=(source,), passages=passages)


def test_each_digest_passage_becomes_the_fitting_sentences_of_its_paragraph() -> None:
    texts = {passage.id: passage.text for passage in attach(ORIGINAL)[1]}
    assert texts["d0"].startswith("In March the county stopped our ferry")
    assert texts["d1"].endswith("the car around the whole bay, forty kilometres.")
    assert texts["d2"].startswith("The council's reason is money: 300,000 crowns")
    assert "Berit Holm" in texts["d3"]


def test_a_passage_gets_as_many_sentences_as_it_needs() -> None:
    texts = {passage.id: passage.text for passage in attach(ORIGINAL)[1]}
    assert texts["d4"].startswith("We do not ask for the old steamer back. A little battery-driven ferry")


def test_citations_quote_the_original_to_the_letter_at_the_same_place() -> None:
    topic = with_original()
    citations = cite(topic, [passage.id for passage in topic.passages])
    assert [c.locator for c in citations] == ["¶1", "¶1", "¶2", "¶2", "¶3"]
    assert {c.kind for c in citations} == {Kind.VERBATIM}
    text = topic.sources[0].text
    assert all(text[c.start : c.end] == c.text and resolves(topic, c) for c in citations)


def test_ids_and_search_keys_stay_and_the_files_author_is_told() -> None:
    before, topic = digest_topic(), with_original()
    assert [p.id for p in topic.passages] == [p.id for p in before.passages]
    assert [p.key for p in topic.passages] == [p.text for p in before.passages]
    assert (topic.sources[0].title, topic.sources[0].author) == ("The boat", "The islanders")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("\n\n".join(PARAGRAPHS[:3]), "it has 2 paragraphs, and the digest speaks of ¶3"),
        ("\n\n".join([PARAGRAPHS[0], *PARAGRAPHS[:0:-1]]), "of what the digest says fits the paragraph it names"),
        (
            "\n\n".join([PARAGRAPHS[0], "We print here a letter that reached us in spring; " * 3, *PARAGRAPHS[1:]]),
            "what the digest says of ¶1 stands in ¶2 there",
        ),
        (
            "\n\n".join([*PARAGRAPHS[:3], "The school choir sang in the church on Sunday. It was a lovely evening."]),
            "¶3 there does not say what the digest says of it",
        ),
        ("\n\n".join(["Bees need flowers all summer, and mown lawns have none of them to offer." * 2] * 4), "fits"),
    ],
    ids=["cut short", "other order", "with an introduction", "one paragraph swapped", "another text"],
)
def test_another_text_is_refused_by_its_content(text: str, complaint: str) -> None:
    with pytest.raises(NotTheOriginal) as caught:
        attach(text)
    assert complaint in str(caught.value)
    assert "not the original of 'The boat'" in str(caught.value)
