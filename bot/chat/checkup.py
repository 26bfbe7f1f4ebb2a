"""Whether the bot can do its work on Discord: token, intents, permissions."""

from collections.abc import Sequence

import discord

from bot.chat.door import DoorError

RIGHTS = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    create_public_threads=True,
    attach_files=True,
    read_message_history=True,
)
"""The fewest rights that serve."""

Line = tuple[str, bool, str]
"""What was looked at, whether it is as it should be, what was found."""


async def checkup(token: str) -> Sequence[Line]:
    """Return what Discord says of the token, the intent to read messages, and the rights on each server."""
    client = discord.Client(intents=discord.Intents.none())
    async with client:
        try:
            await client.login(token)
        except discord.LoginFailure:
            return [("Discord token", False, "refused. Set DISCORD_TOKEN to the one on the bot's page.")]
        except (discord.HTTPException, OSError) as error:
            raise DoorError(f"Discord can't be reached: {error}. Try again.") from None
        about = await client.application_info()
        flags = about.flags
        reads = flags.gateway_message_content or flags.gateway_message_content_limited
        intent = "on" if reads else "off: people speak by button, form, command or mention. That works too."
        servers = [_server(guild) async for guild in client.fetch_guilds(limit=200)]
        return [
            ("Discord token", True, f"that of {about.name}"),
            ("message-content intent", True, intent),
            *servers,
            ("invite link", True, discord.utils.oauth_url(about.id, permissions=RIGHTS)),
        ]


def _server(guild: discord.Guild) -> Line:
    """Return whether the bot has the rights it needs on a server."""
    lacks = sorted(name for name, wanted in RIGHTS if wanted and not _granted(guild, name))
    named = ", ".join(name.replace("_", " ") for name in lacks)
    return (f"server {guild.name}", not lacks, f"lacks: {named}" if lacks else "all rights that are needed")


def _granted(guild: discord.Guild, name: str) -> bool:
    me = getattr(guild, "me", None)
    return me is None or bool(getattr(me.guild_permissions, name))
