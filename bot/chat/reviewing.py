"""The pages of a review, turned by menus and buttons."""

from collections.abc import Mapping, Sequence

from discord import ui

from bot.chat import topicviews
from bot.chat.forms import Form, filled
from bot.chat.here import visitor
from bot.chat.screen import Interaction, Verb
from bot.chat.siding import side_of, sides
from bot.desk.errors import DeskError
from bot.desk.reviewing import Page
from bot.desk.visitor import Visitor

AS_THOUGHT = "as-thought"


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


async def _word(interaction: Interaction, args: Sequence[str]) -> None:
    """Open the form for a claim in other words: it must be the first answer."""
    form = Form("In your words", "review_worded", *args)
    form.ask("What does it claim?", ui.TextInput(custom_id="claim", max_length=300))
    form.ask("Which side does it help?", sides("As I think", AS_THOUGHT))
    await interaction.response.send_modal(form)


async def _worded(interaction: Interaction, args: Sequence[str]) -> None:
    """Keep a passage with its claim in other words, and turn the page."""
    topic, passage = args
    given = filled(interaction).values
    claim = " ".join(given["claim"].split())
    client, who = interaction.client, await _reviewer(interaction)
    if not claim:
        raise DeskError("There were no words in that claim. Nothing was changed.")
    helps = side_of(await client.work(client.desk.setup.head(who.house, topic)), given["side"])
    page = await client.work(client.desk.reviews.decide(who.house, topic, passage, helps, claim))
    await _turned(interaction, who, topic, page)


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
    "review_word": _word,
    "review_worded": _worded,
    "review_skip": _skip,
    "review_stop": _stop,
}
