"""What becomes of errors: one sentence for the person, with a code where it is ours, under which the log has it."""

import logging
import secrets

import aiohttp
import discord
from discord import app_commands

from bot.chat.screen import Interaction
from bot.chat.text import brief
from bot.store.errors import StoreError
from knowledge.errors import GainsayError, ModelError
from prompts import said

log = logging.getLogger("gainsay.chat")

OURS = (StoreError, ModelError)


def sentence(error: BaseException, where: str) -> str:
    """Return what a person is told of an error; what is ours, or Discord's, is logged under a code."""
    while isinstance(error, app_commands.CommandInvokeError):
        error = error.original
    if isinstance(error, GainsayError) and not isinstance(error, OURS):
        return brief(str(error), 1_500)
    if isinstance(error, app_commands.NoPrivateMessage):
        return said("only_in_server")
    code = secrets.token_hex(3).upper()
    log.error("%s %s: %s", code, where, error, exc_info=error)
    if isinstance(error, discord.Forbidden):
        return said("no_rights", code=code)
    return said("store_away" if isinstance(error, StoreError) else "our_fault", code=code)


async def tell(interaction: Interaction, error: BaseException, where: str) -> None:
    """Tell the person who caused an interaction, and nobody else, what went wrong with it."""
    text = sentence(error, where)
    try:
        if not interaction.response.is_done():
            await interaction.response.send_message(text, ephemeral=True)
            return
        # What follows a deferral is as public as the deferral itself, until that is resolved or deleted.
        if interaction.response.type is discord.InteractionResponseType.deferred_channel_message:
            await interaction.delete_original_response()
        await interaction.followup.send(text, ephemeral=True)
    except (discord.HTTPException, aiohttp.ClientError, OSError) as late:
        log.warning("%s: nobody could be told %r: %s", where, text, late)
