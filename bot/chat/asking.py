"""/ask, /evidence, /rebut, the menus on messages, and mentions: everything that needs no round."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands, ui

from bot.chat import answerviews, choices
from bot.chat.courier import typing
from bot.chat.here import author, visitor
from bot.chat.screen import Interaction, Verb
from bot.desk import offers
from bot.desk.errors import DeskError
from bot.desk.visitor import Visitor
from bot.store.answers import Answered
from bot.store.houses import COMMONS
from prompts import said

if TYPE_CHECKING:
    from bot.chat.client import Gainsay

Argument = app_commands.Range[str, 1, 2000]
_EVERYWHERE = app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True)
_BOTH = app_commands.AppInstallationType(guild=True, user=True)


@app_commands.command(name="ask", description="Ask the readings; the answer says where it stands")
@app_commands.describe(question="Your question", topic="Whose readings; this channel's topic if you leave it out")
async def ask(interaction: Interaction, question: Argument, topic: str = "") -> None:
    """Answer a question where everybody sees it."""
    await interaction.response.defer()
    client, who, name = await _allowed(interaction, topic)
    kept, told = await client.work(client.desk.asking.ask(who.house, name, who.user, question))
    await _shown(interaction, kept, answerviews.answer(kept, told, who.charter.words))


@app_commands.command(name="evidence", description="Find evidence for a claim, as cards ready to paste")
@app_commands.describe(
    claim="What the evidence is to bear out",
    side="The side that it is for; the claim's own if you leave it out",
    topic="Whose readings; this channel's topic if you leave it out",
)
async def evidence(interaction: Interaction, claim: Argument, side: str = "", topic: str = "") -> None:
    """Show cards for a claim."""
    await interaction.response.defer()
    await _evidence(interaction, claim, side, topic)


@app_commands.command(name="rebut", description="Have one argument answered, without a round")
@app_commands.describe(
    argument="The argument",
    side="The side that answers; the one it is against if you leave it out",
    topic="Whose readings; this channel's topic if you leave it out",
)
async def rebut(interaction: Interaction, argument: Argument, side: str = "", topic: str = "") -> None:
    """Answer one argument."""
    await interaction.response.defer()
    await _rebuttal(interaction, argument, side, topic)


async def rebut_this(interaction: Interaction, message: discord.Message) -> None:
    """Answer what a message argues."""
    await interaction.response.defer()
    await _rebuttal(interaction, _text(message), "", "")


async def find_evidence(interaction: Interaction, message: discord.Message) -> None:
    """Show cards for what a message claims, to whoever asked."""
    await interaction.response.defer(ephemeral=True)
    await _evidence(interaction, _text(message), "", "", private=True)


async def check_quotes(interaction: Interaction, message: discord.Message) -> None:
    """Say of each quotation in a message whether it is in the readings, to whoever asked."""
    await interaction.response.defer(ephemeral=True)
    text = _text(message)
    client, who, name = await _allowed(interaction, "")
    found = await client.work(client.desk.asking.quotes(who.house, name, text))
    topic = (await client.work(client.desk.readings.of(who.house, name))).topic
    for view in answerviews.verdicts(topic, found):
        await interaction.followup.send(view=view, ephemeral=True)


def enlist(tree: app_commands.CommandTree["Gainsay"]) -> None:
    """Add the commands of this part; they also serve people who install the bot for themselves."""
    menus = (("Rebut this", rebut_this), ("Find evidence", find_evidence), ("Check quotes", check_quotes))
    for command in _COMMANDS:
        command.allowed_contexts, command.allowed_installs = _EVERYWHERE, _BOTH
        tree.add_command(command)
    for name, do in menus:
        menu = app_commands.ContextMenu(name=name, callback=do)
        menu.allowed_contexts, menu.allowed_installs = _EVERYWHERE, _BOTH
        tree.add_command(menu)


_COMMANDS: tuple[app_commands.Command[Any, ..., Any], ...] = (ask, evidence, rebut)
for _command in _COMMANDS:
    _command.autocomplete("topic")(choices.topics)
for _command in _COMMANDS[1:]:
    _command.autocomplete("side")(choices.sides)


async def mentioned(client: "Gainsay", message: discord.Message) -> None:
    """Answer a question in a message that mentions the bot, or that replies to one of its answers."""
    follows = await _follows(client, message)
    if client.user not in message.mentions and not follows and message.guild is not None:
        return
    who = await author(client, message)
    who.to_ask()
    question = client.words_of(message)
    if not question:
        await message.reply(said("mention_empty"), mention_author=False)
        return
    client.desk.spend(who)
    chosen = offers.chosen(who.house, who.charter, who.channel, follows.topic if follows else "", who.sets_up)
    name = await client.work(chosen)
    async with typing(message.channel):
        kept, told = await client.work(client.desk.asking.ask(who.house, name, who.user, question[:2000], follows))
        for view in answerviews.answer(kept, told, who.charter.words):
            sent = await message.reply(view=view, mention_author=False)
    await client.work(client.desk.asking.shown(who.house, kept, sent.id))


async def _follows(client: "Gainsay", message: discord.Message) -> Answered | None:
    """Return the answer that a message replies to; None where it replies to none."""
    replies = message.type is discord.MessageType.reply  # what is passed on is referred to as well
    to = message.reference.message_id if message.reference and replies else None
    house = str(message.guild.id) if message.guild else COMMONS
    if to is None or house not in client.desk.houses:
        return None
    who = await author(client, message)
    return await client.work(client.desk.asking.at(who.house, to))


async def _evidence(
    interaction: Interaction, claim: str, side: str, topic: str, private: bool = False, whose: int = 0
) -> None:
    """Show cards for a claim; it is kept as ``whose`` it is, by default as theirs who ask."""
    client, who, name = await _allowed(interaction, topic)
    found = await client.work(client.desk.asking.evidence(who.house, name, whose or who.user, claim, side))
    await _shown(interaction, found.kept, answerviews.evidence(found), private)


async def _rebuttal(interaction: Interaction, argument: str, side: str, topic: str, whose: int = 0) -> None:
    """Answer an argument; it is kept as ``whose`` it is, by default as theirs who ask."""
    client, who, name = await _allowed(interaction, topic)
    found = await client.work(client.desk.asking.rebut(who.house, name, whose or who.user, argument, side))
    await _shown(interaction, found.kept, answerviews.rebuttal(found, who.charter.words))


async def _allowed(interaction: Interaction, topic: str) -> tuple["Gainsay", Visitor, str]:
    """Return the client, who asks, and the topic that is meant, if they may ask here and now."""
    client, who = interaction.client, await visitor(interaction)
    who.to_ask()
    client.desk.spend(who)
    name = await client.work(offers.chosen(who.house, who.charter, who.channel, topic, who.sets_up))
    return client, who, name


async def _shown(
    interaction: Interaction, kept: Answered, views: Sequence[ui.LayoutView], private: bool = False
) -> None:
    """Show an answer, to whoever asked alone if it is ``private``, and keep where it is shown."""
    for view in views:
        sent = await interaction.followup.send(view=view, wait=True, ephemeral=private)
    client, who = interaction.client, await visitor(interaction)
    await client.work(client.desk.asking.shown(who.house, kept, sent.id))


def _text(message: discord.Message) -> str:
    """Return the words of a message; of one of the bot's, those on its screen."""
    shown = [part.content for part in _parts(message.components) if isinstance(part, discord.TextDisplay)]
    text = message.content.strip() or "\n".join(shown)
    if not text:
        raise DeskError("There are no words in that message that I could read.")
    return text[:4000]


def _parts(components: Sequence[object]) -> list[object]:
    found: list[object] = []
    for part in components:
        found += [part, *_parts(getattr(part, "children", ()))]
    return found


async def _passage(interaction: Interaction, args: Sequence[str]) -> None:
    await interaction.response.defer(ephemeral=True, thinking=True)
    kept, number = await _kept(interaction, args[0]), int(args[1])
    for view in answerviews.passage(number, kept.citations[number - 1]):
        await interaction.followup.send(view=view, ephemeral=True)


async def _paste(interaction: Interaction, args: Sequence[str]) -> None:
    await interaction.response.defer(ephemeral=True, thinking=True)
    kept, client = await _kept(interaction, args[0]), interaction.client
    tags: list[str] = []
    if args[1:]:
        house = (await visitor(interaction)).house
        tags = [card.tag for card in await client.work(client.desk.asking.cards(house, kept, int(args[1])))]
    for view in answerviews.to_paste(kept.citations, tags):
        await interaction.followup.send(view=view, ephemeral=True)


async def _evidence_for(interaction: Interaction, args: Sequence[str]) -> None:
    """Show the cards for the same claim that another side has, to those who see the first."""
    private = await _deferred(interaction)
    kept, side = await _turned(interaction, args)
    await _evidence(interaction, kept.question, side, kept.topic, private, kept.user)


async def _rebut_for(interaction: Interaction, args: Sequence[str]) -> None:
    """Have the same argument answered from another side."""
    await _deferred(interaction)
    kept, side = await _turned(interaction, args)
    await _rebuttal(interaction, kept.question, side, kept.topic, kept.user)


async def _deferred(interaction: Interaction) -> bool:
    """Have whoever pressed a button wait, and return whether its message is for them alone."""
    private = bool(interaction.message and interaction.message.flags.ephemeral)
    await interaction.response.defer(ephemeral=private, thinking=True)
    return private


async def _turned(interaction: Interaction, args: Sequence[str]) -> tuple[Answered, str]:
    """Return the answer that is named, and the side of that number in its topic."""
    client, house = interaction.client, (await visitor(interaction)).house
    kept = await client.work(client.desk.asking.again(house, args[0]))
    head = await client.work(client.desk.setup.head(house, kept.topic))
    return kept, head.sides[int(args[1])].id


async def _kept(interaction: Interaction, name: str) -> Answered:
    client, who = interaction.client, await visitor(interaction)
    return await client.work(client.desk.asking.again(who.house, name))


VERBS: Mapping[str, Verb] = {
    "passage": _passage,
    "paste": _paste,
    "evidence_for": _evidence_for,
    "rebut_for": _rebut_for,
}
