"""Whether the bot can do its work on Discord: token, intents, permissions."""

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

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
            return [line async for line in _lines(client)]
        except discord.LoginFailure:
            return [("Discord token", False, "refused. Set DISCORD_TOKEN to the one on the bot's page.")]
        except (discord.HTTPException, OSError) as error:
            raise DoorError(f"Discord can't be reached: {error}. Try again.") from None


async def _lines(client: discord.Client) -> AsyncIterator[Line]:
    about = await client.application_info()
    yield "Discord token", True, f"that of {about.name}"
    reads = about.flags.gateway_message_content or about.flags.gateway_message_content_limited
    on = "on" if reads else "off: people speak by button, form, command or mention. That works too."
    yield "message-content intent", True, on
    # client.fetch_guilds, which asks for the same, leaves out what the bot may do there.
    for server in await client.http.get_guilds(200, with_counts=False):
        yield _server(server)
    yield "invite link", True, discord.utils.oauth_url(about.id, permissions=RIGHTS)


def _server(server: Mapping[str, Any]) -> Line:
    """Return whether the bot has the rights it needs on a server, as Discord describes it."""
    held = discord.Permissions(int(server["permissions"]))
    lacks = [] if held.administrator else [name for name, wanted in RIGHTS if wanted and not getattr(held, name)]
    named = ", ".join(name.replace("_", " ") for name in sorted(lacks))
    return f"server {server['name']}", not lacks, f"lacks: {named}" if lacks else "all rights that are needed"
