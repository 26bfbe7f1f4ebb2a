import numpy as np
import pytest

from knowledge import ridge
from knowledge.ridge import Ridge

NORTH, EAST = np.array([0.0, 1.0], np.float32), np.array([1.0, 0.0], np.float32)


def test_a_vector_scores_high_for_the_label_whose_examples_are_like_it() -> None:
    scores = Ridge(["n", "n", "e", "e"], np.stack([NORTH, NORTH, EAST, EAST])).scores(NORTH)
    assert scores["n"] > 0.8
    assert abs(scores["e"]) < 0.2


def test_no_examples_give_no_scores() -> None:
    assert Ridge([], np.zeros((0, 2), np.float32)).scores(NORTH) == {}


def test_of_too_many_examples_an_even_choice_is_learned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ridge, "MOST", 10)
    labels = ["n"] * 50 + ["e"] * 50
    scores = Ridge(labels, np.stack([NORTH] * 50 + [EAST] * 50)).scores(EAST)
    assert scores["e"] > 0.8 > 0.2 > scores["n"]
