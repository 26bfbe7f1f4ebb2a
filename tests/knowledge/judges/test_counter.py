from pathlib import Path

import numpy as np
import pytest

from knowledge.embedding import SentenceEncoder, Vectors
from knowledge.errors import ModelError
from knowledge.judges import loading
from knowledge.judges.counter import Counter, CounterShelf, opening

ARGUMENT = "Zoos protect endangered species from extinction."
PASSAGES = [
    "Zoos keep animals of endangered species safe from extinction.",
    "Zoos have not saved endangered species: very few of the animals that they breed are ever released to the wild.",
    "The lasagna should rest for ten minutes before it is served.",
]


@pytest.fixture(scope="module")
def vectors() -> Vectors:
    return SentenceEncoder(threads=1).encode([ARGUMENT, *PASSAGES])


def test_an_answer_comes_before_more_of_the_same(vectors: Vectors) -> None:
    shelf = CounterShelf(Counter(), PASSAGES, vectors[1:], vectors[1:])
    scores = shelf.scores(ARGUMENT, vectors[0], vectors[0])
    assert int(scores.argmax()) == 1
    assert np.array_equal(scores, shelf.scores(ARGUMENT, vectors[0], vectors[0]))


def test_what_is_about_something_else_comes_last(vectors: Vectors) -> None:
    shelf = CounterShelf(Counter(), PASSAGES, vectors[1:], vectors[1:])
    assert int(shelf.scores(ARGUMENT, vectors[0], vectors[0]).argmin()) == 2


def test_an_opening_is_a_first_line_or_sentence() -> None:
    assert opening("Trams are quiet\n\nThey run on rails. And more.") == "Trams are quiet"
    assert opening("Trams are quiet. They run on rails.") == "Trams are quiet."
    assert opening("Trams are quiet  They run on rails.") == "Trams are quiet"
    assert opening("") == ""


def test_weights_that_were_changed_are_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "counter.safetensors").write_bytes(b"other")
    monkeypatch.setattr(loading, "FOLDER", tmp_path)
    with pytest.raises(ModelError, match="not the published weights"):
        loading.weights("counter")
