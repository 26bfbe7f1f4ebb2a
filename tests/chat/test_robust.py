"""Restarts: what was open goes on, what was said is answered, nothing twice."""

import asyncio
from pathlib import Path

import pytest

from bot.debate.turn import Speaker, Turn
from tests.chat.playing import EMBASSY, SANCTIONS, answers, opened, reply, restarted, speak, table
from tests.chat.steps import FERRY, LIMIT, at_rest, ferry, house, shown
from tests.support.club import Club
from tests.support.discord import Thread
from tests.support.discord.faults import Fault
from tests.support.readings import opponent

POSTS = "POST /channels/*/messages"
ALWAYS = 1_000_000


async def said_by_users(club: Club, thread: Thread) -> list[str]:
    """Return what the debaters said, if the bot has answered each of it once."""
    round = (await table(club, thread)).round
    speakers = [turn.speaker for turn in round.turns]
    assert speakers == [Speaker.USER, Speaker.BOT] * (len(speakers) // 2)
    assert len(club.said(thread)) == 1 + len(speakers) // 2
    return [turn.text for turn in round.turns[::2]]


async def test_buttons_from_before_a_restart_work(club: Club, tmp_path: Path) -> None:
    thread = await opened(club)
    said = await reply(club, thread, SANCTIONS)
    async with restarted(club, tmp_path):
        for label in ("Cards", "Why this", "Flow", "Hint", "Concede"):
            assert (await shown(club, club.ann.presses(said, label))).text
        await answers(club, thread, lambda: speak(club.ann, thread.messages[0], EMBASSY), 2)
        await answers(club, thread, lambda: club.ann.presses(said, "End"), 3)


async def test_a_form_opened_before_a_restart_can_be_handed_in_after_it(club: Club, tmp_path: Path) -> None:
    thread = await opened(club)
    form = (await club.ann.presses(thread.messages[0], "Speak")).modal
    async with restarted(club, tmp_path):
        speech, answer = await answers(club, thread, lambda: club.ann.fills(form, {"What do you say?": SANCTIONS}), 2)
    assert SANCTIONS in speech.text
    assert "[1]" in answer.text


async def test_a_menu_from_before_a_restart_works(club: Club, tmp_path: Path) -> None:
    panel = (await shown(club, club.mod.runs(club.general, "settings"))).message
    async with restarted(club, tmp_path):
        await club.mod.picks(panel, "Channels", [club.general])
        await club.discord.until(lambda: panel.edits, LIMIT)
        visitor = await club.client.work(club.desk.visitor(str(club.guild.id), club.mod.id))
        assert visitor.charter.channels == (club.general.id,)


async def test_what_was_written_while_the_bot_was_away_is_answered_once(club: Club, tmp_path: Path) -> None:
    thread = await opened(club, teammate=club.bob)
    await reply(club, thread, SANCTIONS)
    await club.client.close()
    await club.ann.writes(thread, EMBASSY)
    await club.eve.writes(thread, "I only look on.")
    await club.bob.writes(thread, "He has built bombs all the same.")
    async with restarted(club, tmp_path):
        await club.ann.writes(thread, "Isolation hurts the people.")
        await club.discord.until(lambda: len(club.said(thread)) >= 5, LIMIT)
        assert await said_by_users(club, thread) == [
            SANCTIONS,
            EMBASSY,
            "He has built bombs all the same.",
            "Isolation hurts the people.",
        ]
    async with restarted(club, tmp_path):
        await reply(club, thread, "Pressure has had its chance.")
        assert len(await said_by_users(club, thread)) == 5


async def test_an_answer_that_was_being_made_when_the_bot_stopped_is_made_again(club: Club, tmp_path: Path) -> None:
    thread = await opened(club)
    round = (await table(club, thread)).round
    heard = await opponent().hear(round, SANCTIONS)
    half = round.add(Turn(1, Speaker.USER, SANCTIONS, "2026-01-01T00:00:00+00:00", heard.act, heard.claims))
    await club.client.work((await house(club)).rounds.keep(half))
    async with restarted(club, tmp_path):
        await club.discord.until(lambda: len(club.said(thread)) == 2, LIMIT)
        assert await said_by_users(club, thread) == [SANCTIONS]


async def test_a_form_from_before_a_restart_is_taken_up(club: Club, tmp_path: Path) -> None:
    await ferry(club, ())
    made = (await club.mod.runs(club.general, "topic create")).modal
    added = (await club.mod.runs(club.general, "topic add", topic="ferry")).modal
    panel = await shown(club, club.mod.runs(club.general, "settings"))
    limits = (await club.mod.presses(panel.message, "Limits and hours")).modal
    async with restarted(club, tmp_path):
        motion = {"Motion": "Paint the boats.", "Short name": "boats", "Side for": "red", "Side against": "blue"}
        assert "### Paint the boats." in (await shown(club, club.mod.fills(made, motion))).text
        files = {"Readings": [FERRY], "Which side do they argue for?": "For the motion"}
        assert "Added to **ferry**" in (await shown(club, club.mod.fills(added, files))).text
        await club.mod.fills(limits, {"Open rounds of one person at once": "5"})
        await at_rest()
        assert (await club.client.work(club.desk.decrees.of(await house(club)))).rounds_each == 5


async def test_a_ballot_that_was_not_posted_when_the_bot_stopped_is_posted_once(club: Club, tmp_path: Path) -> None:
    thread = await opened(club)
    await reply(club, thread, SANCTIONS)
    fault = club.discord.fail("POST /channels/*/messages", 10**6, 502)
    await club.ann.presses(thread.messages[0], "End")
    await club.discord.until(lambda: fault.seen, LIMIT)
    await club.client.close()
    fault.times = 0
    for _ in range(2):
        async with restarted(club, tmp_path):
            await club.discord.until(lambda: "The whole round" in club.said(thread)[-1].text, LIMIT)
            await at_rest()
    told = [message.text for message in club.said(thread)]
    assert [sum(part in text for text in told) for part in ("ends the round", "Ballot", "The whole round")] == [
        1,
        1,
        1,
    ]


async def stopped_at(club: Club, thread: Thread, fault: Fault) -> None:
    """Have the bot stop when a fault keeps it from knowing that its answer is posted."""
    await club.ann.writes(thread, SANCTIONS)
    await club.discord.until(lambda: fault.seen, LIMIT)
    await club.client.close()
    fault.times = 0


async def test_an_answer_that_was_kept_but_not_posted_is_posted_after_the_restart(club: Club, tmp_path: Path) -> None:
    thread = await opened(club)
    await stopped_at(club, thread, club.discord.fail(POSTS, ALWAYS, 503))
    assert len(club.said(thread)) == 1
    async with restarted(club, tmp_path):
        await club.discord.until(lambda: len(club.said(thread)) == 2, LIMIT)
        assert await said_by_users(club, thread) == [SANCTIONS]


@pytest.mark.parametrize("minutes", [0, 30])
async def test_an_answer_that_was_posted_unbeknown_is_not_posted_again(
    club: Club, tmp_path: Path, minutes: float
) -> None:
    thread = await opened(club)
    await stopped_at(club, thread, club.discord.fail(POSTS, ALWAYS, 503, after=True))
    assert len(club.said(thread)) == 2
    club.discord.clock.advance(60 * minutes)
    async with restarted(club, tmp_path):
        await reply(club, thread, EMBASSY)
        assert await said_by_users(club, thread) == [SANCTIONS, EMBASSY]


async def test_two_who_write_at_once_are_both_answered_in_order(club: Club) -> None:
    thread = await opened(club, teammate=club.bob)
    club.discord.limit("POST /channels/*/typing", retry_after=0.2)
    lines = [SANCTIONS, EMBASSY, "He has built bombs all the same.", "Isolation hurts the people."]
    for line, who in zip(lines, [club.ann, club.bob] * 2, strict=True):
        await who.writes(thread, line)
    await club.discord.until(lambda: len(club.said(thread)) == 5, LIMIT)
    assert await said_by_users(club, thread) == lines


async def test_two_who_hand_in_at_once_are_both_answered(club: Club) -> None:
    thread = await opened(club, teammate=club.bob)
    forms = [await who.presses(thread.messages[0], "Speak") for who in (club.ann, club.bob)]
    given = zip((club.ann, club.bob), forms, (SANCTIONS, EMBASSY), strict=True)
    await asyncio.gather(*(who.fills(form.modal, {"What do you say?": text}) for who, form, text in given))
    await club.discord.until(lambda: len(club.said(thread)) == 5, LIMIT)
    turns = (await table(club, thread)).round.turns
    assert {turn.text for turn in turns[::2]} == {SANCTIONS, EMBASSY}
    assert len(turns) == 4


async def test_two_who_end_at_once_end_it_once(club: Club) -> None:
    thread = await opened(club, teammate=club.bob)
    card = thread.messages[0]
    seen = await asyncio.gather(club.ann.presses(card, "End"), club.bob.presses(card, "End"))
    await club.discord.until(lambda: len(club.said(thread)) == 4, LIMIT)
    told = await club.discord.until(lambda: [each.text for each in seen if each.text], LIMIT)
    assert told == ["This round has ended already. /debate ballot shows how."]
    assert sum("Ballot" in message.text for message in club.said(thread)) == 1
