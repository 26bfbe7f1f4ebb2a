import numpy as np
import pytest

from knowledge import wording as words
from knowledge.wording import Wording

TEXTS = ["Who rang the bell?", "Who rang it, and who ran?", "Bells ring.", "…", ""]


@pytest.mark.parametrize("row", range(len(TEXTS)))
def test_a_text_is_as_like_the_others_whether_it_is_among_them_or_asked_about(
    row: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(words, "ROWS", 2)
    wording = Wording(TEXTS)
    among = [alike for _, likeness in wording.among() for alike in likeness]
    assert np.allclose(wording.likeness(TEXTS[row])[: len(among[row])], among[row], atol=1e-6)
    assert len(among[row]) > row


def test_rare_words_count_more_than_common_ones() -> None:
    bell, both, bells, *_ = Wording(TEXTS).likeness("Who? The bell!")
    assert bell > both > bells == 0


def test_words_that_no_text_has_make_nothing_alike() -> None:
    assert not Wording(TEXTS).likeness("Quick brown foxes").any()
