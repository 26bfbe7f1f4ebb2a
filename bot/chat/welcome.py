"""First contact: a word on joining, and /help."""

from typing import TYPE_CHECKING

import discord
from discord import app_commands

from bot.chat.here import visitor
from bot.chat.roundviews import PLAIN_ACCENT
from bot.chat.screen import Interaction, box, screen
from bot.store.houses import COMMONS
from prompts import said

if TYPE_CHECKING:
    from bot.chat.client import Gainsay


@app_commands.command(name="help", description="See what I can do for you here")
async def show_help(interaction: Interaction) -> None:
    """Say what whoever asks can do."""
    await interaction.response.defer(ephemeral=True)
    who = await visitor(interaction)
    parts = [said("help_all")]
    if who.house.name != COMMONS:
        parts.append(said("help_rounds"))
    if who.sets_up:
        parts.append(said("help_setup"))
    if who.manages:
        parts.append(said("help_manage"))
    await interaction.followup.send(view=screen(box(*parts, accent=PLAIN_ACCENT)), ephemeral=True)


def enlist(tree: app_commands.CommandTree["Gainsay"]) -> None:
    """Add the commands of this part; they also serve people outside servers."""
    show_help.allowed_contexts = app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True)
    show_help.allowed_installs = app_commands.AppInstallationType(guild=True, user=True)
    tree.add_command(show_help)


async def greet(_: "Gainsay", guild: discord.Guild) -> None:
    """Say what to do next in the first channel where the bot may write."""
    channel = next((each for each in _channels(guild) if _may_write(guild, each)), None)
    if channel is not None:
        await channel.send(view=screen(box(said("greeting"), accent=PLAIN_ACCENT)))


def _channels(guild: discord.Guild) -> list[discord.TextChannel]:
    """Return the text channels, the one for such messages first."""
    first = [guild.system_channel] if guild.system_channel else []
    return [*first, *(each for each in guild.text_channels if each not in first)]


def _may_write(guild: discord.Guild, channel: discord.TextChannel) -> bool:
    rights = channel.permissions_for(guild.me)
    return rights.view_channel and rights.send_messages
