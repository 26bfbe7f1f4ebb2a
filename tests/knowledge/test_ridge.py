import numpy as np
import pytest

from knowledge import ridge
from knowledge.queries import Query
from knowledge.ridge import Ridge

NORTH, EAST = np.array([0.0, 1.0], np.float32), np.array([1.0, 0.0], np.float32)


def test_a_text_scores_high_for_the_label_whose_examples_mean_the_like() -> None:
    texts = ["up we go", "upwards", "to the right", "rightwards"]
    scores = Ridge([["n"], ["n"], ["e"], ["e"]], texts, np.stack([NORTH, NORTH, EAST, EAST])).scores(
        Query("north", NORTH)
    )
    assert scores["n"] > 0.8
    assert abs(scores["e"]) < 0.2


def test_a_text_may_deserve_several_labels() -> None:
    vectors = np.stack([NORTH, EAST])
    scores = Ridge([["n", "far"], ["e"]], ["up we go", "to the right"], vectors).scores(Query("north", NORTH))
    assert scores["n"] == pytest.approx(scores["far"])
    assert scores["n"] > 0.7 > 0.3 > scores["e"]


def test_words_decide_where_the_meaning_is_the_same() -> None:
    texts = ["how many trams ran", "how many buses ran", "which tram ran", "which bus ran"]
    scores = Ridge([["n"], ["n"], ["w"], ["w"]], texts, np.stack([NORTH] * 4)).scores(
        Query("how many boats ran", NORTH)
    )
    assert scores["n"] > scores["w"] + 0.2


def test_what_was_learned_is_recalled_and_not_fitted_again() -> None:
    examples = [["up"], ["right"]], ["up we go", "to the right"], np.stack([NORTH, EAST])
    learned = Ridge(*examples).learned()
    recalled = Ridge(*examples)
    recalled.recall({label: 2 * weights for label, weights in learned.items()}.__getitem__)
    asked = Query("north", NORTH)
    assert recalled.scores(asked)["up"] == pytest.approx(2 * Ridge(*examples).scores(asked)["up"])


@pytest.mark.parametrize(
    "other",
    [
        Ridge([["n"], ["n"]], ["up", "right"], np.stack([NORTH, EAST])),
        Ridge([["n"], ["e"]], ["up", "left"], np.stack([NORTH, EAST])),
        Ridge([["n"], ["e"]], ["up", "right"], np.stack([NORTH, NORTH])),
    ],
)
def test_other_examples_have_another_digest(other: Ridge) -> None:
    examples = [["n"], ["e"]], ["up", "right"], np.stack([NORTH, EAST])
    assert Ridge(*examples).digest == Ridge(*examples).digest != other.digest


def test_no_examples_give_no_scores() -> None:
    assert Ridge([], [], np.zeros((0, 2), np.float32)).scores(Query("north", NORTH)) == {}
    assert Ridge([], [], np.zeros((0, 2), np.float32)).learned() == {}


def test_of_too_many_examples_an_even_choice_is_learned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ridge, "MOST", 10)
    labels = [["n"]] * 50 + [["e"]] * 50
    scores = Ridge(labels, ["go"] * 100, np.stack([NORTH] * 50 + [EAST] * 50)).scores(Query("go", EAST))
    assert scores["e"] > 0.7 > 0.3 > scores["n"]
