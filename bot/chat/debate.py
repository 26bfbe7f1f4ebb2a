"""/debate: rounds opened, spoken in, looked at, ended."""

import io
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands, ui

from bot.chat import choices, roundviews
from bot.chat.courier import typing
from bot.chat.here import author, visitor
from bot.chat.screen import Interaction, Style, Verb, button, row, screen
from bot.chat.text import brief, plain
from bot.debate.formats import FORMATS
from bot.debate.round import Level
from bot.desk import offers
from bot.desk.errors import DeskError, NotAllowed
from bot.desk.play import Table
from bot.desk.visitor import Visitor
from bot.report import html
from bot.store.errors import NoSuchRound
from bot.store.seats import Seat
from prompts import said

if TYPE_CHECKING:
    from bot.chat.client import Gainsay

SPEECH = "speech/"
"""What the id of the form for a speech begins with; the round's id follows."""
TOSS = "toss"
NEEDED = {"create_public_threads": "Create Public Threads", "send_messages_in_threads": "Send Messages in Threads"}
"""The rights that a round takes, with Discord's names for them."""
_LEVELS = [app_commands.Choice(name=level.value, value=level.value) for level in Level]
_FORMATS = [app_commands.Choice(name=format.name, value=format.id) for format in FORMATS.values()]

group = app_commands.Group(name="debate", description="Practise a round against me", guild_only=True)


def enlist(tree: app_commands.CommandTree["Gainsay"]) -> None:
    """Add the commands of this part."""
    tree.add_command(group)


@group.command(name="start", description="Open a round in a thread of its own")
@app_commands.describe(
    topic="What to debate; this channel's topic if you leave it out",
    side="The side you argue, or a toss of a coin",
    format="Speeches and times; a quick spar if you leave it out",
    level="How hard I play",
    teammate="Who else argues on your side",
    teammate2="Another on your side",
    teammate3="A third on your side",
)
@app_commands.choices(format=_FORMATS, level=_LEVELS)
async def start(
    interaction: Interaction,
    side: str = TOSS,
    topic: str = "",
    format: str = "quick",
    level: str = Level.CLUB.value,
    teammate: discord.Member | None = None,
    teammate2: discord.Member | None = None,
    teammate3: discord.Member | None = None,
) -> None:
    """Open a thread with a round in it."""
    await interaction.response.defer(ephemeral=True)
    client, who = interaction.client, await visitor(interaction)
    who.to_start()
    client.desk.spend(who)
    mates = [mate.id for mate in (teammate, teammate2, teammate3) if mate and not mate.bot]
    name = await client.work(offers.chosen(who.house, who.charter, who.channel, topic, who.sets_up))
    theirs = "" if side == TOSS else side
    most = who.charter.rounds_each
    drawn = client.desk.play.drawn_up(who.house, name, theirs, format, level, who.user, most)
    known, round = await client.work(drawn)
    speakers = tuple(dict.fromkeys([who.user, *mates]))
    async with _thread(interaction, f"{interaction.user.display_name}: {known.motion}") as thread:
        seat = Seat(round.id, thread.id, thread.parent_id, who.user, speakers)
        await _carded(client, thread, Table(known, round, seat))
        table = await client.work(client.desk.play.begin(who.house, known, round, seat, most))
    await client.courier.catch_up(who, table)
    await interaction.followup.send(said("round_opened", thread=thread.id), ephemeral=True)


@group.command(name="resume", description="Find an open round again; here, if its thread is gone")
@app_commands.describe(round="The round; the one you opened last if you leave it out")
async def resume(interaction: Interaction, round: str = "") -> None:
    """Point to the thread of a round, or make it a new one."""
    await interaction.response.defer(ephemeral=True)
    client, who = interaction.client, await visitor(interaction)
    table = await _mine(client, who, round)
    if await client.thread(table.seat.place) is None:
        who.to_start()
        client.desk.spend(who)
        moved = said("round_moved", turns=len(table.round.turns))
        async with _thread(interaction, table.topic.motion) as thread:
            await _carded(client, thread, table)
            await client.courier.post(thread, f"{table.round.id}-moved", content=moved)
            table = await client.courier.move(who, table, thread.id)
    await client.courier.catch_up(who, table)
    await interaction.followup.send(said("round_opened", thread=table.seat.place), ephemeral=True)


@group.command(name="flow", description="See who answered what, and what was dropped")
@app_commands.describe(round="The round; the one played here if you leave it out")
async def show_flow(interaction: Interaction, round: str = "") -> None:
    """Show the flow to whoever asks."""
    await interaction.response.defer(ephemeral=True)
    await _show_flow(interaction, round)


@group.command(name="ballot", description="See what the flow decides so far")
@app_commands.describe(round="The round; the one played here if you leave it out")
async def show_ballot(interaction: Interaction, round: str = "") -> None:
    """Show the ballot to whoever asks."""
    await interaction.response.defer(ephemeral=True)
    who = await visitor(interaction)
    await _shown(interaction, roundviews.ballot(await _meant(interaction, round), who.charter.words))


@group.command(name="end", description="End a round, with its ballot")
@app_commands.describe(round="The round; the one played here if you leave it out")
async def finish(interaction: Interaction, round: str = "") -> None:
    """End a round."""
    await interaction.response.defer(ephemeral=True)
    table = await _meant(interaction, round)
    await _ended(interaction, table.round.id, False, shown=True)


@group.command(name="list", description="See your rounds on this server")
async def show_rounds(interaction: Interaction) -> None:
    """List a person's rounds."""
    await interaction.response.defer(ephemeral=True)
    client, who = interaction.client, await visitor(interaction)
    tables = await client.work(client.desk.play.of(who.house, who.user))
    await interaction.followup.send(view=roundviews.listed(tables), ephemeral=True)


start.autocomplete("topic")(choices.topics)


@start.autocomplete("side")
async def sides(interaction: Interaction, typed: str) -> list[choices.Choice]:
    """Return the sides of the topic that was chosen, and the toss of a coin."""
    return [*await choices.sides(interaction, typed), *choices.matching([("toss: a coin decides", TOSS)], typed)]


@resume.autocomplete("round")
@show_flow.autocomplete("round")
@show_ballot.autocomplete("round")
@finish.autocomplete("round")
async def rounds(interaction: Interaction, typed: str) -> list[choices.Choice]:
    """Return the rounds of whoever types, newest first."""
    client, who = interaction.client, await visitor(interaction)
    tables = await client.work(client.desk.play.of(who.house, who.user))
    return choices.matching([(f"{t.round.id} · {t.topic.motion}", t.round.id) for t in tables], typed)


async def spoken(client: "Gainsay", message: discord.Message) -> bool:
    """Answer a message in a round's thread, after those that came before it; return whether it was written in one."""
    if not isinstance(message.channel, discord.Thread | discord.PartialMessageable) or message.guild is None:
        return False
    if str(message.guild.id) not in client.desk.houses.names():
        return False
    async with client.courier.turn(message.channel.id):
        return await _spoken(client, message)


async def _spoken(client: "Gainsay", message: discord.Message) -> bool:
    who = await author(client, message)
    try:
        table = await client.work(client.desk.play.at(who.house, message.channel.id))
    except NoSuchRound:
        return False
    called = client.user in message.mentions
    if who.user not in table.seat.speakers:
        if called:
            await message.reply(said("onlooker"), mention_author=False)
        return True
    if not client.words_of(message):
        return True
    if table.round.ended:
        if called:
            await message.reply(said("round_over"), mention_author=False)
        return True
    client.desk.spend(who)
    async with typing(message.channel):
        await client.courier.take(who, table, message)
    return True


async def reopened(client: "Gainsay", guild: int, thread: int) -> None:
    """Take up and post what the thread of a round lacks, if one is played in it."""
    if str(guild) not in client.desk.houses.names():
        return
    who = await client.work(client.desk.visitor(str(guild), 0))
    with suppress(NoSuchRound):
        await client.courier.catch_up(who, await client.work(client.desk.play.at(who.house, thread)))


class Speaking(ui.Modal, title="Your speech"):
    """A form for a speech. What is handed in is taken up by the client, so that it also works after a restart."""

    def __init__(self, name: str) -> None:
        super().__init__(custom_id=f"{SPEECH}{name}", timeout=None)
        words: ui.TextInput[Any] = ui.TextInput(
            style=discord.TextStyle.paragraph, max_length=4000, placeholder="Make your case."
        )
        self.add_item(ui.Label(text="What do you say?", component=words))

    async def on_submit(self, interaction: discord.Interaction, /) -> None:
        """Leave it to the client."""


async def handed_in(interaction: Interaction) -> None:
    """Have a speech from a form answered."""
    data: Mapping[str, Any] = interaction.data or {}
    if str(data.get("custom_id", "")).startswith(SPEECH):
        await interaction.client.do(interaction, "said", [str(data["custom_id"]).removeprefix(SPEECH), _typed(data)])


def _typed(data: Mapping[str, Any]) -> str:
    """Return what was typed into a form of one text."""
    for part in data.get("components", ()):
        inner: Mapping[str, Any] = part.get("component") or next(iter(part.get("components", ())), {})
        if "value" in inner:
            return str(inner["value"])
    return ""


async def _speak(interaction: Interaction, args: Sequence[str]) -> None:
    """Open the form for a speech: it must be the first answer, so that nothing is looked up before."""
    await interaction.response.send_modal(Speaking(args[0]))


async def _said(interaction: Interaction, args: Sequence[str]) -> None:
    name, text = args
    await interaction.response.defer()
    client, who = interaction.client, await visitor(interaction)
    if not text.strip():
        raise DeskError("There were no words in that speech. Press Speak and write some.")
    client.desk.spend(who)
    await client.work(client.desk.play.say(who.house, name, who.user, text))
    if not await client.courier.deliver(who, name):
        raise DeskError(
            "Your speech is kept, but its thread is closed to me. It is answered there once I may write in it, "
            "or in a new one that /debate resume opens."
        )


async def _cards(interaction: Interaction, args: Sequence[str]) -> None:
    await _about_turn(interaction, args, "cards")


async def _why(interaction: Interaction, args: Sequence[str]) -> None:
    await _about_turn(interaction, args, "why")


async def _about_turn(interaction: Interaction, args: Sequence[str], what: str) -> None:
    await interaction.response.defer(ephemeral=True, thinking=True)
    table = await _meant(interaction, args[0])
    turn = table.round.turns[int(args[1]) - 1]
    await _shown(interaction, {"cards": roundviews.cards, "why": roundviews.why}[what](turn))


async def _flow(interaction: Interaction, args: Sequence[str]) -> None:
    await interaction.response.defer(ephemeral=True, thinking=True)
    await _show_flow(interaction, args[0])


async def _show_flow(interaction: Interaction, name: str) -> None:
    who = await visitor(interaction)
    await _shown(interaction, roundviews.flow(await _meant(interaction, name), who.charter.words))


async def _hint(interaction: Interaction, args: Sequence[str]) -> None:
    await interaction.response.defer(ephemeral=True, thinking=True)
    client, who = interaction.client, await visitor(interaction)
    if not who.charter.words:
        raise NotAllowed("This server lets me show cards, but say nothing of my own: there are no hints here.")
    client.desk.spend(who)
    hint = await client.work(client.desk.play.hint(who.house, args[0], who.user))
    await interaction.followup.send(plain(hint), ephemeral=True)


async def _concede(interaction: Interaction, args: Sequence[str]) -> None:
    """Ask once more before a round is given up."""
    sure = screen(
        ui.TextDisplay(said("concede_sure")),
        row(button("Concede the round", "conceded", args[0], style=Style.danger)),
    )
    await interaction.response.send_message(view=sure, ephemeral=True)


async def _conceded(interaction: Interaction, args: Sequence[str]) -> None:
    await interaction.response.defer()
    await _ended(interaction, args[0], True)
    await interaction.delete_original_response()


async def _end(interaction: Interaction, args: Sequence[str]) -> None:
    await interaction.response.defer()
    await _ended(interaction, args[0], False)


async def _ended(interaction: Interaction, name: str, concede: bool, shown: bool = False) -> None:
    """End a round, and show its ballot, with the whole round as a page, in its thread.

    Whoever ends it is ``shown`` the ballot too, in any case where the thread is gone or closed.
    """
    client, who = interaction.client, await visitor(interaction)
    table = await client.work(client.desk.play.end(who.house, name, who.user, concede, who.sets_up))
    ballot = roundviews.ballot(table, who.charter.words)
    thread = await client.thread(table.seat.place)
    if thread is None or shown:
        await _shown(interaction, ballot)
    if thread is None or not await client.courier.deliver(who, name):
        return
    post = partial(client.courier.post, thread)
    await post(f"{name}-end", content=said("conceded_by" if concede else "ended_by", user=who.user))
    for number, view in enumerate(ballot):
        await post(f"{name}-ballot-{number}", view=view)
    if who.charter.words:
        await thread.send(said("round_page"), file=_page(table), nonce=f"{name}-page")


def _page(table: Table) -> discord.File:
    """Return the whole round as a page to read, print or hand on."""
    text = html(table.round, table.topic, table.flow, table.ballot)
    return discord.File(io.BytesIO(text.encode()), f"round-{table.round.id}.html", description="The whole round")


async def _meant(interaction: Interaction, name: str) -> Table:
    """Return the table of the round that is named, or is played where the command was given."""
    client, who = interaction.client, await visitor(interaction)
    play = client.desk.play
    if name:
        return await client.work(play.table(who.house, name))
    return await client.work(play.at(who.house, interaction.channel_id or 0))


async def _mine(client: "Gainsay", who: Visitor, name: str) -> Table:
    """Return the table of the named round, or of the last open one, at which the visitor sits."""
    tables = await client.work(client.desk.play.of(who.house, who.user))
    found = [t for t in tables if not t.round.ended and name in ("", t.round.id)]
    if not found:
        raise NoSuchRound("You have no such open round here. /debate list shows yours, /debate start opens one.")
    return found[0]


async def _shown(interaction: Interaction, views: Sequence[ui.LayoutView]) -> None:
    for view in views:
        await interaction.followup.send(view=view, ephemeral=True)


@asynccontextmanager
async def _thread(interaction: Interaction, title: str) -> AsyncIterator[discord.Thread]:
    """Yield a new thread for a round, closed again where nothing comes of it; NotAllowed where there can be none."""
    lacking = [name for right, name in NEEDED.items() if not getattr(interaction.app_permissions, right)]
    if lacking:
        lack = " and ".join(lacking)
        raise NotAllowed(f"I can't open a round here: I lack {lack}. Whoever runs the server can grant that.")
    parent, kinds = _parent(interaction), discord.ChannelType
    kind = kinds.news_thread if parent.is_news() else kinds.public_thread
    thread = await parent.create_thread(name=brief(title, 95), type=kind)
    try:
        yield thread
    except Exception:
        with suppress(discord.HTTPException):
            await thread.edit(archived=True)
        raise


async def _carded(client: "Gainsay", thread: discord.Thread, table: Table) -> None:
    """Post the card of a round in its thread, and call its debaters there."""
    await client.courier.post(thread, f"{table.round.id}-card", view=roundviews.card(table, client.reads))
    for speaker in table.seat.speakers:
        with suppress(discord.HTTPException):  # who can't be called there can still come
            await thread.add_user(discord.Object(speaker))


def _parent(interaction: Interaction) -> discord.TextChannel:
    """Return the channel in which a thread can be opened; NotAllowed where none can."""
    channel = interaction.channel
    if isinstance(channel, discord.Thread):
        channel = channel.parent
    if not isinstance(channel, discord.TextChannel):
        raise NotAllowed("A round needs a thread, and this channel can't have one. Start it in a text channel.")
    return channel


VERBS: Mapping[str, Verb] = {
    "speak": _speak,
    "said": _said,
    "cards": _cards,
    "why": _why,
    "flow": _flow,
    "hint": _hint,
    "concede": _concede,
    "conceded": _conceded,
    "end": _end,
}
