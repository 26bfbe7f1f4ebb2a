"""The way in: logging in to Discord, and saying plainly why that fails."""

import asyncio
import logging
from contextlib import suppress

import aiohttp
import discord

from bot.chat.client import Gainsay
from bot.desk.apart import Apart
from bot.desk.desk import Desk
from knowledge.errors import GainsayError

log = logging.getLogger("gainsay.chat")


class DoorError(GainsayError):
    """Discord does not let the bot in."""


async def serve(desk: Desk, work: Apart, token: str) -> None:
    """Serve Discord until the task is cancelled; DoorError when the token is refused or Discord can't be reached.

    Where the message-content intent is refused, the bot goes on without it.
    """
    try:
        await _served(Gainsay(desk, work), token)
    except discord.PrivilegedIntentsRequired:
        log.warning("The message-content intent is off: people speak by button, form, command or mention.")
        await _served(Gainsay(desk, work, reads=False), token)


async def _served(client: Gainsay, token: str) -> None:
    try:
        async with client:
            await client.start(token)
    except discord.LoginFailure:
        raise DoorError("Discord refuses the token. Set DISCORD_TOKEN to the one on the bot's page.") from None
    except discord.ConnectionClosed as error:
        raise DoorError(f"Discord has shut the door ({error.code}). Check the token: gainsay doctor.") from None
    except (discord.HTTPException, discord.GatewayNotFound, aiohttp.ClientError, OSError) as error:
        raise DoorError(f"Discord can't be reached: {error}. Try again.") from None
    except asyncio.CancelledError:
        with suppress(discord.HTTPException, OSError):
            await client.close()
        raise
