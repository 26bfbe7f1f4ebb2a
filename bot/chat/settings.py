"""/settings: what those who manage a server decide."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from discord import app_commands, ui
from pydantic import ValidationError

from bot.chat.forms import Form, filled
from bot.chat.here import visitor
from bot.chat.roundviews import PLAIN_ACCENT
from bot.chat.screen import Interaction, Verb, box, button, channels, roles, row, screen
from bot.desk.errors import DeskError
from bot.store.charters import Charter
from prompts import said

if TYPE_CHECKING:
    from bot.chat.client import Gainsay

NUMBERS = {
    "rounds_each": "Open rounds of one person at once",
    "messages_each": "Requests of one person a minute",
    "messages_all": "Requests of the whole server a minute",
    "retention_days": "Days until rounds and questions are deleted",
}
QUIET = "Quiet hours, UTC"


@app_commands.command(name="settings", description="Decide where, by whom and how I am used here")
@app_commands.guild_only()
async def settings(interaction: Interaction) -> None:
    """Show the server's settings, to be changed on the spot."""
    await interaction.response.defer(ephemeral=True)
    who = await visitor(interaction)
    who.to_manage()
    await interaction.followup.send(view=panel(who.charter), ephemeral=True)


def enlist(tree: app_commands.CommandTree["Gainsay"]) -> None:
    """Add the commands of this part."""
    tree.add_command(settings)


def panel(charter: Charter) -> ui.LayoutView:
    """Return the settings as they are, with what changes them."""
    quiet = charter.quiet_from != charter.quiet_to
    hours = f"{charter.quiet_from}:00 to {charter.quiet_to}:00 UTC" if quiet else "none"
    turn = "off" if charter.words else "on"
    numbers = [f"{what}: **{getattr(charter, key)}**" for key, what in NUMBERS.items()]
    return screen(
        box(
            f"### Settings\n{said('settings_head')}",
            "**Where I am used** (everywhere, if none is picked)",
            row(channels("Channels", charter.channels, "set", "channels")),
            "**Who may start rounds** (everyone, if none is picked)",
            row(roles("Roles", charter.starters, "set", "starters")),
            "**Who may set up topics**, beside those who manage the server",
            row(roles("Roles", charter.managers, "set", "managers")),
            "",
            "\n".join([*numbers, f"{QUIET}: **{hours}**"]),
            said("words_on" if charter.words else "words_off"),
            row(
                button("Limits and hours", "limits"),
                button(f"Turn my words {turn}", "words", turn),
            ),
            accent=PLAIN_ACCENT,
        )
    )


async def _limited(interaction: Interaction, _: Sequence[str]) -> None:
    """Keep the numbers that were filled in."""
    await interaction.response.defer()
    given = {key: value.strip() for key, value in filled(interaction).values.items() if value.strip()}
    changes = {key: given[key] for key in NUMBERS if key in given}
    if "quiet" in given:
        start, end = (*given["quiet"].replace("–", "-").split("-", 1), "")[:2]
        changes |= {"quiet_from": start.strip(), "quiet_to": end.strip()}
    await _changed(interaction, changes)


async def _set(interaction: Interaction, args: Sequence[str]) -> None:
    await interaction.response.defer()
    await _changed(interaction, {args[0]: args[1:]})


async def _words(interaction: Interaction, args: Sequence[str]) -> None:
    await interaction.response.defer()
    await _changed(interaction, {"words": args[0]})


async def _limits(interaction: Interaction, _: Sequence[str]) -> None:
    """Open the form for numbers: it must be the first answer."""
    form = Form("Limits and hours", "limited")
    for key, what in NUMBERS.items():
        form.ask(what, _number(key), said("left_empty"))
    form.ask(QUIET, _number("quiet"), said("quiet_how"))
    await interaction.response.send_modal(form)


async def _changed(interaction: Interaction, changes: Mapping[str, Any]) -> None:
    """Keep the settings with these changes, and show them; nothing is kept when one does not do."""
    client, who = interaction.client, await visitor(interaction)
    who.to_manage()

    def change(charter: Charter) -> Charter:
        return Charter.model_validate({**charter.model_dump(), **changes})

    try:
        charter = await client.work(client.desk.decrees.change(who.house, change))
    except ValidationError as error:
        key = str(error.errors()[0]["loc"][0])
        raise DeskError(f"{NUMBERS.get(key, QUIET)}: {error.errors()[0]['msg']}. Nothing was changed.") from None
    await interaction.edit_original_response(view=panel(charter))


def _number(name: str) -> ui.TextInput[Any]:
    return ui.TextInput(custom_id=name, required=False, max_length=9)


VERBS: Mapping[str, Verb] = {"set": _set, "words": _words, "limits": _limits, "limited": _limited}
