"""Speeches: given by whoever may, by every way that there is, answered, looked into."""

import re
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest
from rich.console import Console

from bot.debate.round import Round
from bot.debate.turn import Speaker
from bot.terminal import Practice
from tests.chat.playing import EMBASSY, SANCTIONS, answers, opened, playing, reply, speak, table
from tests.chat.steps import shown
from tests.support.club import Club
from tests.support.discord.facts import Said
from tests.support.discord.messages import Body
from tests.support.discord.posting import post
from tests.support.readings import opponent

CLOCK = re.compile(r"until <t:(\d+):t> \(<t:\1:R>\)")
QUESTION = "How do you explain the bombs that he has built since?"


async def test_words_written_in_the_thread_are_answered(club: Club) -> None:
    thread = await opened(club)
    said = await reply(club, thread, SANCTIONS)
    assert "**[1]**" in said.text
    assert "-# [1] digest of" in said.text
    assert said.buttons == ["Speak", "Cards", "Why this", "Flow", "Hint", "Concede", "End"]


async def test_a_speech_from_the_form_is_shown_and_answered(club: Club) -> None:
    thread = await opened(club)
    speech, answer = await answers(club, thread, lambda: speak(club.ann, thread.messages[0], SANCTIONS), 2)
    assert speech.text.splitlines()[0] == f"**{club.ann.mention}** · engagement"
    assert f"> {SANCTIONS}" in speech.text
    assert "**[1]**" in answer.text


async def test_a_speech_that_fills_the_form_is_shown_in_several_messages(club: Club) -> None:
    thread = await opened(club)
    *speech, answer = await answers(club, thread, lambda: speak(club.ann, thread.messages[0], "*" * 4000), 4)
    assert sum(message.text.count("\\*") for message in speech) == 4000
    assert answer.buttons


async def test_a_form_of_blanks_is_refused_and_nothing_said(club: Club) -> None:
    thread = await opened(club)
    seen = await shown(club, speak(club.ann, thread.messages[0], "   "))
    assert "no words" in seen.text
    assert not (await table(club, thread)).round.turns


async def test_a_mention_is_not_taken_for_an_argument(club: Club) -> None:
    thread = await opened(club)
    await reply(club, thread, f"{club.discord.bot.mention} {SANCTIONS}")
    assert (await table(club, thread)).round.turns[0].text == SANCTIONS


async def test_a_message_without_words_is_passed_over(club: Club) -> None:
    thread = await opened(club)
    await club.ann.writes(thread, files=[("cat.png", b"cat")])
    await reply(club, thread, SANCTIONS)
    assert len((await table(club, thread)).round.turns) == 2


async def test_a_new_name_of_the_thread_is_not_taken_for_an_argument(club: Club) -> None:
    thread = await opened(club)
    post(thread.world, thread, club.ann.user, Body(SANCTIONS), kind=Said.RENAMED)
    await reply(club, thread, EMBASSY)
    assert [turn.text for turn in (await table(club, thread)).round.turns[::2]] == [EMBASSY]


async def test_cards_show_the_passages_with_their_places(club: Club) -> None:
    said = await reply(club, await opened(club), SANCTIONS)
    cards = await shown(club, club.eve.presses(said, "Cards"))
    assert re.search(r"\*\*\[1\] digest of .+\*\*\n> \S", cards.text)
    assert cards.message.ephemeral


async def test_why_this_shows_what_was_answered_and_how(club: Club) -> None:
    said = await reply(club, await opened(club), SANCTIONS)
    why = await shown(club, club.eve.presses(said, "Why this"))
    assert re.search(r"This point answers by \*\*\w+", why.text)
    assert f"> {SANCTIONS}" in why.text
    assert "It rests on [1]" in why.text
    assert why.message.ephemeral


async def test_flow_and_hint_are_a_press_away(club: Club) -> None:
    said = await reply(club, await opened(club), SANCTIONS)
    assert "Sanctions have failed" in (await shown(club, club.ann.presses(said, "Flow"))).text
    hint = await shown(club, club.ann.presses(said, "Hint"))
    assert "turn 2" in hint.text
    assert hint.message.ephemeral


async def test_an_onlooker_is_heard_only_when_calling_and_then_told_why_not(club: Club) -> None:
    thread = await opened(club)
    await club.eve.writes(thread, SANCTIONS)
    told = await reply(club, thread, f"{club.discord.bot.mention} {SANCTIONS}", club.eve)
    assert "Only its debaters speak" in told.text
    assert not (await table(club, thread)).round.turns


@pytest.mark.parametrize(
    ("label", "told"),
    [("Hint", "Hints are for the debaters"), ("End", "Only its debaters"), ("Speak", "Only its debaters speak")],
)
async def test_an_onlooker_cannot_act_for_others(club: Club, label: str, told: str) -> None:
    thread = await opened(club)
    card = thread.messages[0]
    seen = await shown(club, speak(club.eve, card, SANCTIONS) if label == "Speak" else club.eve.presses(card, label))
    assert told in seen.text
    assert seen.message.ephemeral
    round = (await table(club, thread)).round
    assert (round.turns, round.ended) == ((), False)


async def test_an_onlooker_cannot_concede_for_others(club: Club) -> None:
    thread = await opened(club)
    said = await reply(club, thread, SANCTIONS)
    sure = await shown(club, club.eve.presses(said, "Concede"))
    seen = await shown(club, club.eve.presses(sure.message, "Concede the round"))
    assert "Only its debaters" in seen.text
    assert not (await table(club, thread)).round.ended


@pytest.mark.parametrize(
    ("format", "first", "minutes"),
    [("spar", "Affirmative constructive", 2), ("ld", "AC", 6), ("pf", "First constructive", 4)],
)
async def test_where_the_debater_speaks_first_the_card_has_the_clock(
    club: Club, format: str, first: str, minutes: int
) -> None:
    card = (await opened(club, format=format)).messages[0]
    assert f"Your speech: **{first}**, {minutes} minutes" in card.text
    ends = CLOCK.search(card.text)
    assert ends
    assert abs(int(ends[1]) - (card.made + 60 * minutes)) < 30


async def test_where_the_bot_speaks_first_it_does_so_at_once(club: Club) -> None:
    thread = await opened(club, side="pressure", format="spar")
    card, speech = club.said(thread)
    assert not CLOCK.search(card.text)
    assert "**engagement** · Affirmative constructive" in speech.text
    assert "Your questions: **Cross-examination by the negative**, 1 minute, until" in speech.text
    assert CLOCK.search(speech.text)


async def test_a_question_of_the_bots_leaves_the_floor_to_the_debater(club: Club) -> None:
    thread = await opened(club, format="spar")
    question = await reply(club, thread, f"{SANCTIONS} {EMBASSY}")
    assert "Your answers: **Cross-examination by the negative**, 1 minute" in question.text
    assert CLOCK.search(question.text)


async def test_after_the_last_speech_the_debaters_are_told_how_to_close(club: Club) -> None:
    thread = await opened(club, side="pressure", format="spar")
    for line in (QUESTION, "Kim breaks every promise that he makes.", "He has built bombs because he wanted them."):
        await reply(club, thread, line)
    over = await reply(club, thread, "Pressure has worked before, and it is all that he respects.")
    assert "All speeches have been given" in over.text
    assert over.buttons == ["Speak", "End"]


async def test_where_the_debater_has_the_floor_twice_the_second_speech_is_called(club: Club) -> None:
    thread = await opened(club, side="pressure", format="pf")
    for line in (SANCTIONS, "He built them in secret.", "Kim breaks every promise that he makes."):
        called = await reply(club, thread, line)
    assert "Your questions: **Second crossfire**" in called.text


@pytest.mark.parametrize(("format", "side"), [("quick", "engagement"), ("spar", "pressure")])
async def test_the_same_round_in_the_terminal_gives_the_same_points(club: Club, format: str, side: str) -> None:
    thread = await opened(club, format=format, side=side)
    fresh = (await table(club, thread)).round
    lines = [SANCTIONS, QUESTION, EMBASSY]
    for line in lines:
        await reply(club, thread, line)
    played = (await table(club, thread)).round
    assert said_in(played) == said_in(await in_the_terminal(fresh, lines))
    assert len(played.turns) >= 5


def said_in(round: Round) -> Sequence[object]:
    return [(t.speaker, t.speech, t.text, t.act, t.claims, t.reply) for t in round.turns]


async def in_the_terminal(round: Round, lines: Sequence[str]) -> Round:
    """Return a round played anew, from before its first turn, in the terminal."""
    fresh = Round(round.id, round.topic, round.side, round.format, round.level, round.seed)
    practice = Practice(Console(quiet=True), opponent(), Kept(), fresh, no_rounds)
    await practice.start()
    for line in lines:
        await practice.say(line)
    return practice.round


class Kept:
    """Keeps no round."""

    async def keep(self, round: Round, started: str = "") -> None:
        """Let it go."""

    async def load(self, name: str) -> Round:
        raise LookupError(name)


async def no_rounds() -> AsyncIterator[str]:
    return
    yield


@pytest.fixture
async def unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Club]:
    """A server that does not let the bot read what is not addressed to it."""
    async with playing(tmp_path, monkeypatch, reads=False) as here:
        here.discord.refuse_message_content = True
        yield here


async def test_where_messages_may_not_be_read_the_card_says_how_to_speak(unread: Club) -> None:
    assert "write here and mention me" in (await opened(unread)).messages[0].text


async def test_where_messages_may_not_be_read_a_mention_is_heard(unread: Club) -> None:
    thread = await opened(unread)
    await unread.ann.writes(thread, "This is not for the bot.")
    assert "[1]" in (await reply(unread, thread, f"{unread.discord.bot.mention} {SANCTIONS}")).text
    texts = [turn.text for turn in (await table(unread, thread)).round.turns if turn.speaker is Speaker.USER]
    assert texts == [SANCTIONS]


async def test_where_messages_may_not_be_read_the_form_serves(unread: Club) -> None:
    thread = await opened(unread)
    _, answer = await answers(unread, thread, lambda: speak(unread.ann, thread.messages[0], SANCTIONS), 2)
    assert "[1]" in answer.text
    for label in ("Cards", "Why this", "Flow", "Hint"):
        assert (await shown(unread, unread.ann.presses(answer, label))).text
