import numpy as np
import pytest

from knowledge.judges.keypoints import KeyPoints

ZOOS = (
    "Zoos protect endangered species.",
    "Zoos are cruel to animals.",
    "Zoos teach children about nature.",
    "Zoos cost too much money.",
)
SAID = (
    "Without captive breeding the oryx and the condor would be gone, so these parks save whole kinds of animals.",
    "Locked in a cage, a tiger paces up and down all its life and suffers terribly.",
    "School classes that see a real elephant learn to care for the natural world.",
    "Cities pour millions of taxes into enclosures that they cannot afford.",
)
STRANGE = ("Whisk the eggs with sugar until pale.", "The train leaves at 9:14.", "0x7f3a mov eax", "What time is it?")


@pytest.fixture(scope="module")
def judge() -> KeyPoints:
    return KeyPoints()


def test_a_paraphrase_makes_its_own_argument_rather_than_another_on_the_topic(judge: KeyPoints) -> None:
    odds = judge.odds(judge.encode(SAID), judge.encode(ZOOS))
    own = np.eye(len(ZOOS), dtype=bool)
    assert odds[own].min() > 2 * odds[~own].max()


def test_what_is_about_something_else_makes_none_of_the_arguments(judge: KeyPoints) -> None:
    assert judge.odds(judge.encode(STRANGE), judge.encode(ZOOS)).max() < 0.05


def test_the_same_text_has_the_same_vector_whatever_is_read_with_it(judge: KeyPoints) -> None:
    vectors = judge.encode(SAID)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert np.allclose(vectors[:1], judge.encode(SAID[:1]), atol=1e-5)


def test_nothing_is_judged_for_no_lines(judge: KeyPoints) -> None:
    assert judge.odds(judge.encode([]), judge.encode(ZOOS)).shape == (0, len(ZOOS))
