from collections.abc import Mapping
from types import MappingProxyType

import pytest

from knowledge.abstention import UNANSWERED, Signals, answerable, signals
from knowledge.queries import Hit, Query
from tests.support.topics import Quick, digest_topic


def asked(text: str, best: str, scores: Mapping[str, float] = MappingProxyType({})) -> Signals:
    query = Query(text, Quick().encode([text])[0])
    return signals(query, Hit(best, 1.0, 0.6, ""), scores, digest_topic(), {"island", "doctor", "reach"})


@pytest.mark.parametrize("scores", [{}, {"d0": 0.9}, {UNANSWERED: 0.9}])
def test_where_one_kind_of_question_is_known_likeness_to_it_tells_nothing(scores: dict[str, float]) -> None:
    assert asked("Who reaches a doctor?", "d1", scores).unanswered is None


def test_a_question_like_those_known_to_be_unanswered_is_refused() -> None:
    question = "Who drives round the bay to reach a doctor?"
    assert answerable(asked(question, "d1", {"d1": 0.9, UNANSWERED: 0.0}))
    assert not answerable(asked(question, "d1", {"d1": 0.1, UNANSWERED: 0.9}))


def test_an_amount_that_the_passage_lacks_is_seen() -> None:
    assert asked("How many islanders are ill?", "d0").amount
    assert not asked("How much was lost a year?", "d2").amount


def test_a_date_that_the_passage_lacks_is_seen() -> None:
    assert asked("In what year was it cut?", "d4").undated
    assert not asked("When was it cut?", "d0").undated


def test_words_and_names_that_the_readings_lack_are_counted() -> None:
    found = asked("Does Doctor Holm reach the island?", "d1")
    assert found.known == 0.75
    assert found.strangers == 1


def test_without_known_questions_it_is_answered_what_is_near_and_holds_no_strangers() -> None:
    assert answerable(asked("Who drives to reach a doctor?", "d1"))
    assert not answerable(asked("How many metres did Mr Olsen, Kim and Putin sail in 1950?", "d1"))
