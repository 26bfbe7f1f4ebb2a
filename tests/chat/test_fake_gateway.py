"""The fake's gateway, faults and CDN: what breaks for a bot that runs for long."""

import asyncio
import json
from typing import Any

import aiohttp
import discord
import pytest

from tests.support.discord import FakeDiscord, Guild, NotOffered, Person
from tests.support.discord.sample import SampleBot


async def heard(bot: SampleBot, text: str) -> discord.Message:
    async with asyncio.timeout(5):
        while not (found := [message for message in bot.heard if message.content == text]):
            bot.news.clear()
            await bot.news.wait()
    return found[0]


async def test_a_dropped_connection_is_resumed(fake: FakeDiscord, bot: SampleBot, guild: Guild, ann: Person) -> None:
    fake.gateway.drop(4000)
    await ann.writes(guild.channels["general"], "meanwhile")
    await heard(bot, "meanwhile")
    assert (fake.gateway.identified, fake.gateway.resumed) == (1, 1)


async def test_op_7_is_resumed(fake: FakeDiscord, bot: SampleBot, guild: Guild, ann: Person) -> None:
    fake.gateway.reconnect()
    await fake.until(lambda: fake.gateway.resumed)
    await ann.writes(guild.channels["general"], "after")
    await heard(bot, "after")
    assert fake.gateway.identified == 1


@pytest.mark.parametrize("resumable", [True, False])
async def test_op_9(fake: FakeDiscord, bot: SampleBot, guild: Guild, ann: Person, resumable: bool) -> None:
    fake.gateway.invalidate(resumable=resumable)
    await fake.until(lambda: fake.gateway.resumed + fake.gateway.identified == 2)
    assert fake.gateway.resumed == resumable
    await ann.writes(guild.channels["general"], "after")
    await heard(bot, "after")


async def test_a_forgotten_session_is_begun_anew(
    fake: FakeDiscord, bot: SampleBot, guild: Guild, ann: Person
) -> None:
    fake.gateway.forget()
    fake.gateway.drop()
    await fake.until(lambda: fake.gateway.identified == 2)
    await ann.writes(guild.channels["general"], "after")
    await heard(bot, "after")


async def test_heartbeats_without_acks(fake: FakeDiscord, guild: Guild, ann: Person) -> None:
    fake.gateway.heartbeat_interval = 0.02
    bot = SampleBot(heartbeat_timeout=0.2)
    async with fake.running(bot):
        await fake.until(lambda: fake.gateway.heartbeats > 3)
        fake.gateway.withhold_acks()
        await fake.until(lambda: fake.gateway.resumed)
        fake.gateway.withhold_acks(withhold=False)
        await ann.writes(guild.channels["general"], "after")
        await heard(bot, "after")


async def test_zlib_stream(fake: FakeDiscord, guild: Guild, ann: Person) -> None:
    fake.gateway.compress = True
    bot = SampleBot()
    async with fake.running(bot):
        await ann.writes(guild.channels["general"], "packed " * 200)
        await heard(bot, ("packed " * 200))
        fake.gateway.drop()
        await fake.until(lambda: fake.gateway.resumed)
        await ann.writes(guild.channels["general"], "again")
        await heard(bot, "again")


async def test_a_privileged_intent_that_is_refused(fake: FakeDiscord, guild: Guild, ann: Person) -> None:
    fake.refuse_message_content = True
    client = SampleBot()
    with pytest.raises(discord.PrivilegedIntentsRequired):
        async with fake.running(client):
            pass
    bot = SampleBot(intents=discord.Intents(guilds=True, messages=True))
    async with fake.running(bot):
        first = await ann.writes(guild.channels["general"], "secret")
        await ann.writes(guild.channels["general"], f"{fake.bot.mention} listen", reply_to=first)
        mention = await heard(bot, f"{fake.bot.mention} listen")
        assert [message.content for message in bot.heard] == ["", mention.content]
        assert isinstance(mention.reference and mention.reference.resolved, discord.Message)
        assert (await mention.channel.fetch_message(first.id)).content == ""
        await ann.writes(None, "direct")
        assert "direct" not in [message.content for message in bot.heard]


@pytest.mark.parametrize("code", [4004, 4013])
async def test_identify_is_refused(fake: FakeDiscord, code: int) -> None:
    fake.gateway.refuse(code)
    with pytest.raises(discord.ConnectionClosed) as closed:
        async with fake.running(SampleBot()):
            pass
    assert closed.value.code == code


async def test_events_keep_to_intents(fake: FakeDiscord, guild: Guild, ann: Person) -> None:
    events: list[str] = []
    bot = SampleBot(intents=discord.Intents(guilds=True), enable_debug_events=True)

    @bot.event
    async def on_socket_event_type(event: str) -> None:
        events.append(event)

    async with fake.running(bot):
        message = await ann.writes(guild.channels["general"], "unheard")
        await ann.reacts(message, "👍")
        guild.channels["general"].thread("seen", by=ann)
        await bot.wait_for("thread_create", timeout=5)
        guild.channels["general"].deny("view_channel")
        guild.channels["general"].thread("unseen", by=ann)
        guild.channel("other")
        await bot.wait_for("guild_channel_create", timeout=5)
    assert events[2:] == ["THREAD_CREATE", "CHANNEL_UPDATE", "CHANNEL_CREATE"]


async def test_members_are_chunked(fake: FakeDiscord, guild: Guild, ann: Person) -> None:
    bot = SampleBot(intents=discord.Intents(guilds=True, members=True))
    async with fake.running(bot):
        known = bot.guilds[0]
        assert known.chunked
        assert ann.id in [member.id for member in known.members]
        found = await known.query_members("an")
        assert [member.name for member in found] == ["ann"]
    assert guild.id == known.id


async def test_what_people_do_to_messages(bot: SampleBot, guild: Guild, ann: Person) -> None:
    message = await ann.writes(guild.channels["general"], "frist")
    await ann.edits(message, "first")
    edited = await bot.wait_for("raw_message_edit", timeout=5)
    assert edited.message.content == "first"
    await ann.deletes(message)
    assert (await bot.wait_for("raw_message_delete", timeout=5)).message_id == message.id
    assert not guild.channels["general"].messages
    with pytest.raises(NotOffered):
        await ann.edits(message, "too late")


async def test_a_client_left_behind_holds_nothing_up(monkeypatch: pytest.MonkeyPatch) -> None:
    client = SampleBot()
    async with FakeDiscord.started() as fake:
        fake.wire(monkeypatch)
        task = asyncio.create_task(client.start(fake.token))
        await fake.ready.wait()
    await client.close()
    await asyncio.gather(task, return_exceptions=True)


async def test_guilds_come_and_go(fake: FakeDiscord, bot: SampleBot, guild: Guild, ann: Person) -> None:
    waiting = bot.wait_for("guild_remove", timeout=5)
    fake.removed(guild)
    assert (await waiting).id == guild.id
    with pytest.raises(discord.Forbidden):
        await bot.get_partial_messageable(guild.channels["general"].id).send("still here?")
    waiting = bot.wait_for("guild_join", timeout=5)
    fake.joined(guild)
    assert (await waiting).id == guild.id
    assert (await ann.runs(guild.channels["general"], "do")).text == "nothing"


async def test_rate_limits_are_waited_for(fake: FakeDiscord, bot: SampleBot, guild: Guild) -> None:
    known = bot.get_partial_messageable(guild.channels["general"].id)
    once = fake.limit("POST /channels/*/messages", times=2, retry_after=0.01)
    everywhere = fake.limit("PATCH *", everywhere=True)
    sent = await known.send("x")
    await sent.edit(content="y")
    assert (once.seen, everywhere.seen) == (2, 1)
    assert [message.text for message in guild.channels["general"].messages] == ["y"]


async def test_answers_tell_of_rate_limits(fake: FakeDiscord) -> None:
    async with aiohttp.ClientSession(headers={"Authorization": f"Bot {fake.token}"}) as session:
        async with session.get(discord.http.Route.BASE + "/users/@me") as answer:
            assert answer.headers["Content-Type"] == "application/json"
            assert int(answer.headers["X-RateLimit-Remaining"]) > 0
            assert {"X-RateLimit-Bucket", "X-RateLimit-Limit", "X-RateLimit-Reset"} < set(answer.headers)
        fake.limit("GET /users/@me", retry_after=0.5)
        async with session.get(discord.http.Route.BASE + "/users/@me") as answer:
            assert (answer.status, "Via" in answer.headers) == (429, True)
            assert {"retry_after": 0.5, "global": False}.items() <= (await answer.json()).items()


async def test_failures_and_the_nonce(fake: FakeDiscord, bot: SampleBot, guild: Guild) -> None:
    known = bot.get_partial_messageable(guild.channels["general"].id)
    fake.fail("POST /channels/*/messages", status=503)
    with pytest.raises(discord.DiscordServerError):
        await known.send("x")
    assert not guild.channels["general"].messages
    fake.fail("POST /channels/*/messages", after=True)
    await known.send("x", nonce="1")
    assert [message.text for message in guild.channels["general"].messages] == ["x"]


async def test_the_cdn_serves_badly(fake: FakeDiscord, guild: Guild, ann: Person) -> None:
    names = ("good.txt", "short.txt", "moved.txt", "false.txt", "unsaid.txt", "gone.txt", "small.txt", "hangs.txt")
    fake.cdn.understate("small.txt", 1)
    message = await ann.writes(guild.channels["general"], files=[(name, b"0123456789") for name in names])
    files = {file.name: file for file in message.attachments}
    assert files["small.txt"].size == 1
    fake.cdn.truncate("short.txt")
    fake.cdn.redirect("moved.txt", files["good.txt"].url)
    fake.cdn.claim("false.txt", 4)
    fake.cdn.claim("unsaid.txt", None)
    fake.cdn.remove(files["gone.txt"])
    fake.cdn.hang("hangs.txt")
    async with aiohttp.ClientSession() as session:
        read = {}
        for name in ("good.txt", "moved.txt", "false.txt", "unsaid.txt", "small.txt"):
            async with session.get(files[name].url) as answer:
                read[name] = (answer.content_length, await answer.read())
        assert read["good.txt"] == read["moved.txt"] == read["small.txt"] == (10, b"0123456789")
        assert read["false.txt"] == (4, b"0123")
        assert read["unsaid.txt"] == (None, b"0123456789")
        async with session.get(files["gone.txt"].url) as answer:
            assert answer.status == 404
        with pytest.raises(aiohttp.ClientPayloadError):
            async with session.get(files["short.txt"].url) as answer:
                await answer.read()
        with pytest.raises(TimeoutError):
            await session.get(files["hangs.txt"].url, timeout=aiohttp.ClientTimeout(total=0.05))
    assert fake.cdn.served.count("good.txt") == 2


async def test_avatars(bot: SampleBot, ann: Person) -> None:
    assert (await (await bot.fetch_user(ann.id)).display_avatar.read()).startswith(b"\x89PNG")


async def test_wiring_reaches_nothing_but_loopback(fake: FakeDiscord) -> None:
    assert discord.http.Route.BASE.startswith("http://127.0.0.1:")
    assert str(discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY).startswith("ws://127.0.0.1:")
    assert fake.origin.startswith("http://127.0.0.1:")


async def test_ids_are_strings_on_the_wire(fake: FakeDiscord, guild: Guild, ann: Person) -> None:
    frames: list[dict[str, Any]] = []
    bot = SampleBot(enable_debug_events=True)

    @bot.event
    async def on_socket_raw_receive(frame: str) -> None:
        frames.append(json.loads(frame))

    async with fake.running(bot):
        await ann.runs(guild.channels["general"], "do")
    asked = next(frame["d"] for frame in frames if frame["t"] == "INTERACTION_CREATE")
    assert {type(asked[key]) for key in ("id", "application_id", "channel_id", "guild_id", "app_permissions")} == {
        str
    }
    assert asked["authorizing_integration_owners"] == {"0": str(guild.id)}
    assert (asked["context"], asked["locale"], asked["entitlements"]) == (0, "en-US", [])
    assert asked["attachment_size_limit"] == 10 * 1024 * 1024
    assert int(asked["member"]["permissions"]) & discord.Permissions(send_messages=True).value


@pytest.mark.usefixtures("bot")
async def test_a_hundred_rounds_at_once(fake: FakeDiscord, guild: Guild) -> None:
    people = [guild.member(f"p{number}") for number in range(100)]
    general = guild.channels["general"]
    seen = await asyncio.gather(*(p.runs(general, "debate start", topic=p.user.name) for p in people))
    await asyncio.gather(*(one.settled() for one in seen))
    assert [one.text for one in seen] == [f"p{number} for" for number in range(100)]
    fake.check(refusals=())
