"""Forms whose ids say what they are for, so that one opened before a restart is taken up after it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import discord
from discord import ui

from bot.chat.screen import Interaction, named
from bot.chat.uploads import Upload

_ID = re.compile(r"f/(?P<verb>[a-z_]+)(?P<rest>(?:/[^/]*)*)")


class Form(ui.Modal):
    """A form for the verb that does what is handed in. Its parts are found again by their custom ids."""

    def __init__(self, title: str, verb: str, *args: object) -> None:
        super().__init__(title=title, custom_id=named("f", verb, *args), timeout=None)

    def ask(self, label: str, part: ui.Item[Any], description: str | None = None) -> None:
        """Add a part, with what it asks for."""
        self.add_item(ui.Label(text=label, description=description, component=part))

    async def on_submit(self, interaction: discord.Interaction, /) -> None:
        """Leave it to the client, which also knows the forms of its last run."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What is in a form that was handed in: what was written or picked in each part, and the files, in order."""

    values: Mapping[str, str]
    files: Sequence[Upload]


def purpose(interaction: Interaction) -> tuple[str, Sequence[str]] | None:
    """Return the verb and the arguments in the id of a form that was handed in; None where it is not one of ours."""
    found = _ID.fullmatch(str(_data(interaction).get("custom_id", "")))
    return (found["verb"], found["rest"].split("/")[1:]) if found else None


def filled(interaction: Interaction) -> Filled:
    """Return what is in the form that was handed in."""
    data = _data(interaction)
    sent: Mapping[str, Mapping[str, Any]] = data.get("resolved", {}).get("attachments", {})
    parts = list(_parts(data.get("components", ())))
    values = {part["custom_id"]: str(part.get("value") or "") for part in parts}
    files = [sent[name] for part in parts for name in part.get("values", ()) if name in sent]
    return Filled(values, [Upload(file["filename"], file["url"], file["size"]) for file in files])


def _data(interaction: Interaction) -> Mapping[str, Any]:
    return interaction.data or {}


def _parts(components: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for part in components:
        yield from _parts([*part.get("components", ()), *([part["component"]] if "component" in part else [])])
        if "custom_id" in part:
            yield part
