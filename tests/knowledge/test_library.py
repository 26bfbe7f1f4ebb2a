from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from knowledge.embedding import SentenceEncoder, Vectors
from knowledge.library import Library
from knowledge.topics import Block
from tests.support.readings import common
from tests.support.topics import DIGEST, Quick, Shelf, digest_topic


class Counting(Quick):
    """An encoder that remembers what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        return super().encode(texts)


async def test_vectors_for_a_review_cost_what_the_passages_cost_and_once() -> None:
    encoder, shelf = Counting(), Shelf()
    vectors = await Library(encoder, shelf).passage_vectors(digest_topic())
    assert sorted(encoder.asked) == sorted(says for _, says in DIGEST)
    assert np.allclose(vectors["d0"], Quick().encode([DIGEST[0][1]])[0])
    await Library(encoder, shelf).passage_vectors(digest_topic())
    assert len(encoder.asked) == len(DIGEST)


async def test_what_is_learned_is_kept_until_what_it_is_learned_from_changes() -> None:
    shelf, topic = Shelf(), digest_topic()
    first = await Library(Quick(), shelf).open(topic)
    assert {"/common/acts", "ferry/blocks"} < set(shelf.saved)
    shelf.saved.clear()
    again = await Library(Quick(), shelf).open(topic)
    assert not shelf.saved
    (asked,) = await first.read(["The boat lost a lot of money."])
    assert again.arguments(asked, "boat") == first.arguments(asked, "boat")
    block = replace(topic.blocks[0], phrasings=("d", "e", "f"))
    await Library(Quick(), shelf).open(replace(topic, blocks=(block,)))
    assert set(shelf.saved) == {"ferry", "ferry/blocks"}


async def test_a_topic_may_be_about_what_is_elsewhere_for_the_others() -> None:
    says = "Uniforms build belonging, whatever grey socks cost."
    block = Block("belonging", "boat", says, "belonging", (says, f"My friends say: {says}", "Uniforms unite."), ())
    topic = replace(digest_topic(), blocks=(block,), clashes={})
    shelf = Shelf()
    shelf.kept.update(common())
    opened = await Library(SentenceEncoder(), shelf).open(topic)
    near, far = await opened.read(
        ["My opponent says uniforms build belonging.", "Juries nod off, so judges should decide."]
    )
    assert [hit.target for hit in opened.arguments(near, "boat")] == ["belonging"]
    assert not opened.arguments(far, "boat")
