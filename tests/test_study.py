import pytest

from bot.debate.citations import resolves
from bot.study import in_context
from tests.support.readings import readings, study


@pytest.mark.parametrize(
    ("question", "locator", "fact"),
    [
        ("Who is Robert McCoy?", "¶6", "Air Force"),
        ("Through whom did China warn Washington in 1950?", "¶19", "India"),
        ("Which country is likened to North Korea?", "¶7", "Eritrea"),
    ],
)
async def test_an_answer_cites_the_passage_it_comes_from(question: str, locator: str, fact: str) -> None:
    answer = await study().ask(question)
    assert answer.answered
    assert answer.citations[0].locator == locator
    assert fact in answer.text
    assert all(resolves(readings().topic, citation) for citation in answer.citations)
    assert 1 <= len(answer.citations) <= 3


@pytest.mark.parametrize("question", ["How tall is Kim Jong-un?", "What is the boiling point of water?"])
async def test_what_the_readings_do_not_say_is_not_made_up(question: str) -> None:
    answer = await study().ask(question)
    assert not answer.answered
    assert answer.text.startswith("The readings don't say")
    assert not answer.citations


async def test_a_false_premise_is_named() -> None:
    answer = await study().ask("When did the United States open its embassy in Pyongyang?")
    assert not answer.answered
    assert "takes for granted" in answer.text
    assert answer.citations[0].locator == "¶21"


async def test_a_follow_up_is_understood_in_context() -> None:
    answer = await study().ask("And who ignored them?", ["Through whom did Beijing send its warnings in 1950?"])
    assert answer.answered
    assert answer.citations[0].locator == "¶19"


def test_a_question_that_stands_alone_is_left_alone() -> None:
    assert in_context("Who is Robert McCoy?", ["What is HRNK?"]) == "Who is Robert McCoy?"


@pytest.mark.parametrize("name", ["Truman", "Trump", "Guam", "the churches", "regime change"])
async def test_a_plain_question_about_what_the_readings_name_is_answered(name: str) -> None:
    assert (await study().ask(f"What does the essay say about {name}?")).answered


@pytest.mark.parametrize("name", ["Obama", "climate change", "the World Cup"])
async def test_a_plain_question_about_what_they_do_not_name_is_refused(name: str) -> None:
    assert not (await study().ask(f"What does the essay say about {name}?")).answered
