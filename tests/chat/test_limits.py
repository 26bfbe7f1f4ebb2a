"""What a server decides: where, by whom, how often and when rounds are played, and in whose words."""

import asyncio
import time
from collections.abc import Iterator, Sequence

import pytest

from bot.desk.allowance import MINUTE, Allowance
from bot.desk.errors import TooMuch
from bot.desk.play import Table
from bot.store.charters import Charter
from knowledge.sentences import sentences
from tests.chat.playing import EMBASSY, SANCTIONS, answers, opened, reply, speak, table
from tests.chat.steps import decreed, refusal, shown
from tests.support.club import Club
from tests.support.discord import Message


async def test_one_person_has_so_many_rounds_open_and_no_more(club: Club) -> None:
    await decreed(club, rounds_each=2)
    first, _ = [await opened(club), await opened(club)]
    told = await refusal(club, club.ann.runs(club.general, "debate start"))
    assert "You have 2 rounds open here. End one" in told
    assert len(club.general.threads) == 2
    await opened(club, club.bob, teammate=club.ann)
    await answers(club, first, lambda: club.ann.presses(first.messages[0], "End"), 3)
    await opened(club)


async def test_two_rounds_begun_at_once_count_as_two(club: Club) -> None:
    await decreed(club, rounds_each=1)
    seen = await asyncio.gather(*(shown(club, club.ann.runs(club.general, "debate start")) for _ in range(2)))
    assert sorted("Your round is open" in each.text for each in seen) == [False, True]
    assert [thread.archived for thread in club.general.threads].count(False) == 1


async def test_too_many_requests_in_a_minute_are_put_off_by_so_many_seconds(club: Club) -> None:
    await decreed(club, messages_each=2)
    thread = await opened(club)
    await reply(club, thread, SANCTIONS)
    told = await reply(club, thread, EMBASSY)
    assert told.reference
    assert told.text.startswith("That is 2 requests in a minute. Try again in ")
    assert told.text.endswith(" seconds.")
    again = await refusal(club, speak(club.ann, thread.messages[0], EMBASSY))
    assert again.startswith("That is 2 requests in a minute.")
    assert len((await table(club, thread)).round.turns) == 2


async def test_a_server_has_a_share_for_all_of_its_people(club: Club) -> None:
    await decreed(club, messages_all=1)
    await opened(club)
    told = await refusal(club, club.bob.runs(club.general, "debate start"))
    assert told.startswith("This server has asked a lot just now. Try again in ")


def test_a_minute_later_there_is_room_again() -> None:
    now = [1000.0]
    allowance, charter = Allowance(lambda: now[0]), Charter(messages_each=1)
    allowance.spend("club", charter, 1)
    now[0] += MINUTE - 20
    with pytest.raises(TooMuch, match="in 20 seconds"):
        allowance.spend("club", charter, 1)
    allowance.spend("club", charter, 2)
    now[0] += 20
    allowance.spend("club", charter, 1)


async def test_in_quiet_hours_nothing_is_begun_or_answered(club: Club) -> None:
    thread = await opened(club)
    hour = time.gmtime().tm_hour
    await decreed(club, quiet_from=hour, quiet_to=(hour + 2) % 24)
    told = await refusal(club, club.ann.runs(club.general, "debate start"))
    assert told.startswith(f"It is quiet here from {hour}:00 to ")
    assert "nothing is lost" in (await reply(club, thread, SANCTIONS)).text
    await decreed(club, quiet_from=0, quiet_to=0)
    await reply(club, thread, EMBASSY)
    assert [turn.text for turn in (await table(club, thread)).round.turns[::2]] == [EMBASSY]


async def test_rounds_are_opened_in_the_channels_for_it_alone(club: Club) -> None:
    arena = club.guild.channel("arena")
    await decreed(club, channels=(arena.id,))
    assert arena.mention in await refusal(club, club.ann.runs(club.general, "debate start"))
    seen = await shown(club, club.ann.runs(arena, "debate start"))
    (thread,) = arena.threads
    assert thread.mention in seen.text
    await shown(club, club.ann.runs(thread, "debate start"))
    assert len(arena.threads) == 2
    await opened(club, club.mod)


async def test_rounds_are_opened_by_the_roles_for_it_alone(club: Club) -> None:
    role = club.guild.role("debaters")
    club.guild.admit(club.bob.user).roles.append(role)
    await decreed(club, starters=(role.id,))
    assert "only certain roles start rounds" in await refusal(club, club.ann.runs(club.general, "debate start"))
    thread = await opened(club, club.bob, teammate=club.ann)
    await reply(club, thread, SANCTIONS)


async def test_a_channel_that_has_a_topic_of_its_own_plays_that(club: Club) -> None:
    await decreed(club, topics={club.general.id: "north-korea"})
    assert (await table(club, await opened(club))).round.topic == "north-korea"


async def test_without_words_the_bot_shows_cards_and_no_sentence_of_its_own(club: Club) -> None:
    await decreed(club, words=False)
    thread = await opened(club)
    for line in (SANCTIONS, EMBASSY):
        said = await reply(club, thread, line)
    for label in ("Cards", "Flow", "Why this"):
        seen = await shown(club, club.ann.presses(said, label))
        assert not list(own_words(await table(club, thread), seen.messages)), label
    assert "no hints" in await refusal(club, club.ann.presses(said, "Hint"))
    await answers(club, thread, lambda: club.ann.presses(said, "End"), 2)
    played = await table(club, thread)
    assert played.round.turns[-1].reply
    assert "-# [1] digest of" in said.text
    assert not list(own_words(played, club.said(thread)))
    assert not any(message.attachments for message in club.said(thread))


async def test_without_words_the_clock_runs_all_the_same(club: Club) -> None:
    await decreed(club, words=False)
    _, speech = club.said(await opened(club, side="pressure", format="spar"))
    assert "Cross-examination by the negative" in speech.text
    assert ":R>" in speech.text


def own_words(played: Table, messages: Sequence[Message]) -> Iterator[str]:
    """Yield what the bot said of its own in a round, sentence by sentence, so far as one of the messages has it."""
    shown = " ".join(message.text.replace("\\", "") for message in messages)
    replies = [turn.reply for turn in played.round.turns if turn.reply]
    said = [text for reply in replies for text in (reply.opening, reply.closing, *(p.text for p in reply.points))]
    yield from (each for text in said for each in sentences(text) if each in shown)
