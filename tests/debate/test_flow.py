from bot.debate.ballot import ballot
from bot.debate.flow import flow
from bot.debate.turn import Speaker
from tests.support.readings import a_round, played


async def test_an_answered_claim_points_at_the_turn_that_answers_it() -> None:
    rows = flow(await played("engagement", "Sanctions are working."))
    assert (rows[0].speaker, rows[0].turn, rows[0].answered) == (Speaker.USER, 1, (2,))


async def test_a_point_that_the_user_passes_over_is_dropped() -> None:
    round = await played("engagement", "Sanctions are working.", "Our allies would feel abandoned.")
    assert [row.turn for row in ballot(round).bot.dropped][:1] == [2]


async def test_a_point_is_open_until_the_user_has_spoken_again() -> None:
    rows = flow(await played("engagement", "Sanctions are working."))
    assert all(row.open for row in rows if row.speaker is Speaker.BOT)


def test_an_empty_round_has_an_empty_flow_and_no_one_ahead() -> None:
    assert flow(a_round("engagement")) == []
    assert ballot(a_round("engagement")).ahead is None
