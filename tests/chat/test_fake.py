"""The fake of Discord, tried by an unmodified discord.py: what people do, and what they then see."""

import io
from typing import Any

import discord
import pytest
from discord import ui

from tests.support.discord import FakeDiscord, Guild, NotOffered, Person
from tests.support.discord.sample import SampleBot, Setup, card


@pytest.mark.usefixtures("bot")
async def test_options_come_as_the_command_was_synced(guild: Guild, ann: Person) -> None:
    general, judges, bob = guild.channels["general"], guild.role("judges"), guild.member("bob")
    seen = await ann.runs(
        general, "echo", text="hi", number=3, loud=True, who=bob, where=general, role=judges, file=("a.txt", b"A")
    )
    assert seen.text == "hi 3 True ['bob', 'general', 'judges'] b'A'"
    assert seen.message.ephemeral
    assert seen.acked_after is not None
    assert 0 < seen.acked_after < 3
    assert not general.messages


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("nothing", {}),
        ("debate", {}),
        ("debate stop", {}),
        ("echo", {}),
        ("echo", {"text": "hi", "colour": "red"}),
        ("echo", {"text": "longer than ten"}),
        ("echo", {"text": "hi", "number": 10}),
        ("echo", {"text": "hi", "number": "three"}),
        ("manage", {}),
    ],
)
@pytest.mark.usefixtures("bot")
async def test_nobody_can_do_what_is_not_offered(
    guild: Guild, ann: Person, command: str, options: dict[str, object]
) -> None:
    with pytest.raises(NotOffered):
        await ann.runs(guild.channels["general"], command, **options)


@pytest.mark.usefixtures("bot")
async def test_members_have_the_permissions_of_their_role(guild: Guild) -> None:
    mod = guild.member("mod", permissions=discord.Permissions(manage_guild=True).value)
    assert (await mod.runs(guild.channels["general"], "manage")).text == "True"
    with pytest.raises(NotOffered):
        await mod.runs(None, "manage")


@pytest.mark.usefixtures("bot")
async def test_deferred_answers_settle(guild: Guild, ann: Person) -> None:
    seen = await ann.runs(guild.channels["general"], "debate start", topic="ferry", side="against")
    await seen.settled()
    assert [message.text for message in seen.messages] == ["ferry against"]
    assert seen.message.ephemeral


@pytest.mark.usefixtures("bot")
async def test_autocomplete_suggests(guild: Guild, ann: Person) -> None:
    general = guild.channels["general"]
    found = await ann.suggests(general, "debate start", "topic", "nor", side="x")
    assert found == [("north-korea (x)", "north-korea"), ("northern-lights (x)", "northern-lights")]
    with pytest.raises(NotOffered):
        await ann.suggests(general, "debate start", "side", "x")


@pytest.mark.usefixtures("bot")
async def test_menus_act_on_messages(guild: Guild, ann: Person) -> None:
    message = await ann.writes(guild.channels["general"], "I say so")
    assert (await ann.uses(message, "Do to")).text == "to 'I say so' of ann"
    with pytest.raises(NotOffered):
        await ann.uses(message, "Undo")


async def test_menus_act_on_people(bot: SampleBot, guild: Guild, ann: Person) -> None:
    async def greet(interaction: discord.Interaction, member: discord.Member) -> None:
        await interaction.response.send_message(f"hello {member.name}")

    known = discord.Object(guild.id)
    bot.tree.add_command(discord.app_commands.ContextMenu(name="Greet", callback=greet), guild=known)
    await bot.tree.sync(guild=known)
    seen = await ann.uses(guild.member("bob"), "Greet", place=guild.channels["general"])
    assert seen.text == "hello bob"


@pytest.mark.usefixtures("bot")
async def test_outside_guilds(fake: FakeDiscord) -> None:
    zoe, elsewhere = fake.person("zoe"), fake.guild("Elsewhere", bot=False)
    assert (await zoe.runs(None, "ask", question="why")).text == "why True (True, False)"
    assert zoe.direct.messages[0].text == "why True (True, False)"
    zed = elsewhere.member("zed")
    assert (await zed.runs(elsewhere.channels["general"], "ask", question="who")).text == "who False (True, False)"
    with pytest.raises(NotOffered):
        await zed.runs(elsewhere.channels["general"], "echo", text="hi")


async def test_cards_of_components_v2(bot: SampleBot, guild: Guild, ann: Person) -> None:
    bot.deed = lambda i: i.response.send_message(view=card(0))
    seen = await ann.runs(guild.channels["general"], "do")
    card_ = seen.message
    assert card_.flags.value == 1 << 15
    assert card_.text == "Pressed 0\n-# a note"
    assert card_.buttons == ["Why", "Again"]
    ids = [part["id"] for part in (card_.components[0], *card_.components[0]["components"])]
    assert all(isinstance(id, int) for id in ids)
    assert len(set(ids)) == len(ids)
    for times in (1, 2):
        again = await ann.presses(card_, "Again")
        assert again.message is card_
        assert card_.text.startswith(f"Pressed {times}")
    with pytest.raises(NotOffered):
        await ann.presses(card_, "Why")
    assert card_.edits == 2


async def test_selects_of_all_kinds(bot: SampleBot, guild: Guild, ann: Person) -> None:
    chosen: list[object] = []

    class Choosing(ui.View):
        @ui.select(placeholder="Side", options=[discord.SelectOption(label="For", value="f")])
        async def side(self, i: discord.Interaction, select: ui.Select[ui.View]) -> None:
            chosen.extend(select.values)
            await i.response.defer()

        @ui.select(cls=ui.UserSelect, placeholder="Judge")
        async def judge(self, i: discord.Interaction, select: ui.UserSelect[ui.View]) -> None:
            chosen.extend(one.name for one in select.values)
            await i.response.edit_message(content="chosen", view=None)

    bot.deed = lambda i: i.response.send_message("choose", view=Choosing(), ephemeral=True)
    message = (await ann.runs(guild.channels["general"], "do")).message
    await ann.picks(message, "Side", ["For"])
    with pytest.raises(NotOffered):
        await ann.picks(message, "Side", ["Neither"])
    with pytest.raises(NotOffered):
        await guild.member("bob").picks(message, "Side", ["For"])
    await ann.picks(message, "Judge", [guild.member("bob")])
    assert (chosen, message.text, message.components) == (["f", "bob"], "chosen", [])


async def test_modals_are_filled_in_by_label(bot: SampleBot, guild: Guild, ann: Person) -> None:
    bot.deed = lambda i: i.response.send_modal(Setup())
    seen = await ann.runs(guild.channels["general"], "do")
    assert seen.modal is not None
    assert seen.modal.title == "Set up"
    answers: dict[str, object] = {
        "Motion": "Ban it",
        "Side": "For",
        "Readings": [("a.txt", b"one"), ("b.txt", b"two")],
        "Judge": [guild.member("bob")],
    }
    sent = await ann.fills(seen.modal, answers)
    assert sent.text == "Ban it For ['a.txt=one', 'b.txt=two'] ['bob'] True"
    for wrong in (
        {"Motion": "x"},
        {"Side": "Neither"},
        {"Motion": ""},
        {"Colour": "red"},
        {"Readings": [("a", b"")] * 3},
    ):
        with pytest.raises(NotOffered):
            await ann.fills(seen.modal, answers | wrong)


async def test_modals_with_choices(bot: SampleBot, guild: Guild, ann: Person) -> None:
    def options(kind: Any) -> list[Any]:
        return [kind(label="First", value="1"), kind(label="Second", value="2", default=True)]

    class Choices(ui.Modal, title="Choose"):
        def __init__(self) -> None:
            super().__init__()
            self.fields: dict[str, Any] = {
                "One": ui.Select(options=options(discord.SelectOption)),
                "Some": ui.CheckboxGroup(options=options(discord.CheckboxGroupOption), required=False),
                "Where": ui.ChannelSelect(channel_types=[discord.ChannelType.text], required=True),
                "Who": ui.RoleSelect(required=False),
            }
            self.add_item(ui.TextDisplay("Choose well"))
            for text, field in self.fields.items():
                self.add_item(ui.Label(text=text, component=field))

        async def on_submit(self, interaction: discord.Interaction, /) -> None:
            chosen = [[getattr(one, "name", one) for one in field.values] for field in self.fields.values()]
            await interaction.response.edit_message(content=str(chosen))

    class Asking(ui.View):
        @ui.button(label="Ask")
        async def ask(self, interaction: discord.Interaction, _: ui.Button[ui.View]) -> None:
            await interaction.response.send_modal(Choices())

    bot.deed = lambda i: i.response.send_message("choose", view=Asking())
    general, judges = guild.channels["general"], guild.role("judges")
    message = (await ann.runs(general, "do")).message
    modal = (await ann.presses(message, "Ask")).modal
    seen = await ann.fills(modal, {"One": "First", "Some": ["First", "2"], "Where": general, "Who": [judges]})
    assert seen.message is message
    assert message.text == "[['1'], ['1', '2'], ['general'], ['judges']]"
    with pytest.raises(NotOffered):
        await ann.fills(modal, {"Where": general})
    modal = (await ann.presses(message, "Ask")).modal
    thread = general.thread("t", by=ann)
    wrong: list[dict[str, Any]] = [{"Where": thread}, {"Where": general, "One": ["First", "Second"]}, {}]
    for answers in wrong:
        with pytest.raises(NotOffered):
            await ann.fills(modal, answers)
    with pytest.raises(NotOffered):
        await guild.member("bob").fills(modal, {"Where": general})
    assert (await ann.fills(modal, {"Where": general})).text == "[['2'], ['2'], ['general'], []]"


async def test_updates_can_be_deferred(bot: SampleBot, guild: Guild, ann: Person) -> None:
    class Slow(ui.View):
        @ui.button(label="Slow")
        async def slow(self, interaction: discord.Interaction, _: ui.Button[ui.View]) -> None:
            await interaction.response.defer()
            await interaction.edit_original_response(content="edited")
            await interaction.followup.send("and more", ephemeral=True)

    bot.deed = lambda i: i.response.send_message("first", view=Slow())
    message = (await ann.runs(guild.channels["general"], "do")).message
    seen = await (await ann.presses(message, "Slow")).settled()
    assert seen.messages[0] is message
    assert message.text == "edited"


async def test_threads(fake: FakeDiscord, bot: SampleBot, guild: Guild, ann: Person) -> None:
    general = guild.channels["general"]

    async def deed(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("A round")
        opened = await (await interaction.original_response()).create_thread(name="Round 1")
        await opened.add_user(interaction.user)
        await opened.send("Your turn")

    bot.deed = deed
    await ann.runs(general, "do")
    thread = await fake.until(lambda: next(iter(general.threads), None))
    await fake.until(lambda: [m.text for m in thread.messages] == ["Your turn"])
    assert ann.id in thread.members
    assert thread.id == general.messages[0].id
    assert [message.kind for message in thread.history] == [21, 0]
    said = await ann.writes(thread, "My turn", reply_to=thread.messages[0])
    known = bot.get_channel(thread.id)
    assert isinstance(known, discord.Thread)
    heard = [message async for message in known.history(limit=2)]
    assert [message.id for message in heard] == [said.id, thread.messages[0].id]
    assert heard[0].reference is not None
    assert [member.id for member in await known.fetch_members()] == [bot.user and bot.user.id, ann.id]
    await known.edit(name="Round 1, over", archived=True)
    assert (thread.archived, thread.name) == (True, "Round 1, over")
    await ann.writes(thread, "One thing more")
    assert not thread.archived
    with pytest.raises(discord.Forbidden):
        await known.delete()
    general.allow("manage_threads")
    await known.delete()
    assert not general.threads


async def test_messages_of_the_bot(bot: SampleBot, guild: Guild, ann: Person) -> None:
    general = guild.channels["general"]
    known = bot.get_channel(general.id)
    assert isinstance(known, discord.TextChannel)
    async with known.typing():
        first = await known.send("first", nonce="n-1")
    assert general.typed == 1
    assert (await known.send("first, again", nonce="n-1")).id == first.id
    reply = await known.send("second", reference=first, file=discord.File(io.BytesIO(b"abc"), "a b.txt"))
    assert [message.text for message in general.messages] == ["first", "second"]
    assert general.messages[1].attachments[0].data == b"abc"
    assert general.messages[1].reference is general.messages[0]
    await reply.edit(content="changed", attachments=[])
    assert (general.messages[1].text, general.messages[1].attachments) == ("changed", [])
    await first.add_reaction("👍")
    await ann.reacts(general.messages[0], "👍")
    fetched = await known.fetch_message(first.id)
    assert (fetched.reactions[0].count, fetched.reactions[0].me) == (2, True)
    await first.remove_reaction("👍", discord.Object(bot.application_id or 0))
    assert [user async for user in (await known.fetch_message(first.id)).reactions[0].users()] != []
    with pytest.raises(discord.Forbidden):
        await first.pin()
    general.allow("pin_messages")
    await first.pin()
    assert [pinned.id async for pinned in known.pins()] == [first.id]
    await reply.delete()
    assert [message.text for message in general.messages] == ["first"]


async def test_direct_messages(fake: FakeDiscord, bot: SampleBot, ann: Person) -> None:
    sent = await (await bot.fetch_user(ann.id)).send("psst")
    assert [message.text for message in ann.direct.messages] == ["psst"]
    await ann.writes(None, "yes?")
    await fake.until(lambda: ann.direct.messages[-1].text == "yes?")
    assert [message.content async for message in sent.channel.history()] == ["yes?", "psst"]
    ann.user.closed = True
    with pytest.raises(discord.Forbidden):
        await sent.channel.send("still there?")


async def test_history_is_paged(bot: SampleBot, guild: Guild, ann: Person) -> None:
    general = guild.channels["general"]
    written = [(await ann.writes(general, str(number))).id for number in range(120)]
    known = bot.get_channel(general.id)
    assert isinstance(known, discord.TextChannel)
    assert [message.id async for message in known.history(limit=None)] == written[::-1]
    middle = discord.Object(written[60])
    after = [message.id async for message in known.history(after=middle, limit=5)]
    assert after == written[61:66]
    around = [message.id async for message in known.history(around=middle, limit=5)]
    assert around == written[58:63][::-1]


async def test_guilds_are_told_about(bot: SampleBot, guild: Guild, ann: Person) -> None:
    known = await bot.fetch_guild(guild.id)
    assert (known.name, known.approximate_member_count) == ("Debate Club", 3)
    assert (await known.fetch_member(ann.id)).name == "ann"
    members = await bot.http.get_members(guild.id, 10, None)
    assert [member["user"]["username"] for member in members] == ["gainsay", "owner", "ann"]
    assert [role.name for role in await known.fetch_roles()] == ["@everyone", "gainsay"]
    assert [guild.name async for guild in bot.fetch_guilds()] == ["Debate Club"]
    application = await bot.application_info()
    assert application.owner.name == "owner"
    guild.channels["general"].thread("Chat", by=ann)
    assert [thread.name for thread in await known.active_threads()] == ["Chat"]


async def test_what_may_ping_is_a_violation(fake: FakeDiscord, bot: SampleBot, guild: Guild, ann: Person) -> None:
    known = bot.get_channel(guild.channels["general"].id)
    assert isinstance(known, discord.TextChannel)
    texts = (f"hey {ann.mention}", "@everyone, listen", f"to {guild.role('judges').mention}")
    for text in texts:
        await known.send(text)
    fake.check()
    for text in texts:
        await known.send(text, allowed_mentions=discord.AllowedMentions.all())
    first = await known.fetch_message(guild.channels["general"].messages[0].id)
    await first.reply("pinging", mention_author=True)
    assert len(fake.violations) == 4
    with pytest.raises(AssertionError, match="may ping"):
        fake.check()
    fake.violations.clear()


async def test_unknown_routes_are_violations(fake: FakeDiscord, bot: SampleBot) -> None:
    with pytest.raises(discord.NotFound):
        await bot.fetch_invite("abc")
    assert [route.split("?")[0] for route in fake.unknown] == ["GET /invites/abc"]
    with pytest.raises(AssertionError, match="unknown route"):
        fake.check()
    fake.violations.clear()


async def test_waiting_says_what_there_was(fake: FakeDiscord, guild: Guild, ann: Person) -> None:
    await ann.writes(guild.channels["general"], "only this")
    with pytest.raises(TimeoutError, match="only this"):
        await fake.until(lambda: len(guild.channels["general"].messages) == 2, limit=0.01)
