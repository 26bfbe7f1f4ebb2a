"""Mistakes of the bot's own, what the log says of them, and what people's words can't do."""

import asyncio
import logging
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from discord.http import Route

from bot.chat.door import DoorError, serve
from tests.chat.playing import SANCTIONS, answers, opened, reply, speak, table
from tests.chat.steps import LIMIT, shown
from tests.support.club import Club, a_desk
from tests.support.discord import FakeDiscord
from tests.support.discord.fake import TOKEN
from tests.support.readings import apart

CODE = re.compile(r"Something went wrong on my side, and nothing was changed\..* (?P<code>[0-9A-F]{6})\.$")
INVITE = "https://discord.gg/abc"
MARKUP = f"""# Big
> quoted
- item
1. first
-# small
@everyone <@1> <@&2> <#3> </ban:4> <t:5:R> {INVITE} [free](https://evil.example) **loud** `code` ||hush||"""


async def broken(*_: object, **__: object) -> None:
    raise ZeroDivisionError("the ring is not closed")


async def test_an_error_inside_is_one_sentence_with_the_code_that_the_log_has(
    club: Club, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    thread = await opened(club)
    for name in ("hint", "say", "of"):
        monkeypatch.setattr(club.desk.play, name, broken)
    pressed = (await shown(club, club.ann.presses(thread.messages[0], "Hint"))).message
    written = (await answers(club, thread, lambda: club.ann.writes(thread, SANCTIONS)))[0]
    commanded = (await shown(club, club.ann.runs(club.general, "debate list"))).message
    for message in (pressed, written, commanded):
        told = CODE.fullmatch(message.text)
        assert told, message.text
        assert f"{told['code']} " in caplog.text
    assert "the ring is not closed" in caplog.text
    assert pressed.ephemeral
    assert commanded.ephemeral


async def test_a_mistake_of_the_persons_leaves_no_trace_in_the_log(
    club: Club, caplog: pytest.LogCaptureFixture
) -> None:
    await shown(club, club.ann.runs(club.general, "debate start", side="cheese"))
    assert not [record for record in caplog.records if record.name.startswith("gainsay")]


async def test_mentions_markdown_and_invites_in_a_speech_come_out_dead(club: Club) -> None:
    thread = await opened(club, teammate=club.bob)
    speech, answer = await answers(club, thread, lambda: speak(club.ann, thread.messages[0], MARKUP), 2)
    for live in ("@everyone", INVITE, "[free]", "**loud**", "`code`", "||hush||"):
        assert live not in speech.text
    for line in ("> \\# Big", "> \\> quoted", "> \\- item", "> 1\\. first", "> \\-# small"):
        assert line in speech.text
    for mark in ("\\<@1>", "\\<@&2>", "\\<#3>", "\\</ban:4>", "\\<t:5:R>"):
        assert mark in speech.text
    for label in ("Flow", "Why this"):
        seen = await shown(club, club.ann.presses(answer, label))
        assert INVITE not in seen.text
        assert not re.search(r"(?<!\\)<[@#/t]", seen.text)
    page = (await answers(club, thread, lambda: club.ann.presses(answer, "End"), 3))[-1].attachments[0]
    assert b"<@1>" not in page.data


async def test_a_name_that_would_call_everybody_does_not(club: Club) -> None:
    joker = club.guild.member("@everyone")
    thread = await opened(club, joker)
    assert thread.name.startswith("@everyone: ")
    assert thread.messages[0].body.mentions.everyone is False


async def test_every_post_says_whom_it_may_call(club: Club) -> None:
    thread = await opened(club)
    await reply(club, thread, f"{club.mod.mention} @everyone {SANCTIONS}")
    await answers(club, thread, lambda: club.ann.presses(thread.messages[0], "End"), 3)
    assert not any(message.mentioned for message in club.said(thread))


@asynccontextmanager
async def served(folder: Path, token: str = TOKEN) -> AsyncIterator[asyncio.Task[None]]:
    """Yield the bot at work, as gainsay discord runs it."""
    async with a_desk(folder) as desk:
        task = asyncio.create_task(serve(desk, apart(), token))
        try:
            yield task
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


async def test_a_server_that_refuses_the_content_intent_is_served_without_it(
    fake: FakeDiscord, tmp_path: Path
) -> None:
    fake.refuse_message_content = True
    guild = fake.guild("Debate Club")
    ann, general = guild.member("ann"), guild.channels["general"]
    async with served(tmp_path):
        await fake.until(lambda: fake.gateway.identified, LIMIT)
        await fake.until(lambda: "debate" in fake.commands, LIMIT)
        seen = await ann.runs(general, "debate start")
        await fake.until(lambda: seen.text, LIMIT)
        assert "mention me" in general.threads[0].messages[0].text


@pytest.mark.usefixtures("fake")
async def test_a_token_that_is_refused_is_said_so(tmp_path: Path) -> None:
    async with served(tmp_path, "of-another-bot") as task:
        with pytest.raises(DoorError, match="Discord refuses the token"):
            await task


async def test_a_token_that_is_withdrawn_is_said_so(fake: FakeDiscord, tmp_path: Path) -> None:
    async with served(tmp_path) as task:
        await fake.until(lambda: fake.gateway.identified, LIMIT)
        fake.gateway.drop(4004)
        with pytest.raises(DoorError, match=r"shut the door \(4004\)"):
            await task


@pytest.mark.usefixtures("fake")
async def test_a_discord_that_is_not_there_is_said_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Route, "BASE", "http://127.0.0.1:1/api/v10")
    async with served(tmp_path) as task:
        with pytest.raises(DoorError, match="Discord can't be reached"):
            await task


async def test_the_token_is_never_in_the_log(
    fake: FakeDiscord, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    guild = fake.guild("Debate Club")
    async with served(tmp_path):
        await fake.until(lambda: fake.gateway.identified, LIMIT)
        fake.gateway.drop(4000)
        await fake.until(lambda: fake.gateway.resumed, LIMIT)
        fake.fail("POST /channels/*/threads", 1, 403)
        seen = await guild.member("ann").runs(guild.channels["general"], "debate start")
        await fake.until(lambda: seen.text, LIMIT)
        fake.gateway.drop(4004)
    assert "discord.http" in {record.name for record in caplog.records}
    assert TOKEN not in caplog.text
    assert not any(TOKEN in str(value) for record in caplog.records for value in vars(record).values())


async def test_a_round_plays_on_after_an_error(club: Club, monkeypatch: pytest.MonkeyPatch) -> None:
    thread = await opened(club)
    with monkeypatch.context() as patch:
        patch.setattr(club.desk.play, "say", broken)
        await answers(club, thread, lambda: club.ann.writes(thread, SANCTIONS))
    await reply(club, thread, SANCTIONS)
    assert len((await table(club, thread)).round.turns) == 2
