"""Whoever stands behind an interaction or a message, as the desk knows them."""

from typing import TYPE_CHECKING

import discord

from bot.chat.screen import Interaction
from bot.desk.visitor import Visitor
from bot.store.houses import COMMONS

if TYPE_CHECKING:
    from bot.chat.client import Gainsay


async def visitor(interaction: Interaction) -> Visitor:
    """Return who caused an interaction; outside a server that has the bot, a visitor of the commons."""
    user, channel = interaction.user, interaction.channel
    if interaction.guild_id is None or not interaction.is_guild_integration():
        return await interaction.client.work(interaction.client.desk.visitor(COMMONS, user.id))
    roles = frozenset(role.id for role in user.roles) if isinstance(user, discord.Member) else frozenset[int]()
    return await interaction.client.work(
        interaction.client.desk.visitor(
            str(interaction.guild_id),
            user.id,
            _stands(channel, interaction.channel_id or 0),
            roles,
            interaction.permissions.manage_guild,
        )
    )


async def author(client: "Gainsay", message: discord.Message) -> Visitor:
    """Return who wrote a message."""
    if message.guild is None:
        return await client.work(client.desk.visitor(COMMONS, message.author.id))
    roles, manages = frozenset[int](), False
    if isinstance(message.author, discord.Member):
        roles = frozenset(role.id for role in message.author.roles)
        manages = message.author.guild_permissions.manage_guild
    stands = _stands(message.channel, message.channel.id)
    return await client.work(client.desk.visitor(str(message.guild.id), message.author.id, stands, roles, manages))


def _stands(channel: object, otherwise: int) -> int:
    """Return the channel that somebody stands in; of a thread, the channel it hangs on."""
    return channel.parent_id if isinstance(channel, discord.Thread) else otherwise
