"""Rounds on readings that nobody annotated."""

import pytest

from bot.debate.echoes import echoes
from bot.debate.opponent import Opponent
from bot.debate.round import Round
from bot.debate.turn import Move
from bot.voices.composer import Composer
from prompts import wordings
from tests.support.readings import nowhere
from tests.support.town import AGAINST, FOR, opened

AGAIN = """Trams in Hale and in Leigh

Trams are quiet. Rails last for fifty years, and the bill for them is paid once. A tram carries three buses full.

But rails last for fifty years, and the bill for them is paid once. In Leigh noise fell by a third in 2019.

As I said, rails last for fifty years, and the bill for them is paid once. Nobody in Hale would give them up."""
ATTACKS = (
    "Rails are far too dear for a town like ours.",
    "Nothing about trams is cheap, and rails wear out.",
    "Trams are noisy.",
    "What happened to noise in Leigh?",
    "Buses carry just as many people.",
    "People in Hale hate their trams.",
)


async def played(side: str, *readings: tuple[str, str]) -> Round:
    town = await opened(*readings)
    opponent, round = Opponent(town, Composer(town.topic), lambda: ""), Round("r", "town", side, seed=3)
    for attack in ATTACKS:
        round = await opponent.exchange(round, attack, nowhere)
    return round


async def test_a_sentence_that_readings_repeat_is_quoted_once() -> None:
    quotes = [point.quote for _, point in (await played("trams", (AGAIN, "trams"))).points() if point.quote]
    assert any("fifty years" in quote for quote in quotes)
    assert not any(echoes(quote, quotes[:n]) for n, quote in enumerate(quotes))


async def test_a_claim_that_a_quotation_has_met_is_pointed_back_to_it() -> None:
    town = await opened(("Rails last for fifty years, and the bill for them is paid once.", "trams"))
    opponent, round = Opponent(town, Composer(town.topic), lambda: ""), Round("r", "town", "trams", seed=3)
    for attack in ("Rails don't last for long.", "Rails last for ten years at most."):
        round = await opponent.exchange(round, attack, nowhere)
    first, second = (point for _, point in round.points())
    assert first.quote
    assert (second.move, second.quote) == (Move.STANDS, "")
    assert "turn 2" in second.text.casefold()


async def test_what_is_added_is_not_said_to_answer_and_no_frame_comes_twice() -> None:
    points = [point for _, point in (await played("trams", (FOR, "trams"), (AGAIN, "trams"))).points()]
    frames = [point.text.partition("“")[0] for point in points if point.quote]
    own = {wording.opener for wording in wordings("quote_own")}
    added = [point for point in points if point.move is Move.EXTEND]
    assert added
    assert all(any(point.text.startswith(opener) for opener in own) for point in added)
    assert len(set(frames)) == len(frames)


async def test_a_question_is_not_answered_with_what_is_about_something_else() -> None:
    round = await played("buses", (AGAIN, "trams"), (AGAINST, "buses"))
    turn = round.turns[7]
    assert turn.reply
    assert not turn.reply.citations
    assert "¶2" in turn.text


@pytest.mark.parametrize(
    ("text", "said", "same"),
    [
        ("But rails last for ever.", "Rails last for ever!", True),
        ("Rails last for ever.", "Rails last for ten years.", False),
        ("Sold 53 million cans.", "Sold 55 million cans.", False),
    ],
)
def test_echoes(text: str, said: str, same: bool) -> None:
    assert echoes(text, ["Something else.", said]) is same


async def test_a_side_that_no_reading_argues_for_says_so_once_and_leaves_open_what_it_cannot_meet() -> None:
    round = await played("trams", (AGAINST, "buses"))
    openings = [turn.reply.opening for turn in round.turns if turn.reply]
    said = {wording.render(side="trams", other="buses") for wording in wordings("lent")}
    assert [opening in said for opening in openings] == [True, *[False] * (len(openings) - 1)]
    assert Move.OUTSIDE in [point.move for _, point in round.points()]


@pytest.mark.parametrize("readings", [[(FOR, "trams")], [(FOR, "trams"), (AGAINST, "buses")]])
async def test_a_side_with_a_reading_of_its_own_just_begins(readings: list[tuple[str, str]]) -> None:
    first = (await played("trams", *readings)).turns[1]
    assert first.reply
    assert not first.reply.opening
