"""A small bot to try the fake with: it shows one of each thing that a bot can do."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from typing import Any, Self

import discord
from discord import app_commands, ui

TOPICS = ("north-korea", "northern-lights", "ferry")
Deed = Callable[[discord.Interaction], Awaitable[object]]


class Again(ui.DynamicItem[ui.Button[Any]], template=r"again:(?P<times>\d+)"):
    """A button that survives a restart: its count is in its custom id."""

    def __init__(self, times: int) -> None:
        super().__init__(ui.Button(label="Again", custom_id=f"again:{times}"))
        self.times = times

    @classmethod
    async def from_custom_id(cls, _: discord.Interaction[Any], __: ui.Item[Any], match: re.Match[str], /) -> Self:
        return cls(int(match["times"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        await interaction.response.edit_message(view=card(self.times + 1))


def card(times: int) -> ui.LayoutView:
    """A card of Components V2."""
    view = ui.LayoutView(timeout=None)
    heading: ui.Section[Any] = ui.Section(
        f"Pressed {times}", accessory=ui.Button(label="Why", url="https://x.example")
    )
    view.add_item(ui.Container(heading, ui.Separator(), ui.TextDisplay("-# a note"), ui.ActionRow(Again(times))))
    return view


class Setup(ui.Modal, title="Set up"):
    """One field of each kind that a modal has."""

    motion: ui.Label[Any] = ui.Label(text="Motion", component=ui.TextInput(min_length=3))
    side: ui.Label[Any] = ui.Label(
        text="Side", component=ui.RadioGroup(options=[discord.RadioGroupOption(label=s) for s in ("For", "Against")])
    )

    def __init__(self) -> None:
        super().__init__()
        self.readings: ui.FileUpload[Any] = ui.FileUpload(required=False, max_values=2)
        self.judge: ui.UserSelect[Any] = ui.UserSelect(required=False)
        self.strict: ui.Checkbox[Any] = ui.Checkbox(default=True)
        self.add_item(ui.Label(text="Readings", component=self.readings))
        self.add_item(ui.Label(text="Judge", component=self.judge))
        self.add_item(ui.Label(text="Strict", component=self.strict))

    async def on_submit(self, interaction: discord.Interaction[Any], /) -> None:
        files = [f"{file.filename}={(await file.read()).decode()}" for file in self.readings.values]
        judges = [judge.name for judge in self.judge.values]
        said: list[object] = [_value(self.motion), _value(self.side), files, judges, self.strict.value]
        await interaction.response.send_message(" ".join(map(str, said)))


def _value(label: ui.Label[Any]) -> object:
    component: Any = label.component
    return component.value


class SampleBot(discord.Client):
    """Does in ``/do`` and in the menu "Do to" what a test has told it to do."""

    def __init__(self, **options: Any) -> None:
        intents = options.pop("intents", discord.Intents(guilds=True, messages=True, message_content=True))
        super().__init__(
            intents=intents,
            allowed_mentions=discord.AllowedMentions.none(),
            guild_ready_timeout=0.02,
            **options,
        )
        self.tree = app_commands.CommandTree(self)
        self.deed: Deed = self._nothing
        self.heard: list[discord.Message] = []
        self.failures: list[discord.HTTPException] = []
        self.failed = asyncio.Event()
        self.done = asyncio.Event()
        self.news = asyncio.Event()
        self.topics: tuple[str, ...] = TOPICS
        self.tree.error(self._fail)
        commands: list[Any] = [echo, debate, do, ask, manage, do_to]
        for command in commands:
            self.tree.add_command(command)

    async def setup_hook(self) -> None:
        self.add_dynamic_items(Again)
        await self.tree.sync()

    async def before_identify_hook(self, _: int | None, *, initial: bool = False) -> None:
        """Does not wait: discord.py does, for 5 s, before it identifies anew."""

    async def on_message(self, message: discord.Message) -> None:
        self.heard.append(message)
        self.news.set()

    async def _nothing(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_message("nothing", ephemeral=True)

    async def _fail(self, _: discord.Interaction[Any], error: app_commands.AppCommandError, /) -> None:
        cause = error.__cause__
        assert isinstance(cause, discord.HTTPException), repr(error)
        self.failures.append(cause)
        self.failed.set()


@app_commands.command(description="Says what it was given")
async def echo(
    interaction: discord.Interaction[SampleBot],
    text: app_commands.Range[str, 1, 10],
    number: app_commands.Range[int, 0, 9] | None = None,
    loud: bool | None = None,
    who: discord.Member | discord.User | None = None,
    where: discord.TextChannel | None = None,
    role: discord.Role | None = None,
    file: discord.Attachment | None = None,
) -> None:
    names = [getattr(one, "name", None) for one in (who, where, role)]
    data = await file.read() if file else None
    await interaction.response.send_message(f"{text} {number} {loud} {names} {data!r}", ephemeral=True)


debate = app_commands.Group(name="debate", description="Debates")


@debate.command(description="Starts one")
async def start(interaction: discord.Interaction[SampleBot], topic: str, side: str = "for") -> None:
    await interaction.response.defer(ephemeral=True)
    await interaction.followup.send(f"{topic} {side}")


@start.autocomplete("topic")
async def _topics(interaction: discord.Interaction[SampleBot], typed: str) -> list[app_commands.Choice[str]]:
    side = interaction.namespace.side
    found = [name for name in interaction.client.topics if name.startswith(typed)]
    return [app_commands.Choice(name=f"{name} ({side})", value=name) for name in found]


@app_commands.command(description="Does as told")
async def do(interaction: discord.Interaction[SampleBot]) -> None:
    await interaction.client.deed(interaction)
    interaction.client.done.set()


@app_commands.command(description="Answers anywhere")
@app_commands.allowed_installs(guilds=True, users=True)
@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
async def ask(interaction: discord.Interaction[SampleBot], question: str) -> None:
    owners = interaction.is_user_integration(), interaction.is_guild_integration()
    await interaction.response.send_message(f"{question} {interaction.context.dm_channel} {owners}")


@app_commands.command(description="For those who manage")
@app_commands.default_permissions(manage_guild=True)
@app_commands.guild_only()
async def manage(interaction: discord.Interaction[SampleBot]) -> None:
    await interaction.response.send_message(f"{interaction.permissions.manage_guild}", ephemeral=True)


@app_commands.context_menu(name="Do to")
async def do_to(interaction: discord.Interaction[SampleBot], message: discord.Message) -> None:
    await interaction.response.send_message(f"to {message.content!r} of {message.author.name}")
