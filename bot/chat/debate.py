"""/debate: rounds opened, spoken in, looked at, ended."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

import discord
from discord import app_commands

from bot.chat import choices, playing, roundviews
from bot.chat.here import visitor
from bot.chat.screen import Interaction
from bot.chat.text import brief
from bot.debate.formats import FORMATS
from bot.debate.round import Level
from bot.desk import offers
from bot.desk.errors import NotAllowed
from bot.desk.play import Table
from bot.desk.visitor import Visitor
from bot.store.errors import NoSuchRound
from bot.store.seats import Seat
from prompts import said

if TYPE_CHECKING:
    from bot.chat.client import Gainsay

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
    await playing.show_flow(interaction, round)


@group.command(name="ballot", description="See what the flow decides so far")
@app_commands.describe(round="The round; the one played here if you leave it out")
async def show_ballot(interaction: Interaction, round: str = "") -> None:
    """Show the ballot to whoever asks."""
    await interaction.response.defer(ephemeral=True)
    who = await visitor(interaction)
    await playing.shown(interaction, roundviews.ballot(await playing.meant(interaction, round), who.charter.words))


@group.command(name="end", description="End a round, with its ballot")
@app_commands.describe(round="The round; the one played here if you leave it out")
async def finish(interaction: Interaction, round: str = "") -> None:
    """End a round."""
    await interaction.response.defer(ephemeral=True)
    table = await playing.meant(interaction, round)
    await playing.ended(interaction, table.round.id, concede=False, see=True)


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


async def _mine(client: "Gainsay", who: Visitor, name: str) -> Table:
    """Return the table of the named round, or of the last open one, at which the visitor sits."""
    tables = await client.work(client.desk.play.of(who.house, who.user))
    found = [t for t in tables if not t.round.ended and name in ("", t.round.id)]
    if not found:
        raise NoSuchRound("You have no such open round here. /debate list shows yours, /debate start opens one.")
    return found[0]


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
