import asyncio
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from knowledge.embedding import Batcher, SentenceEncoder, Vectors, check_weights
from knowledge.errors import ModelError
from knowledge.queries import Query
from knowledge.retrieval import Key, Shelf


@pytest.fixture(scope="module")
def minilm() -> SentenceEncoder:
    return SentenceEncoder(threads=1)


def test_the_packaged_model_gives_unit_vectors(minilm: SentenceEncoder) -> None:
    vectors = minilm.encode(["Trams are back.", "Buses are cheap."])
    assert vectors.shape == (2, 384)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_weights_that_are_not_the_published_ones_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "model.safetensors"
    path.write_bytes(b"weights")
    with pytest.raises(ModelError, match="not the published weights"):
        check_weights(path, "0" * 64)


def test_each_target_comes_once_by_its_best_key(minilm: SentenceEncoder) -> None:
    keys = [
        Key("trams", "The city brought its trams back."),
        Key("trams", "Rail transit returned to the town."),
        Key("fuel", "Fuel prices doubled in one year."),
    ]
    shelf = Shelf(keys, minilm.encode([key.text for key in keys]))
    question = "When did petrol get so expensive?"
    hits = shelf.rank(Query(question, minilm.encode([question])[0]))
    assert [hit.target for hit in hits] == ["fuel", "trams"]


def test_nothing_is_found_on_an_empty_shelf() -> None:
    shelf = Shelf([], np.zeros((0, 384), np.float32))
    assert shelf.rank(Query("anything", np.zeros(384, np.float32))) == []


class Counting:
    fingerprint = "counting"

    def __init__(self) -> None:
        self.calls: list[int] = []

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.calls.append(len(texts))
        if "bad" in texts:
            raise ModelError("bad text")
        return np.array([[float(len(text))] for text in texts], np.float32)


async def test_requests_that_come_together_are_encoded_together() -> None:
    encoder = Counting()
    batcher = Batcher(encoder)
    results = await asyncio.gather(*(batcher.encode(["a" * n, "b"]) for n in range(1, 9)))
    assert [result[0][0] for result in results] == list(range(1, 9))
    assert sum(encoder.calls) == 16
    assert len(encoder.calls) <= 2


async def test_an_error_reaches_who_asked_and_the_next_request_works() -> None:
    batcher = Batcher(Counting())
    with pytest.raises(ModelError):
        await batcher.encode(["bad"])
    assert (await batcher.encode(["fine"]))[0][0] == 4
