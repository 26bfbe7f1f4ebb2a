"""Messages as Discord lays them out (Components V2), and buttons that work after a restart."""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Self, TypeAlias

import discord
from discord import ui

if TYPE_CHECKING:
    from bot.chat.client import Gainsay

Interaction: TypeAlias = "discord.Interaction[Gainsay]"
Verb = Callable[[Interaction, Sequence[str]], Awaitable[None]]
"""What a button, menu or form does; it is told the arguments in its id, then, of a menu, what was picked."""
Style = discord.ButtonStyle
SOON = 1.5
"""Seconds that may pass before Discord is answered, which waits for three."""
_REST = r"(?P<verb>[a-z_]+)(?P<rest>(?:/[^/]*)*)"


class Control(ui.DynamicItem[ui.Item[ui.LayoutView]], template=rf"[bm]/{_REST}"):
    """A button or a menu whose id says what it is for."""

    def __init__(self, item: ui.Item[ui.LayoutView], verb: str = "", args: Sequence[str] = ()) -> None:
        super().__init__(item)
        self.verb, self.args = verb, args

    @classmethod
    async def from_custom_id(cls, _: Any, item: ui.Item[Any], match: re.Match[str], /) -> Self:
        """Return the control that has this id."""
        return cls(item, match["verb"], match["rest"].split("/")[1:])

    async def callback(self, interaction: Any) -> None:
        """Do what the id says, with what was picked."""
        picked = [str(value) for value in interaction.data.get("values", ())]
        await interaction.client.do(interaction, self.verb, [*self.args, *picked])


def screen(*items: ui.Item[Any]) -> ui.LayoutView:
    """Return a message of these parts; it stays alive for as long as the message does."""
    view = ui.LayoutView(timeout=None)
    for item in items:
        view.add_item(item)
    return view


def box(*parts: str | ui.Item[Any], accent: int | None = None) -> ui.Container[ui.LayoutView]:
    """Return a framed part of a message; a text is shown as such, "" as a line across."""
    return ui.Container(*map(_part, parts), accent_colour=accent)


def _part(part: str | ui.Item[Any]) -> ui.Item[Any]:
    if not isinstance(part, str):
        return part
    return ui.TextDisplay(part) if part else ui.Separator()


def row(*items: ui.Item[Any]) -> ui.ActionRow[ui.LayoutView]:
    """Return a row of buttons, or of one menu."""
    return ui.ActionRow(*items)


def button(label: str, verb: str, *args: object, style: Style = Style.secondary, off: bool = False) -> Control:
    """Return a button that does what the verb says with these arguments."""
    return Control(ui.Button(label=label, custom_id=named("b", verb, *args), style=style, disabled=off))


def menu(prompt: str, options: Sequence[discord.SelectOption], verb: str, *args: object) -> Control:
    """Return a menu from which one is picked."""
    return Control(ui.Select(placeholder=prompt, options=list(options), custom_id=named("m", verb, *args)))


def channels(prompt: str, chosen: Sequence[int], verb: str, *args: object) -> Control:
    """Return a menu from which any number of text channels is picked; ``chosen`` are picked already."""
    options = _any(prompt, chosen, discord.SelectDefaultValueType.channel, named("m", verb, *args))
    return Control(ui.ChannelSelect(channel_types=[discord.ChannelType.text], **options))


def roles(prompt: str, chosen: Sequence[int], verb: str, *args: object) -> Control:
    """Return a menu from which any number of roles is picked; ``chosen`` are picked already."""
    options = _any(prompt, chosen, discord.SelectDefaultValueType.role, named("m", verb, *args))
    return Control(ui.RoleSelect(**options))


def _any(prompt: str, chosen: Sequence[int], kind: discord.SelectDefaultValueType, name: str) -> dict[str, Any]:
    """Return what makes a menu one from which any number is picked."""
    ready = [discord.SelectDefaultValue(id=each, type=kind) for each in chosen]
    return {"placeholder": prompt, "custom_id": name, "min_values": 0, "max_values": 25, "default_values": ready}


def named(kind: str, verb: str, *args: object) -> str:
    """Return the id that carries a verb and its arguments, none of which may have a slash in it."""
    return "/".join([kind, verb, *map(str, args)])


def merged(*parts: Mapping[str, Verb]) -> Mapping[str, Verb]:
    """Return the verbs of all parts; no two may share one."""
    verbs: dict[str, Verb] = {}
    for part in parts:
        assert not verbs.keys() & part.keys(), f"twice: {verbs.keys() & part.keys()}"
        verbs |= part
    return verbs
