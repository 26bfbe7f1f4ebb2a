"""The pages of a review, turned by menus and buttons."""

from collections.abc import Mapping, Sequence

from bot.chat import topicviews
from bot.chat.here import visitor
from bot.chat.screen import Interaction, Verb
from bot.desk.reviewing import Page
from bot.desk.visitor import Visitor


async def _side(interaction: Interaction, args: Sequence[str]) -> None:
    topic, passage, helps = args
    await _decided(interaction, topic, passage, helps=helps)


async def _role(interaction: Interaction, args: Sequence[str]) -> None:
    """Note what a passage is; its page stays for the side."""
    topic, passage, role = args
    client, who = interaction.client, await _reviewer(interaction)
    page = await client.work(client.desk.reviews.cast(who.house, topic, passage, role))
    await _turned(interaction, who, topic, page)


async def _keep(interaction: Interaction, args: Sequence[str]) -> None:
    topic, passage = args
    await _decided(interaction, topic, passage)


async def _drop(interaction: Interaction, args: Sequence[str]) -> None:
    topic, passage = args
    await _decided(interaction, topic, passage, helps="neither")


async def _skip(interaction: Interaction, args: Sequence[str]) -> None:
    topic, passage = args
    client, who = interaction.client, await _reviewer(interaction)
    page = await client.work(client.desk.reviews.skip(who.house, topic, passage))
    await _turned(interaction, who, topic, page)


async def _stop(interaction: Interaction, args: Sequence[str]) -> None:
    (topic,) = args
    await _turned(interaction, await _reviewer(interaction), topic, None)


async def _decided(interaction: Interaction, topic: str, passage: str, helps: str = "") -> None:
    """Keep a decision and turn the page."""
    client, who = interaction.client, await _reviewer(interaction)
    page = await client.work(client.desk.reviews.decide(who.house, topic, passage, helps))
    await _turned(interaction, who, topic, page)


async def _turned(interaction: Interaction, who: Visitor, topic: str, page: Page | None) -> None:
    """Show a page; where there is none, close the review."""
    client = interaction.client
    if page is None:
        left = await client.work(client.desk.reviews.close(who.house, topic))
        await interaction.edit_original_response(view=topicviews.reviewed(topic, left))
    else:
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
