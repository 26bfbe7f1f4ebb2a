import numpy as np
import pytest

from knowledge.judges.stance import OPPOSE, SUPPORT, Stance

CLAIM = "We should ban zoos."
FOR = ("Zoos are cruel to animals.", "Animals suffer in cages.")
AGAINST = ("Zoos protect endangered species.", "Zoos teach children to love animals.")
STRANGE = ("Whisk the eggs with sugar until pale.", "The train leaves at 9:14.", "0x7f3a mov eax", "What time is it?")


@pytest.fixture(scope="module")
def judge() -> Stance:
    return Stance()


def test_what_supports_a_claim_is_told_from_what_opposes_it(judge: Stance) -> None:
    odds = judge.odds([CLAIM] * 4, [*FOR, *AGAINST])
    assert odds.argmax(axis=1).tolist() == [SUPPORT, SUPPORT, OPPOSE, OPPOSE]
    assert np.allclose(odds.sum(axis=1), 1)


def test_the_same_words_oppose_the_opposite_claim(judge: Stance) -> None:
    odds = judge.odds(["We should keep zoos open."] * 4, [*FOR, *AGAINST])
    assert odds.argmax(axis=1).tolist() == [OPPOSE, OPPOSE, SUPPORT, SUPPORT]


def test_of_what_is_about_something_else_it_is_never_sure(judge: Stance) -> None:
    odds = judge.odds([CLAIM] * len(STRANGE), STRANGE)
    assert odds[:, [SUPPORT, OPPOSE]].max() < 0.6


def test_nothing_is_judged_for_no_passages(judge: Stance) -> None:
    assert judge.odds([], []).shape == (0, 3)
