"""/topic: what those who set up can do with topics."""

import asyncio
import io
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands, ui

from bot.chat import choices, progress, topicviews
from bot.chat.forms import Form, filled
from bot.chat.here import visitor
from bot.chat.screen import SOON, Interaction, Style, Verb, button, row, screen
from bot.chat.siding import side_of, sides
from bot.chat.text import plain
from bot.chat.uploads import Upload, fetched
from bot.desk import offers
from bot.desk.errors import DeskError
from bot.desk.setup import File
from bot.desk.visitor import Visitor
from bot.store.charters import Charter
from bot.store.standings import Standing
from knowledge.topics import Side
from prompts import said

if TYPE_CHECKING:
    from bot.chat.client import Gainsay

_OWN = app_commands.describe(topic="The topic's id")
FIND_OUT = "find-out"

group = app_commands.Group(
    name="topic",
    description="Set up what is debated here",
    guild_only=True,
    allowed_contexts=app_commands.AppCommandContext(guild=True),
)


def enlist(tree: app_commands.CommandTree["Gainsay"]) -> None:
    """Add the commands of this part."""
    tree.add_command(group)


@group.command(name="create", description="Make a topic: a motion and two sides")
async def create(interaction: Interaction) -> None:
    """Open the form for a new topic: it must be the first answer."""
    await _let_in(interaction)
    form = Form("A new topic", "topic_made")
    form.ask("Motion", _line("motion", "The motion, as a full sentence", 300))
    form.ask("Short name", _line("name", "A short name: small letters, digits, hyphens", 64))
    form.ask("Side for", _line("first", "The side for the motion, or name: what it holds", 300))
    form.ask("Side against", _line("second", "The side against it, or name: what it holds", 300))
    await interaction.response.send_modal(form)


@group.command(name="add", description="Add readings to a topic")
@_OWN
async def add(interaction: Interaction, topic: str) -> None:
    """Open the form for readings: it must be the first answer."""
    await _let_in(interaction, topic)
    form = Form("Readings for a topic", "topic_added", topic)
    most = f"each of up to {interaction.client.desk.setup.limits.max_bytes // 2**20} MiB"
    files: ui.FileUpload[Any] = ui.FileUpload(custom_id="files", min_values=1, max_values=10)
    form.ask("Readings", files, f"Text, Markdown, HTML, PDF or Word; up to ten, {most}")
    form.ask("Which side do they argue for?", sides("Find it out", FIND_OUT))
    await interaction.response.send_modal(form)


@group.command(name="attach", description="Attach the original to a digest, so that it is quoted to the letter")
@app_commands.describe(topic="The topic's id", original="The original text")
async def attach(interaction: Interaction, topic: str, original: discord.Attachment) -> None:
    """Put an original in its digest's place."""
    client, who, name = await _setting_up(interaction, topic)
    (file,) = await _fetched(client, [Upload.of(original)])
    setup = client.desk.setup
    source = await progress.told(interaction, name, lambda told: setup.attach(who.house, name, file, told))
    client.desk.reviews.changed(who.house, name)
    text = said("attached", title=plain(source.title))
    await interaction.edit_original_response(view=screen(ui.TextDisplay(text)))


@group.command(name="show", description="See what a topic has for each side, and what nothing answers")
@_OWN
async def show(interaction: Interaction, topic: str) -> None:
    """Show a topic on offer; to those who set up, any."""
    await interaction.response.defer(ephemeral=True)
    client, who = interaction.client, await visitor(interaction)
    who.to_ask()
    client.desk.spend(who)
    name = await client.work(offers.chosen(who.house, who.charter, who.channel, topic, who.sets_up))
    standing = next(o.standing for o in await client.work(offers.offers(who.house, True)) if o.topic.id == name)
    seen, picture = await client.work(client.desk.setup.show(who.house, name))
    file = discord.File(io.BytesIO(picture), topicviews.PICTURE)
    await interaction.followup.send(view=topicviews.shown(seen, standing.value), file=file, ephemeral=True)


@group.command(name="list", description="See which topics there are")
async def show_topics(interaction: Interaction) -> None:
    """List the topics on offer; to those who set up, all."""
    await interaction.response.defer(ephemeral=True)
    client, who = interaction.client, await visitor(interaction)
    found = await client.work(offers.offers(who.house, who.sets_up))
    for view in topicviews.listed(found):
        await interaction.followup.send(view=view, ephemeral=True)


@group.command(name="review", description="Go through what is least certain in a topic's readings")
@_OWN
async def review(interaction: Interaction, topic: str) -> None:
    """Show the first page of a review."""
    client, who, name = await _setting_up(interaction, topic)
    page = await client.work(client.desk.reviews.page(who.house, name))
    view = topicviews.review(page, name) if page else topicviews.reviewed(name, 0)
    await interaction.followup.send(view=view, ephemeral=True)


@group.command(name="publish", description="Offer a topic to everyone on this server")
@_OWN
async def publish(interaction: Interaction, topic: str) -> None:
    """Publish a topic."""
    await _stand(interaction, topic, Standing.PUBLISHED)


@group.command(name="archive", description="Offer a topic no longer; rounds on it are kept")
@_OWN
async def archive(interaction: Interaction, topic: str) -> None:
    """Archive a topic."""
    await _stand(interaction, topic, Standing.ARCHIVED)


@group.command(name="delete", description="Delete a topic with all its readings")
@_OWN
async def delete(interaction: Interaction, topic: str) -> None:
    """Ask once more before a topic is deleted."""
    _, _, name = await _setting_up(interaction, topic)
    sure = screen(
        ui.TextDisplay(said("delete_sure", topic=name)),
        row(button("Delete the topic", "topic_delete", name, style=Style.danger)),
    )
    await interaction.followup.send(view=sure, ephemeral=True)


@group.command(name="export", description="Get a topic as one zip file")
@_OWN
async def export(interaction: Interaction, topic: str) -> None:
    """Hand out a topic's pack."""
    client, who, name = await _setting_up(interaction, topic)
    data = await client.work(client.desk.setup.export(who.house, name))
    if len(data) > interaction.filesize_limit:
        most = f"{interaction.filesize_limit // 2**20} MiB"
        raise DeskError(f"As a zip, {name} is bigger than the {most} that Discord takes here. Split its readings.")
    file = discord.File(io.BytesIO(data), f"{name}.zip", description=f"The topic {name}")
    await interaction.followup.send(said("exported", topic=name), file=file, ephemeral=True)


@group.command(name="import", description="Take a topic from a zip file that an export wrote")
@app_commands.describe(pack="The zip file", name="Keep it under this short name")
async def take(interaction: Interaction, pack: discord.Attachment, name: str = "") -> None:
    """Import a topic, all of it or nothing."""
    client, who, _ = await _setting_up(interaction, "")
    (file,) = await _fetched(client, [Upload.of(pack)])
    setup = client.desk.setup
    topic = await progress.told(interaction, "import", lambda told: setup.take(who.house, file, name, told))
    await interaction.edit_original_response(view=topicviews.made(topic))


@group.command(name="use", description="Make a topic this channel's own, for all who name none")
@_OWN
async def use(interaction: Interaction, topic: str) -> None:
    """Set a channel's default topic."""
    client, who, name = await _setting_up(interaction, topic)

    def own(charter: Charter) -> Charter:
        return charter.model_copy(update={"topics": {**charter.topics, who.channel: name}})

    await client.work(client.desk.decrees.change(who.house, own))
    await interaction.followup.send(said("topic_used", topic=name, channel=who.channel), ephemeral=True)


_NAMING: tuple[Any, ...] = (add, attach, show, review, publish, archive, delete, export, use)
_COMMANDS: tuple[app_commands.Command[Any, ..., Any], ...] = _NAMING
for _command in _COMMANDS:
    _command.autocomplete("topic")(choices.topics)


async def _setting_up(interaction: Interaction, topic: str) -> tuple["Gainsay", Visitor, str]:
    """Return the client, who sets up, and the topic that is named, if any; all are told to wait first."""
    await interaction.response.defer(ephemeral=True, thinking=True)
    who = await visitor(interaction)
    who.to_set_up()
    return interaction.client, who, await _own(interaction, who, topic) if topic else ""


async def _let_in(interaction: Interaction, topic: str = "") -> None:
    """Raise what keeps somebody from a form, so that nobody fills one in for nothing.

    A form must open within three seconds: where the store is slow it does, and all is looked up when it is handed in.
    """
    with suppress(TimeoutError):
        await asyncio.wait_for(asyncio.shield(_admitted(interaction, topic)), SOON)


async def _admitted(interaction: Interaction, topic: str) -> None:
    who = await visitor(interaction)
    who.to_set_up()
    if topic:
        await _own(interaction, who, topic)


async def _own(interaction: Interaction, who: Visitor, topic: str) -> str:
    return await interaction.client.work(offers.chosen(who.house, who.charter, who.channel, topic, True))


async def _stand(interaction: Interaction, topic: str, standing: Standing) -> None:
    client, who, name = await _setting_up(interaction, topic)
    await client.work(client.desk.setup.stand(who.house, name, standing))
    await interaction.followup.send(said(f"topic_{standing.value}", topic=name), ephemeral=True)


async def _made(interaction: Interaction, _: Sequence[str]) -> None:
    """Make the topic that a form describes."""
    client, who, _ = await _setting_up(interaction, "")
    given = filled(interaction).values
    motion = " ".join(given["motion"].split())
    sides = [_side(given["first"], motion), _side(given["second"], f"Against: {motion}")]
    topic = await client.work(client.desk.setup.create(who.house, _slug(given["name"]), motion, sides))
    await interaction.followup.send(view=topicviews.made(topic), ephemeral=True)


async def _added(interaction: Interaction, args: Sequence[str]) -> None:
    """Add the readings that came with a form, all of them or none."""
    client, who, name = await _setting_up(interaction, args[0])
    given, setup = filled(interaction), client.desk.setup
    side = side_of(await client.work(setup.head(who.house, name)), given.values["side"])
    files = await _fetched(client, given.files)
    part = await progress.told(interaction, name, lambda told: setup.add(who.house, name, files, side, told))
    client.desk.reviews.changed(who.house, name)
    await interaction.edit_original_response(view=topicviews.added(name, part))


async def _fetched(client: "Gainsay", files: Sequence[Upload]) -> Sequence[File]:
    return await fetched(files, client.desk.setup.limits.max_bytes, client.cdn)


async def _delete(interaction: Interaction, args: Sequence[str]) -> None:
    await interaction.response.defer()
    client, who = interaction.client, await visitor(interaction)
    who.to_set_up()
    await client.work(client.desk.setup.delete(who.house, args[0]))
    client.desk.reviews.changed(who.house, args[0])
    await interaction.edit_original_response(view=screen(ui.TextDisplay(said("deleted", topic=args[0]))))


def _line(name: str, placeholder: str, most: int) -> ui.TextInput[Any]:
    return ui.TextInput(custom_id=name, placeholder=placeholder, max_length=most)


def _side(written: str, holds: str) -> Side:
    """Return the side that is written as "name" or "name: what it holds"."""
    name, _, says = written.partition(":")
    return Side(" ".join(name.split()), " ".join(says.split()) or holds)


def _slug(written: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", written.strip().lower()).strip("-")


VERBS: Mapping[str, Verb] = {"topic_made": _made, "topic_added": _added, "topic_delete": _delete}
