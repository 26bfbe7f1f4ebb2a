"""/privacy: what is kept, handed out or deleted on request."""

import io
import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import discord
from discord import app_commands, ui

from bot.chat.here import visitor
from bot.chat.roundviews import PLAIN_ACCENT
from bot.chat.screen import Interaction, Style, Verb, box, button, row, screen
from bot.desk.privacy import GRACE_DAYS
from prompts import said

if TYPE_CHECKING:
    from bot.chat.client import Gainsay


@app_commands.command(name="privacy", description="See what I keep of you; get it, or have it deleted")
async def privacy(interaction: Interaction) -> None:
    """Say what is kept."""
    await interaction.response.defer(ephemeral=True)
    who = await visitor(interaction)
    text = said("privacy", days=who.charter.retention_days, grace=GRACE_DAYS)
    view = screen(
        box(
            f"### What I keep\n{text}",
            row(
                button("Get what is mine", "mine"),
                button("Delete what is mine", "forget", style=Style.danger),
            ),
            accent=PLAIN_ACCENT,
        )
    )
    await interaction.followup.send(view=view, ephemeral=True)


def enlist(tree: app_commands.CommandTree["Gainsay"]) -> None:
    """Add the commands of this part; they also serve people outside servers."""
    privacy.allowed_contexts = app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True)
    privacy.allowed_installs = app_commands.AppInstallationType(guild=True, user=True)
    tree.add_command(privacy)


async def _mine(interaction: Interaction, _: Sequence[str]) -> None:
    await interaction.response.defer(ephemeral=True, thinking=True)
    client = interaction.client
    record = await client.work(client.desk.privacy.theirs(interaction.user.id))
    data = json.dumps(record, ensure_ascii=False, indent=1).encode()
    file = discord.File(io.BytesIO(data), "gainsay-yours.json", description="All that is kept of you")
    await interaction.followup.send(said("privacy_yours"), file=file, ephemeral=True)


async def _forget(interaction: Interaction, _: Sequence[str]) -> None:
    """Ask once more before anything is deleted."""
    sure = screen(
        ui.TextDisplay(said("forget_sure")),
        row(button("Delete all of it", "forgotten", style=Style.danger)),
    )
    await interaction.response.send_message(view=sure, ephemeral=True)


async def _forgotten(interaction: Interaction, _: Sequence[str]) -> None:
    await interaction.response.defer()
    client = interaction.client
    rounds, turns, asked = await client.work(client.desk.privacy.forget(interaction.user.id))
    text = said("forgotten", rounds=rounds, turns=turns, asked=asked)
    await interaction.edit_original_response(view=screen(ui.TextDisplay(text)))


VERBS: Mapping[str, Verb] = {"mine": _mine, "forget": _forget, "forgotten": _forgotten}
