"""Counter-retrieval over readings that nobody annotated."""

import pytest

from tests.support.town import AGAINST, FOR, KEPT, opened


@pytest.mark.parametrize(
    ("argument", "side", "words"),
    [
        ("The works would kill off the shops.", "trams", "trade on Mill Road"),
        ("Cleaner air is reason enough for trams.", "buses", "electric within three years"),
        ("The town can pay for a tram line with ease.", "buses", "costs eighty million"),
    ],
)
async def test_the_other_side_answers_on_the_same_issue(argument: str, side: str, words: str) -> None:
    readings = await opened((FOR, "trams"), (AGAINST, "buses"))
    (query,) = await readings.read([argument])
    best = readings.counters(query, side)[0]
    assert words in readings.topic.passage(best.target).text


async def test_no_passage_of_the_users_own_side_is_ever_found() -> None:
    readings = await opened((FOR, "trams"), (AGAINST, "buses"))
    (query,) = await readings.read(["Rails last for fifty years."])
    found = [hit.target for hit in readings.counters(query, "buses")]
    assert found
    assert all(readings.topic.serves(name, "buses") for name in found)


async def test_one_essay_alone_lends_the_other_side_what_it_concedes() -> None:
    readings = await opened((AGAINST, "buses"))
    (query,) = await readings.read(["Buses do no harm to the air."])
    best = readings.counters(query, "trams")[0]
    assert readings.topic.passage(best.target).text == "I admit that diesel buses foul the air."


async def test_nothing_is_found_for_what_the_readings_do_not_touch() -> None:
    readings = await opened((FOR, "trams"), (AGAINST, "buses"))
    (query,) = await readings.read(["Bananas are rich in potassium."])
    assert readings.counters(query, "buses") == []


async def test_own_case_and_answers_need_no_annotation() -> None:
    readings = await opened((FOR, "trams"))
    (case, question) = await readings.read(
        ["The air is bad.", "How often does the High Street break the legal limit?"]
    )
    argument = next(a for a in readings.topic.arguments if a.id == readings.own_case(case, "trams")[0].target)
    assert argument.side == "trams"
    assert "High Street" in readings.topic.passage(readings.answers(question)[0].target).text


async def test_opening_a_mined_topic_embeds_none_of_it_again() -> None:
    await opened((FOR, "trams"), (AGAINST, "buses"))
    assert "town" not in KEPT.saved
