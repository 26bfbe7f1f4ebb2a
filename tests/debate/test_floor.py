from dataclasses import replace

from bot.debate.floor import Floor, floor
from bot.debate.round import Round
from bot.debate.turn import Speaker, Turn
from tests.support.readings import a_round
from tests.support.topics import digest_topic

TOPIC = digest_topic()
FIRST, SECOND = (side.id for side in TOPIC.sides)


def after(side: str, *turns: tuple[Speaker, int], format: str = "spar") -> Floor:
    """Return who has the floor when these have spoken in the speeches of these numbers, the bot being on a side."""
    round = replace(a_round(side, format=format), topic=TOPIC.id)
    for number, (speaker, speech) in enumerate(turns, 1):
        names = [each.name for each in round.rules.speeches]
        round = round.add(Turn(number, speaker, "So be it.", "2026-01-01", speech=names[speech] if names else ""))
    return floor(round, TOPIC)


USER, BOT = Speaker.USER, Speaker.BOT


def test_in_an_open_round_the_two_take_turns() -> None:
    assert after(FIRST, format="quick") == Floor(USER)
    assert after(FIRST, (USER, 0), format="quick").speaker is BOT
    assert after(FIRST, (USER, 0), (BOT, 0), format="quick") == Floor(USER)


def test_the_side_whose_speech_it_is_has_the_floor() -> None:
    assert after(FIRST).speaker is BOT
    assert after(SECOND).speaker is USER


def test_who_is_cross_examined_answers_and_does_not_ask() -> None:
    asked = after(SECOND, (USER, 0), (BOT, 1))
    assert asked.speaker is USER
    assert (asked.asks, asked.answers) == (False, True)
    assert asked.speech == Round("", "", "", "spar").rules.speeches[1]


def test_who_cross_examines_asks_and_the_other_answers() -> None:
    assert after(FIRST, (BOT, 0)).asks
    answering = after(FIRST, (BOT, 0), (USER, 1))
    assert answering.speaker is BOT
    assert answering.answers


def test_after_the_last_speech_nobody_is_due() -> None:
    every = [(BOT if number in (0, 3, 4) else USER, number) for number in range(6)]
    assert after(FIRST, *every).speech is None
