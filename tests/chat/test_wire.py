"""The line to Discord: slow, failing, broken off, refused; no answer is lost or doubled for that."""

import asyncio
import threading
from collections.abc import Awaitable

import pytest

from tests.chat.playing import EMBASSY, SANCTIONS, answers, opened, reply, table
from tests.chat.steps import LIMIT, shown
from tests.support.club import Club
from tests.support.discord import Seen, Thread

POSTS = "POST /channels/*/messages"


@pytest.fixture(autouse=True)
def _short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.desk.patience.WAITS", (0.01,) * 500)


async def answered_once(club: Club, thread: Thread, text: str = SANCTIONS) -> None:
    """Fail unless what was written last in a thread is answered, by one message."""
    await club.discord.until(lambda: len(club.said(thread)) >= 2, LIMIT)
    turns = (await table(club, thread)).round.turns
    assert turns[0].text == text
    assert len(turns) == 2
    assert len(club.said(thread)) == 2


async def test_rate_limits_are_waited_out(club: Club) -> None:
    thread = await opened(club)
    posts = club.discord.limit(POSTS, 3)
    everywhere = club.discord.limit("POST /channels/*/typing", 1, everywhere=True)
    await club.ann.writes(thread, SANCTIONS)
    await answered_once(club, thread)
    assert (posts.seen, everywhere.seen) == (3, 1)


async def test_an_acknowledgement_that_was_put_off_comes_in_time(club: Club) -> None:
    limit = club.discord.limit("POST /interactions/*", 2)
    await opened(club)
    assert limit.seen == 2


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("status", [502, 503])
async def test_a_post_that_fails_is_tried_again_and_made_once(club: Club, status: int, after: bool) -> None:
    thread = await opened(club)
    fault = club.discord.fail(POSTS, 1, status, after=after)
    await club.ann.writes(thread, SANCTIONS)
    await answered_once(club, thread)
    assert fault.seen == 1


async def test_the_end_of_a_round_is_told_once_whatever_fails(club: Club) -> None:
    thread = await opened(club)
    club.discord.fail(POSTS, 2, 503, after=True)
    await answers(club, thread, lambda: club.ann.presses(thread.messages[0], "End"), 3)
    await table(club, thread)
    assert sum("ends the round" in message.text for message in club.said(thread)) == 1


async def test_typing_that_fails_holds_up_nothing(club: Club) -> None:
    thread = await opened(club)
    club.discord.fail("POST /channels/*/typing", 100, 503)
    await club.ann.writes(thread, SANCTIONS)
    await answered_once(club, thread)


async def test_a_line_that_breaks_in_mid_reply_loses_nothing(club: Club) -> None:
    thread = await opened(club)
    await club.ann.writes(thread, SANCTIONS)
    await club.discord.until(lambda: thread.typed, LIMIT)
    club.discord.gateway.drop(4000)
    await answered_once(club, thread)
    await club.discord.until(lambda: club.discord.gateway.resumed, LIMIT)
    await reply(club, thread, EMBASSY)
    assert len((await table(club, thread)).round.turns) == 4


async def test_what_is_written_while_the_line_is_down_is_answered_once(club: Club) -> None:
    thread = await opened(club)
    club.discord.gateway.drop(4000)
    await club.ann.writes(thread, SANCTIONS)
    await answered_once(club, thread)
    assert club.discord.gateway.resumed == 1


async def test_a_session_that_cannot_be_resumed_loses_and_doubles_nothing(club: Club) -> None:
    thread = await opened(club)
    await club.ann.writes(thread, SANCTIONS)
    await club.discord.until(lambda: thread.typed, LIMIT)
    club.discord.gateway.invalidate(resumable=False)
    await club.ann.writes(thread, EMBASSY)
    await club.discord.until(lambda: club.discord.gateway.identified == 2, LIMIT)
    await club.discord.until(lambda: len(club.said(thread)) == 3, LIMIT)
    assert [turn.text for turn in (await table(club, thread)).round.turns[::2]] == [SANCTIONS, EMBASSY]
    assert len(club.said(thread)) == 3


async def test_everything_is_acknowledged_in_time_while_the_desk_is_busy(club: Club) -> None:
    thread = await opened(club)
    said = await reply(club, thread, SANCTIONS)
    form = (await club.ann.presses(said, "Speak")).modal
    begun, over = threading.Event(), threading.Event()

    async def busy() -> None:
        begun.set()
        over.wait(LIMIT)

    task = asyncio.create_task(club.client.work(busy()))
    await asyncio.to_thread(begun.wait)
    try:
        suggested = asyncio.create_task(club.ann.suggests(club.general, "debate start", "topic", ""))
        doing: list[Awaitable[Seen]] = [club.ann.presses(said, label) for label in said.buttons if label != "End"]
        doing += [club.ann.fills(form, {"What do you say?": EMBASSY})]
        doing += [club.bob.runs(club.general, name) for name in ("debate start", "debate list", "debate resume")]
        seen = await asyncio.gather(*doing)
        assert all(each.acked_after is not None and each.acked_after < 3 for each in seen)
        assert await suggested == []
    finally:
        over.set()
        await task
    await shown(club, club.ann.presses(said, "Flow"))
    await club.discord.until(lambda: len(club.said(thread)) == 4, LIMIT)
    await club.discord.until(lambda: all(not each.deferred for each in seen[1:6]), LIMIT)
