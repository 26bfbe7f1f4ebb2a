import numpy as np
import pytest

from knowledge.embedding import SentenceEncoder
from knowledge.judges.strength import Strength, manner

REASONED = (
    "Uniforms should stay, because they spare poorer pupils the daily comparison of clothes. For example, schools "
    "that brought them back report less bullying, and parents spend less money on fashion over the year."
)
SHOUTED = "lol NO WAY, uniforms suck!!!! u are dumb"
STRANGE = ("0x7f3a 0x0041 mov eax", "Butter, eggs, flour", "la la la la")


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    return SentenceEncoder(threads=1)


def test_a_reasoned_argument_is_stronger_than_a_shout(encoder: SentenceEncoder) -> None:
    texts = [REASONED, SHOUTED]
    odds = Strength().odds(texts, encoder.encode(texts))
    assert odds[0, 1] > 0.9
    assert odds[0, 1] + odds[1, 0] == pytest.approx(1)
    assert np.array_equal(odds, Strength().odds(texts, encoder.encode(texts)))


def test_what_is_no_argument_is_never_told_apart_for_certain(encoder: SentenceEncoder) -> None:
    odds = Strength().odds(STRANGE, encoder.encode(STRANGE))
    assert 0.1 < odds.min() <= odds.max() < 0.9


def test_length_stops_counting(encoder: SentenceEncoder) -> None:
    texts = [REASONED * 10, REASONED * 100]
    scores = Strength().scores(texts, encoder.encode([REASONED] * 2))
    assert abs(scores[1] - scores[0]) < 0.5


def test_nothing_is_scored_for_no_texts() -> None:
    assert Strength().scores([], np.zeros((0, 384), np.float32)).shape == (0,)
    assert len(manner("")) == len(manner(REASONED))
