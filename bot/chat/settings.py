"""/settings: what those who manage a server decide."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from discord import app_commands, ui
from pydantic import ValidationError

from bot.chat.here import visitor
from bot.chat.roundviews import PLAIN_ACCENT
from bot.chat.screen import Interaction, Verb, box, button, channels, roles, row, screen
from bot.chat.topics import Form
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
                button("Turn my words off" if charter.words else "Turn my words on", "words"),
            ),
            accent=PLAIN_ACCENT,
        )
    )


class Limits(Form, title="Limits and hours"):
    """The form for numbers."""

    def __init__(self) -> None:
        super().__init__(timeout=None)
        self.numbers: dict[str, ui.TextInput[Any]] = {key: _number() for key in NUMBERS}
        self.quiet = _number()
        for key, what in NUMBERS.items():
            self.add_item(ui.Label(text=what, description=said("left_empty"), component=self.numbers[key]))
        self.add_item(ui.Label(text=QUIET, description=said("quiet_how"), component=self.quiet))

    async def on_submit(self, interaction: Any, /) -> None:
        """Keep what was filled in."""
        await interaction.response.defer()
        changes: dict[str, Any] = {key: part.value for key, part in self.numbers.items() if part.value.strip()}
        if written := self.quiet.value.strip():
            start, _, end = written.replace("–", "-").partition("-")
            changes |= {"quiet_from": start.strip(), "quiet_to": end.strip()}
        await _changed(interaction, changes)


async def _set(interaction: Interaction, args: Sequence[str]) -> None:
    await interaction.response.defer()
    await _changed(interaction, {args[0]: args[1:]})


async def _words(interaction: Interaction, _: Sequence[str]) -> None:
    await interaction.response.defer()
    who = await visitor(interaction)
    await _changed(interaction, {"words": not who.charter.words})


async def _limits(interaction: Interaction, _: Sequence[str]) -> None:
    """Open the form for numbers: it must be the first answer."""
    await interaction.response.send_modal(Limits())


async def _changed(interaction: Interaction, changes: Mapping[str, Any]) -> None:
    """Keep the settings with these changes, and show them; nothing is kept when one does not do."""
    client, who = interaction.client, await visitor(interaction)
    who.to_manage()
    try:
        charter = Charter.model_validate({**who.charter.model_dump(), **changes})
    except ValidationError as error:
        key = str(error.errors()[0]["loc"][0])
        raise DeskError(f"{NUMBERS.get(key, QUIET)}: {error.errors()[0]['msg']}. Nothing was changed.") from None
    await client.work(client.desk.decree(who, charter))
    await interaction.edit_original_response(view=panel(charter))


def _number() -> ui.TextInput[Any]:
    return ui.TextInput(required=False, max_length=9)


VERBS: Mapping[str, Verb] = {"set": _set, "words": _words, "limits": _limits}
