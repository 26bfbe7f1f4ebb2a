"""What is done at a round's table: speaking, looking at cards and flow, giving up, ending."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.chat import roundviews
from bot.chat.courier import typing
from bot.chat.forms import Form, filled
from bot.chat.here import author, visitor
from bot.chat.screen import Interaction, Style, Verb, button, row, screen
from bot.chat.text import plain
from bot.desk.errors import DeskError, NotAllowed
from bot.desk.play import Table
from bot.store.errors import NoSuchRound
from prompts import said

if TYPE_CHECKING:
    from bot.chat.client import Gainsay


async def spoken(client: "Gainsay", message: discord.Message) -> bool:
    """Answer a message in a round's thread, after those that came before it; return whether it was written in one."""
    if not isinstance(message.channel, discord.Thread | discord.PartialMessageable) or message.guild is None:
        return False
    if str(message.guild.id) not in client.desk.houses:
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
    if str(guild) not in client.desk.houses:
        return
    who = await client.work(client.desk.visitor(str(guild), 0))
    with suppress(NoSuchRound):
        await client.courier.catch_up(who, await client.work(client.desk.play.at(who.house, thread)))


async def meant(interaction: Interaction, name: str) -> Table:
    """Return the table of the round that is named, or is played where the command was given."""
    client, who = interaction.client, await visitor(interaction)
    play = client.desk.play
    if name:
        return await client.work(play.table(who.house, name))
    return await client.work(play.at(who.house, interaction.channel_id or 0))


async def shown(interaction: Interaction, views: Sequence[ui.LayoutView]) -> None:
    """Show views to whoever caused an interaction, and to nobody else."""
    for view in views:
        await interaction.followup.send(view=view, ephemeral=True)


async def show_flow(interaction: Interaction, name: str) -> None:
    """Show the flow of the round that is meant."""
    who = await visitor(interaction)
    await shown(interaction, roundviews.flow(await meant(interaction, name), who.charter.words))


async def ended(interaction: Interaction, name: str, concede: bool, see: bool = False) -> None:
    """End a round, and show its ballot, with the whole round as a page, in its thread.

    Whoever ends it sees the ballot too if they want to ``see`` it, in any case where the thread is gone or closed.
    """
    client, who = interaction.client, await visitor(interaction)
    table = await client.work(client.desk.play.end(who.house, name, who.user, concede, who.sets_up))
    if not await client.courier.deliver(who, name) or see:
        await shown(interaction, roundviews.ballot(table, who.charter.words))


async def _speak(interaction: Interaction, args: Sequence[str]) -> None:
    """Open the form for a speech: it must be the first answer, so that nothing is looked up before."""
    form = Form("Your speech", "said", args[0])
    words: ui.TextInput[Any] = ui.TextInput(
        custom_id="speech", style=discord.TextStyle.paragraph, max_length=4000, placeholder="Make your case."
    )
    form.ask("What do you say?", words)
    await interaction.response.send_modal(form)


async def _said(interaction: Interaction, args: Sequence[str]) -> None:
    (name,), text = args, filled(interaction).values["speech"]
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
    table = await meant(interaction, args[0])
    turn = table.round.turns[int(args[1]) - 1]
    await shown(interaction, {"cards": roundviews.cards, "why": roundviews.why}[what](turn))


async def _flow(interaction: Interaction, args: Sequence[str]) -> None:
    await interaction.response.defer(ephemeral=True, thinking=True)
    await show_flow(interaction, args[0])


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
    await ended(interaction, args[0], True)
    await interaction.delete_original_response()


async def _end(interaction: Interaction, args: Sequence[str]) -> None:
    await interaction.response.defer()
    await ended(interaction, args[0], False)


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
