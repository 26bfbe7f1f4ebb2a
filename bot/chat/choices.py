"""What Discord offers while somebody types: topics, and the sides of the one that was chosen."""

from discord import app_commands

from bot.chat.here import visitor
from bot.chat.screen import Interaction
from bot.chat.text import brief
from bot.desk import offers
from knowledge.errors import GainsayError

Choice = app_commands.Choice[str]
MOST = 25


def matching(found: list[tuple[str, str]], typed: str) -> list[Choice]:
    """Return those of (shown, meant) that have what was typed, as many as Discord takes."""
    return [Choice(name=brief(n, 95), value=v) for n, v in found if typed.casefold() in n.casefold()][:MOST]


async def topics(interaction: Interaction, typed: str) -> list[Choice]:
    """Return the topics on offer whose id or motion has what was typed."""
    client, who = interaction.client, await visitor(interaction)
    known = await client.work(offers.offers(who.house, who.sets_up))
    return matching([(f"{offer.topic.id}: {offer.topic.motion}", offer.topic.id) for offer in known], typed)


async def sides(interaction: Interaction, typed: str) -> list[Choice]:
    """Return the sides of the topic that was chosen; none while its name is not one on offer."""
    client, who = interaction.client, await visitor(interaction)
    given = str(interaction.namespace.topic or "")
    try:
        name = await client.work(offers.chosen(who.house, who.charter, who.channel, given, who.sets_up))
    except GainsayError:
        return []
    head = await client.work(client.desk.setup.head(who.house, name))
    return matching([(f"{side.id}: {side.holds}", side.id) for side in head.sides], typed)
