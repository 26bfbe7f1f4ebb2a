"""The pages of a review, turned by menus and buttons."""

from collections.abc import Mapping, Sequence

from bot.chat import topicviews
from bot.chat.here import visitor
from bot.chat.roundviews import PLAIN_ACCENT
from bot.chat.screen import Interaction, Verb, box, screen
from bot.desk.visitor import Visitor
from prompts import said


async def _side(interaction: Interaction, args: Sequence[str]) -> None:
    topic, passage, helps = args
    await _decided(interaction, topic, passage, helps=helps)


async def _role(interaction: Interaction, args: Sequence[str]) -> None:
    topic, passage, role = args
    await _decided(interaction, topic, passage, role=role)


async def _keep(interaction: Interaction, args: Sequence[str]) -> None:
    topic, passage = args
    await _decided(interaction, topic, passage)


async def _drop(interaction: Interaction, args: Sequence[str]) -> None:
    topic, passage = args
    await _decided(interaction, topic, passage, helps="neither")


async def _skip(interaction: Interaction, args: Sequence[str]) -> None:
    topic, passage = args
    who = await _reviewer(interaction)
    client = interaction.client
    page = await client.work(client.desk.reviews.skip(who.house, topic, passage))
    await interaction.edit_original_response(view=topicviews.review(page, topic))


async def _stop(interaction: Interaction, args: Sequence[str]) -> None:
    (topic,) = args
    who = await _reviewer(interaction)
    client = interaction.client
    left = await client.work(client.desk.reviews.close(who.house, topic))
    text = said("review_stopped", topic=topic, left=left)
    await interaction.edit_original_response(view=screen(box(text, accent=PLAIN_ACCENT)))


async def _decided(interaction: Interaction, topic: str, passage: str, helps: str = "", role: str = "") -> None:
    """Keep a decision and turn the page; a role alone is noted, and the page stays for the side."""
    who = await _reviewer(interaction)
    client = interaction.client
    page = await client.work(client.desk.reviews.decide(who.house, topic, passage, helps, role))
    await interaction.edit_original_response(view=topicviews.review(page, topic))


async def _reviewer(interaction: Interaction) -> Visitor:
    await interaction.response.defer()
    who = await visitor(interaction)
    who.to_set_up()
    return who


VERBS: Mapping[str, Verb] = {
    "review_side": _side,
    "review_role": _role,
    "review_keep": _keep,
    "review_drop": _drop,
    "review_skip": _skip,
    "review_stop": _stop,
}
