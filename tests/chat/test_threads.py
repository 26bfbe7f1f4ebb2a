"""Threads that are archived, locked or deleted, and rights that the bot loses."""

import re

import pytest

from tests.chat.playing import EMBASSY, SANCTIONS, answers, lock, opened, reply, speak, table
from tests.chat.steps import LIMIT, at_rest, house, refusal, shown
from tests.support.club import Club
from tests.support.discord import Thread

CLOSED = "Your speech is kept, but its thread is closed to me."


async def test_an_archived_thread_is_opened_again_by_what_is_said_there(club: Club) -> None:
    thread = await opened(club)
    lock(thread, locked=False, archived=True)
    assert "[1]" in (await reply(club, thread, SANCTIONS)).text
    lock(thread, locked=False, archived=True)
    await answers(club, thread, lambda: speak(club.ann, thread.messages[0], EMBASSY), 2)
    assert not thread.archived


async def test_resume_points_to_an_archived_thread(club: Club) -> None:
    thread = await opened(club)
    lock(thread, locked=False, archived=True)
    assert thread.mention in (await shown(club, club.ann.runs(club.general, "debate resume"))).text


@pytest.mark.parametrize("archived", [False, True])
async def test_a_locked_thread_gets_its_answer_once_it_is_unlocked(club: Club, archived: bool) -> None:
    thread = await opened(club)
    form = (await club.ann.presses(thread.messages[0], "Speak")).modal
    lock(thread, archived=archived)
    assert CLOSED in await refusal(club, club.ann.fills(form, {"What do you say?": SANCTIONS}))
    assert len(club.said(thread)) == 1
    speech, answer = await answers(club, thread, lambda: unlock(thread), 2)
    assert SANCTIONS in speech.text
    assert "[1]" in answer.text
    await reply(club, thread, EMBASSY)
    assert len(club.said(thread)) == 4


async def unlock(thread: Thread) -> None:
    lock(thread, locked=False)


async def test_what_is_written_in_a_locked_thread_is_answered_once_it_is_unlocked(club: Club) -> None:
    thread = await opened(club)
    lock(thread)
    await club.ann.writes(thread, SANCTIONS)
    await club.discord.until(lambda: thread.typed, LIMIT)
    assert len((await table(club, thread)).round.turns) == 2
    assert len(club.said(thread)) == 1
    lock(thread, locked=False)
    await club.discord.until(lambda: len(club.said(thread)) == 2, LIMIT)


async def test_a_round_whose_thread_is_locked_goes_on_in_a_new_one(club: Club) -> None:
    thread = await opened(club)
    lock(thread)
    await club.ann.writes(thread, SANCTIONS)
    await club.discord.until(lambda: thread.typed, LIMIT)
    await table(club, thread)
    await shown(club, club.ann.runs(club.general, "debate resume"))
    fresh = club.general.threads[-1]
    assert fresh is not thread
    await club.discord.until(lambda: len(club.said(fresh)) == 3, LIMIT)
    assert "[1]" in club.said(fresh)[-1].text


async def test_a_round_whose_thread_is_gone_shows_its_ballot_to_whoever_ends_it(club: Club) -> None:
    thread = await opened(club)
    name = (await table(club, thread)).round.id
    thread.world.drop(thread)
    assert "Ballot" in (await shown(club, club.ann.runs(club.general, "debate end", round=name))).text
    assert "You have no such open round" in (await shown(club, club.ann.runs(club.general, "debate resume"))).text


async def test_a_round_that_ends_while_its_thread_is_locked_shows_its_ballot_there_once_it_is_unlocked(
    club: Club,
) -> None:
    thread = await opened(club)
    name = (await table(club, thread)).round.id
    lock(thread)
    await at_rest()
    assert "Ballot" in (await shown(club, club.ann.runs(club.general, "debate end", round=name))).text
    assert len(club.said(thread)) == 1
    lock(thread, locked=False)
    await club.discord.until(lambda: "The whole round" in club.said(thread)[-1].text, LIMIT)
    assert "Ballot" in club.said(thread)[-2].text


async def test_a_round_whose_thread_goes_in_mid_reply_is_answered_in_its_next(club: Club) -> None:
    thread = await opened(club)
    await club.ann.writes(thread, SANCTIONS)
    await club.discord.until(lambda: thread.typed, LIMIT)
    thread.world.drop(thread)
    await shown(club, club.ann.runs(club.general, "debate resume"))
    (fresh,) = club.general.threads
    await club.discord.until(lambda: len(club.said(fresh)) == 3, LIMIT)
    assert "[1]" in club.said(fresh)[-1].text


@pytest.mark.parametrize(
    ("right", "name"),
    [("create_public_threads", "Create Public Threads"), ("send_messages_in_threads", "Send Messages in Threads")],
)
async def test_where_the_bot_may_not_open_or_fill_a_thread_no_round_is_begun(
    club: Club, right: str, name: str
) -> None:
    club.general.deny(right)
    assert f"I lack {name}." in await refusal(club, club.ann.runs(club.general, "debate start"))
    assert not club.general.threads
    assert not await club.client.work(club.desk.play.unclosed(await house(club)))
    club.general.allow(right)
    await opened(club)


async def test_a_round_that_fails_on_the_way_is_not_half_begun(club: Club) -> None:
    fault = club.discord.fail("POST /channels/*/messages", 1, 400)
    seen = await shown(club, club.ann.runs(club.general, "debate start"))
    assert fault.seen
    assert re.search(r"nothing was changed\. .+ [0-9A-F]{6}\.$", seen.text)
    assert not await club.client.work(club.desk.play.unclosed(await house(club)))
    assert all(thread.archived for thread in club.general.threads)


async def test_a_speech_where_the_bot_may_not_write_any_more_is_kept_until_it_may(club: Club) -> None:
    thread = await opened(club)
    form = (await club.ann.presses(thread.messages[0], "Speak")).modal
    club.general.deny("send_messages_in_threads")
    assert CLOSED in await refusal(club, club.ann.fills(form, {"What do you say?": SANCTIONS}))
    club.general.allow("send_messages_in_threads")
    await answers(club, thread, lambda: club.ann.writes(thread, EMBASSY), 3)
    assert len((await table(club, thread)).round.turns) == 4


async def test_where_discord_refuses_a_post_all_the_same_one_sentence_says_so(club: Club) -> None:
    thread = await opened(club)
    club.discord.fail("POST /channels/*/messages", 1, 403)
    told = await shown(club, speak(club.ann, thread.messages[0], SANCTIONS))
    assert re.search(r"I lack a permission in this channel\. .+ \(code [0-9A-F]{6}\)$", told.text)
    assert len(told.messages) == 1
    await answers(club, thread, lambda: club.ann.writes(thread, EMBASSY), 3)


async def test_a_round_out_of_the_bots_sight_goes_on_where_it_sees(club: Club) -> None:
    await opened(club)
    club.general.deny("view_channel")
    other = club.guild.channel("other")
    await shown(club, club.ann.runs(other, "debate resume"))
    (fresh,) = other.threads
    assert "The round goes on here." in fresh.messages[-1].text
