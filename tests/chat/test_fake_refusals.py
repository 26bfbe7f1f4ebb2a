"""What Discord refuses, the fake refuses: with the same codes, to an unmodified discord.py."""

import io
from collections.abc import AsyncIterator
from typing import Any

import discord
import pytest
from discord import ui
from discord.http import Route

from tests.support.discord import FakeDiscord, Guild, Person
from tests.support.discord.sample import SampleBot, card

V2 = 1 << 15
Json = dict[str, Any]


@pytest.fixture
async def rest(guild: Guild) -> AsyncIterator[SampleBot]:
    """A bot that is logged in and has no gateway: all that REST alone needs."""
    client = SampleBot()
    await client.login(guild.world.token)
    yield client
    await client.close()


def text(content: str) -> Json:
    return {"type": 10, "content": content}


def button(**given: Any) -> Json:
    return {"type": 2, "style": 1, "label": "b", "custom_id": "b"} | given


def row(*inside: Json) -> Json:
    return {"type": 1, "components": list(inside)}


def select(number: int) -> Json:
    return {"type": 3, "custom_id": "s", "options": [{"label": str(n), "value": str(n)} for n in range(number)]}


def v2(*components: Json) -> Json:
    return {"flags": V2, "components": list(components)}


REFUSED: list[tuple[str, int, Json]] = [
    ("nothing", 50006, {}),
    ("only spaces", 50006, {"content": "  \n"}),
    ("content too long", 50035, {"content": "x" * 2001}),
    ("content beside V2", 50035, {"content": "x"} | v2(text("x"))),
    ("embeds beside V2", 50035, {"embeds": [{"title": "x"}]} | v2(text("x"))),
    ("V2 without its flag", 50035, {"components": [text("x")]}),
    ("V2 without components", 50035, v2()),
    ("too much text", 50035, v2(text("x" * 2001), {"type": 17, "components": [text("x" * 2000)]})),
    ("no text", 50035, v2(text(""))),
    ("41 components, nested", 50035, v2(*[{"type": 17, "components": [text("x")] * 9}] * 4, text("x"))),
    ("6 buttons in a row", 50035, v2(row(*(button(custom_id=str(n)) for n in range(6))))),
    ("6 rows", 50035, {"content": "x", "components": [row(button(custom_id=str(n))) for n in range(6)]}),
    ("26 options", 50035, v2(row(select(26)))),
    ("a select beside a button", 50035, v2(row(select(2), button()))),
    ("a bare button", 50035, v2(button())),
    ("custom id too long", 50035, v2(row(button(custom_id="x" * 101)))),
    ("custom id twice", 50035, v2(row(button(), button()))),
    ("label too long", 50035, v2(row(button(label="x" * 81)))),
    ("no label", 50035, v2(row(button(label="")))),
    ("a link that asks", 50035, v2(row(button(url="https://x.example")))),
    ("a section of buttons", 50035, v2({"type": 9, "components": [button()], "accessory": button(custom_id="c")})),
    ("a container in a container", 50035, v2({"type": 17, "components": [{"type": 17, "components": [text("x")]}]})),
    ("a file that is not uploaded", 50035, v2({"type": 13, "file": {"url": "attachment://a.txt"}})),
    ("an answer to nothing", 50035, {"content": "x", "message_reference": {"message_id": "1"}}),
    ("an attachment that is not there", 50035, {"content": "x", "attachments": [{"id": "0", "filename": "a"}]}),
]


@pytest.mark.parametrize(("code", "body"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
async def test_messages_that_are_refused(
    fake: FakeDiscord, rest: SampleBot, guild: Guild, code: int, body: Json
) -> None:
    general = guild.channels["general"]
    route = Route("POST", "/channels/{channel_id}/messages", channel_id=general.id)
    with pytest.raises(discord.HTTPException) as refused:
        await rest.http.request(route, json=body | {"allowed_mentions": {"parse": []}})
    assert refused.value.code == code
    assert [error.code for error in fake.errors] == [code]
    assert not general.messages


@pytest.mark.parametrize(
    "body",
    [
        v2(text("x" * 4000)),
        v2(*[{"type": 17, "components": [text("x")] * 9}] * 4),
        v2(row(select(25)), row(*(button(custom_id=str(n)) for n in range(5)))),
        {"content": "x" * 2000, "components": [row(button(custom_id="x" * 100, label="x" * 80))]},
    ],
)
async def test_messages_at_the_limits(rest: SampleBot, guild: Guild, body: Json) -> None:
    route = Route("POST", "/channels/{channel_id}/messages", channel_id=guild.channels["general"].id)
    await rest.http.request(route, json=body | {"allowed_mentions": {"parse": []}})
    assert len(guild.channels["general"].messages) == 1


async def test_files(fake: FakeDiscord, bot: SampleBot, guild: Guild) -> None:
    general = guild.channels["general"]
    known = bot.get_channel(general.id)
    assert isinstance(known, discord.TextChannel)
    view = ui.LayoutView()
    view.add_item(ui.File("attachment://a.txt"))
    view.add_item(ui.MediaGallery(discord.MediaGalleryItem("attachment://b.png")))
    view.add_item(ui.Section("see", accessory=ui.Thumbnail("attachment://b.png")))
    files = [discord.File(io.BytesIO(b"1"), "a.txt"), discord.File(io.BytesIO(b"2"), "b.png")]
    sent = await known.send(view=view, files=files)
    assert [file.data for file in general.messages[0].attachments] == [b"1", b"2"]
    assert {part["file"]["url"] for part in general.messages[0].components[:1]} == {sent.attachments[0].url}
    fake.limit_uploads(3)
    with pytest.raises(discord.HTTPException) as refused:
        await known.send(file=discord.File(io.BytesIO(b"1234"), "c.txt"))
    assert refused.value.code == 40005


async def test_edits_that_are_refused(bot: SampleBot, guild: Guild, ann: Person) -> None:
    known = bot.get_channel(guild.channels["general"].id)
    assert isinstance(known, discord.TextChannel)
    sent = await known.send(view=card(0))
    codes = []
    bodies: list[Json] = [{"flags": 0, "content": "x"}, {"content": "x"}, {"components": []}]
    for body in bodies:
        route = Route("PATCH", "/channels/{channel_id}/messages/{id}", channel_id=known.id, id=sent.id)
        with pytest.raises(discord.HTTPException) as refused:
            await bot.http.request(route, json=body)
        codes.append(refused.value.code)
    assert codes == [50035, 50035, 50035]
    theirs = await known.fetch_message((await ann.writes(guild.channels["general"], "mine")).id)
    with pytest.raises(discord.Forbidden) as refused:
        await theirs.edit(content="no, mine")
    assert refused.value.code == 50005
    await sent.delete()
    with pytest.raises(discord.NotFound) as gone:
        await sent.edit(view=card(1))
    assert gone.value.code == 10008


@pytest.mark.parametrize(
    ("denied", "code"),
    [
        ("view_channel", 50001),
        ("send_messages", 50013),
        ("attach_files", 50013),
        ("read_message_history", 50013),
        ("create_public_threads", 50013),
        ("send_messages_in_threads", 50013),
    ],
)
async def test_permissions_that_are_missing(bot: SampleBot, guild: Guild, denied: str, code: int) -> None:
    general = guild.channels["general"]
    general.deny(denied)
    known = bot.get_channel(general.id)
    assert isinstance(known, discord.TextChannel)

    async def tried() -> None:
        sent = await known.send("x")
        if denied == "attach_files":
            await known.send(file=discord.File(io.BytesIO(b"1"), "a.txt"))
        if denied == "read_message_history":
            await known.send("y", reference=sent)
        await (await known.create_thread(name="t", type=discord.ChannelType.public_thread)).send("x")

    with pytest.raises(discord.Forbidden) as refused:
        await tried()
    assert refused.value.code == code


async def test_history_that_may_not_be_read_is_empty(bot: SampleBot, guild: Guild, ann: Person) -> None:
    message = await ann.writes(guild.channels["general"], "hello")
    guild.channels["general"].deny("read_message_history")
    known = bot.get_channel(message.place.id)
    assert isinstance(known, discord.TextChannel)
    assert [message async for message in known.history()] == []
    with pytest.raises(discord.Forbidden):
        await known.fetch_message(message.id)


async def test_archived_threads(bot: SampleBot, guild: Guild, ann: Person) -> None:
    guild.channels["general"].allow("manage_threads")
    thread = guild.channels["general"].thread("t", by=ann)
    known = await bot.fetch_channel(thread.id)
    assert isinstance(known, discord.Thread)
    await known.edit(archived=True)
    await known.send("opens it")
    assert not thread.archived
    await known.edit(archived=True, locked=True)
    with pytest.raises(discord.HTTPException) as refused:
        await known.send("x")
    assert refused.value.code == 50083
    await known.delete()
    with pytest.raises(discord.NotFound) as gone:
        await known.send("x")
    assert gone.value.code == 10003


async def test_a_late_ack(fake: FakeDiscord, bot: SampleBot, guild: Guild, ann: Person) -> None:
    async def deed(interaction: discord.Interaction) -> None:
        fake.clock.advance(3.1)
        await interaction.response.defer()

    bot.deed = deed
    seen = await ann.runs(guild.channels["general"], "do")
    assert (seen.acked_after, seen.messages) == (None, [])
    assert [refused.code for refused in seen.refused] == [10062]


async def test_a_second_ack(bot: SampleBot, guild: Guild, ann: Person) -> None:
    async def deed(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("once")
        interaction.response._response_type = None
        await interaction.response.send_message("twice")

    bot.deed = deed
    await ann.runs(guild.channels["general"], "do")
    await bot.failed.wait()
    assert [failure.code for failure in bot.failures] == [40060]
    assert [message.text for message in guild.channels["general"].messages] == ["once"]


async def test_tokens_grow_old(fake: FakeDiscord, bot: SampleBot, guild: Guild, ann: Person) -> None:
    async def deed(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("first")
        fake.clock.advance(14 * 60)
        await interaction.followup.send("second")
        fake.clock.advance(2 * 60)
        await interaction.followup.send("third")

    bot.deed = deed
    seen = await ann.runs(guild.channels["general"], "do")
    await bot.failed.wait()
    assert [failure.code for failure in bot.failures] == [50027]
    assert [message.text for message in seen.messages] == ["first", "second"]


async def test_nothing_follows_before_the_ack(bot: SampleBot, guild: Guild, ann: Person) -> None:
    codes: list[int] = []

    async def deed(interaction: discord.Interaction) -> None:
        for early in (interaction.followup.send("early"), interaction.original_response()):
            with pytest.raises(discord.NotFound) as refused:
                await early
            codes.append(refused.value.code)
        await interaction.response.defer(ephemeral=True)
        await interaction.followup.send("fills the deferred answer")
        await interaction.edit_original_response(content="changed")
        await interaction.delete_original_response()
        with pytest.raises(discord.NotFound) as refused:
            await interaction.edit_original_response(content="gone")
        codes.append(refused.value.code)
        await interaction.followup.send("last", ephemeral=True)

    bot.deed = deed
    seen = await ann.runs(guild.channels["general"], "do")
    await bot.done.wait()
    assert codes == [10015, 10015, 10008]
    assert [message.text for message in seen.messages] == ["last"]


MODALS: list[Json] = [
    {"title": "x" * 46},
    {"title": ""},
    {"custom_id": "x" * 101},
    {"components": []},
    {"components": [{"type": 10, "content": "only text"}]},
    {
        "components": [
            {"type": 18, "label": "l", "component": {"type": 4, "custom_id": str(n), "style": 1}} for n in range(6)
        ]
    },
    {"components": [{"type": 18, "label": "x" * 46, "component": {"type": 4, "custom_id": "c", "style": 1}}]},
    {"components": [{"type": 18, "label": "l", "component": {"type": 4, "custom_id": "c", "style": 1}}] * 2},
    {"components": [{"type": 18, "label": "l", "component": button()}]},
    {"components": [{"type": 18, "label": "l", "component": select(26)}]},
]


@pytest.mark.parametrize("wrong", MODALS)
async def test_modals_that_are_refused(bot: SampleBot, guild: Guild, ann: Person, wrong: Json) -> None:
    field = {"type": 18, "label": "l", "component": {"type": 4, "custom_id": "c", "style": 1}}

    async def deed(interaction: discord.Interaction) -> None:
        route = Route("POST", f"/interactions/{interaction.id}/{interaction.token}/callback")
        modal = {"title": "t", "custom_id": "m", "components": [field]} | wrong
        with pytest.raises(discord.HTTPException) as refused:
            await bot.http.request(route, json={"type": 9, "data": modal})
        await interaction.response.send_message(str(refused.value.code))

    bot.deed = deed
    assert (await ann.runs(guild.channels["general"], "do")).text == "50035"


COMMANDS: list[Json] = [
    {"name": "Upper", "description": "x"},
    {"name": "with space", "description": "x"},
    {"name": "a", "description": ""},
    {"name": "a", "description": "x" * 101},
    {
        "name": "a",
        "description": "x",
        "options": [{"type": 3, "name": f"o{n}", "description": "x"} for n in range(26)],
    },
    {
        "name": "a",
        "description": "x",
        "options": [
            {
                "type": 3,
                "name": "o",
                "description": "x",
                "choices": [{"name": str(n), "value": str(n)} for n in range(26)],
            }
        ],
    },
    {
        "name": "a",
        "description": "x",
        "options": [
            {"type": 3, "name": "o", "description": "x"},
            {"type": 3, "name": "p", "description": "x", "required": True},
        ],
    },
]


@pytest.mark.parametrize("command", COMMANDS)
async def test_commands_that_are_refused(fake: FakeDiscord, rest: SampleBot, command: Json) -> None:
    route = Route("PUT", "/applications/{id}/commands", id=rest.application_id)
    before = fake.commands
    for commands in ([command], [{"name": "b", "description": "x"}] * 2):
        with pytest.raises(discord.HTTPException) as refused:
            await rest.http.request(route, json=commands)
        assert refused.value.code == 50035
    assert fake.commands == before


async def test_more_suggestions_than_there_may_be(
    fake: FakeDiscord, bot: SampleBot, guild: Guild, ann: Person
) -> None:
    bot.topics = tuple(f"nor{number}" for number in range(26))
    general = guild.channels["general"]
    assert await ann.suggests(general, "debate start", "topic", "nor") == []
    assert [error.code for error in fake.errors] == [50035]


async def test_a_wrong_token(fake: FakeDiscord) -> None:
    client = SampleBot()
    with pytest.raises(discord.LoginFailure):
        await client.login("wrong")
    await client.close()
    assert [error.why for error in fake.errors] == ["401: Unauthorized"]
    with pytest.raises(AssertionError, match="401"):
        fake.check(refusals=())
    fake.check(refusals=(0,))


async def test_what_cannot_be_read_is_refused(fake: FakeDiscord, rest: SampleBot, guild: Guild) -> None:
    """A body that makes no sense at all is never a crash of the fake."""
    route = Route("POST", "/channels/{channel_id}/messages", channel_id=guild.channels["general"].id)
    bodies: list[Any] = [[], {"components": [{}]}, {"components": "x"}, {"embeds": 3}, {"attachments": [{}]}]
    for body in bodies:
        with pytest.raises(discord.HTTPException) as refused:
            await rest.http.request(route, json=body)
        assert refused.value.code in (50035, 50006)
    fake.violations.clear()
