from bot.debate.round import Round
from bot.debate.turn import Claim, Move, Point, Reply, Speaker, Turn
from bot.desk.privacy import GONE, struck
from knowledge.acts import Act

AT = "2026-01-01T00:00:00+00:00"


def users(number: int, text: str) -> Turn:
    return Turn(number, Speaker.USER, text, AT, Act.ARGUMENT, (Claim(text),))


def bots(number: int, *answers: str) -> Turn:
    points = tuple(Point(Move.ANSWER, answer, None, "No.") for answer in answers)
    return Turn(number, Speaker.BOT, "No.", AT, reply=Reply("Well.", points, "So?"))


ROUND = Round("r", "ferry", "road").add(users(1, "It floats.")).add(bots(2, "It floats."))
ROUND = ROUND.add(users(3, "It is cheap.")).add(bots(4, "It is cheap.", "It floats."))


def test_struck_words_are_gone_wherever_the_round_repeats_them() -> None:
    found = struck(ROUND, {1})
    assert "floats" not in str(found)
    assert [turn.text for turn in found.turns] == [GONE, "No.", "It is cheap.", "No."]
    assert [point.answers for turn in found.turns if turn.reply for point in turn.reply.points] == [
        GONE,
        "It is cheap.",
        GONE,
    ]


def test_all_else_of_the_round_stays() -> None:
    found = struck(ROUND, {1})
    assert found.turns[2] == ROUND.turns[2]
    assert [(turn.number, turn.at, turn.speaker) for turn in found.turns] == [
        (turn.number, turn.at, turn.speaker) for turn in ROUND.turns
    ]
    assert struck(ROUND, set()) == ROUND


def test_the_bots_own_turn_is_nobodys_to_strike() -> None:
    assert struck(ROUND, {2}) == ROUND
