"""Topics on Discord's screen: what they hold, and the pages of a review."""

from collections.abc import Sequence

import discord
from discord import ui

from bot.chat.roundviews import PLAIN_ACCENT, texts
from bot.chat.screen import Style, box, button, menu, row, screen
from bot.chat.text import brief, pages, plain
from bot.desk.offers import Offer
from bot.desk.reviewing import Page
from bot.overview import Overview, SideView
from knowledge.topics import Role, Topic
from prompts import said
from prompts.counts import counted

MOST_GAPS = 3
PICTURE = "topic.png"


def shown(seen: Overview, standing: str) -> ui.LayoutView:
    """Return what a topic has for each side, its readings, and its picture."""
    topic = seen.topic
    facts = f"{plain(topic.id)} · {standing} · version {plain(topic.version)} · {plain(topic.licence)}"
    readings = [
        f"- {plain(brief(r.title, 80))}: {r.first} / {r.both} / {r.second} / {r.neither}" for r in seen.readings[:15]
    ]
    first, second = (side.id for side in seen.sides)
    legend = f"-# passages that help {plain(first)} / both / {plain(second)} / neither"
    picture = discord.MediaGalleryItem(f"attachment://{PICTURE}", description=_alt(seen))
    return screen(
        box(
            f"## {plain(topic.motion)}\n-# {facts}",
            *(_side(side) for side in seen.sides),
            "\n".join(["**Readings**", *readings, legend]) if readings else said("no_readings", topic=topic.id),
            ui.MediaGallery(picture),
            accent=PLAIN_ACCENT,
        )
    )


def listed(found: Sequence[Offer]) -> list[ui.LayoutView]:
    """Return the topics that there are."""
    lines = [_listed(offer) for offer in found]
    parts = pages(["### Topics", *(lines or [said("no_topics")])])
    return [screen(box(*texts(part), accent=PLAIN_ACCENT)) for part in parts]


def _listed(offer: Offer) -> str:
    topic = offer.topic
    readings = counted(topic.sources, "reading")
    return f"`{topic.id}` · {offer.standing.value} · {readings}\n{plain(brief(topic.motion, 160))}"


def made(topic: Topic) -> ui.LayoutView:
    """Return what to do with a topic that was just made."""
    sides = "\n".join(f"**{plain(side.id)}**: {plain(side.holds)}" for side in topic.sides)
    return screen(box(f"### {plain(topic.motion)}", sides, said("topic_made", topic=topic.id), accent=PLAIN_ACCENT))


def added(topic: str, part: Topic) -> ui.LayoutView:
    """Return what was added to a topic."""
    lines = [
        f"- {plain(brief(s.title, 100))}: {counted(sum(p.source_id == s.id for p in part.passages), 'passage')}"
        for s in part.sources
    ]
    return screen(box(said("readings_added", topic=topic), "\n".join(lines), accent=PLAIN_ACCENT))


def reviewed(topic: str, left: int) -> ui.LayoutView:
    """Return how much of a topic is left to review."""
    text = said("review_stopped", topic=topic, left=left) if left else said("review_done", topic=topic)
    return screen(box(text, accent=PLAIN_ACCENT))


def review(page: Page, topic: str) -> ui.LayoutView:
    """Return a page of a review: a passage, what is thought of it, and what can be decided."""
    source, key = page.topic.source(page.passage.source_id), page.key
    where = f"-# {plain(source.title)}, {plain(page.passage.locator)}"
    guess = said("review_guess", helps=_helps(page), sure=f"{page.note.confidence:.0%}", role=page.note.role.value)
    left = said("review_left", left=page.left, sure=f"{page.sure:.0%}")
    sides = [discord.SelectOption(label=f"It helps {side.id}"[:100], value=side.id) for side in page.topic.sides]
    sides += [discord.SelectOption(label="It helps both", value="both")]
    roles = [discord.SelectOption(label=f"It is: {role.value}", value=role.value) for role in Role]
    return screen(
        box(
            f"### {left}",
            f"{plain(brief(page.passage.text, 1800))}\n{where}",
            guess,
            row(menu("Which side does it help?", sides, "review_side", topic, key)),
            row(menu("What is it?", roles, "review_role", topic, key)),
            row(
                button("Keep as it is", "review_keep", topic, key, style=Style.primary),
                button("Keep in my words", "review_word", topic, key),
                button("Drop", "review_drop", topic, key, style=Style.danger),
                button("Skip", "review_skip", topic, key),
                button("Stop", "review_stop", topic),
            ),
            accent=PLAIN_ACCENT,
        )
    )


def _helps(page: Page) -> str:
    return {"both": "both sides", "neither": "neither side"}.get(page.note.helps, plain(page.note.helps))


def _side(side: SideView) -> str:
    had = ((side.arguments, "argument"), (side.evidence, "passage"), (side.blocks, "block"))
    counts = ", ".join(counted(*each) for each in had)
    gaps = [f"- nothing answers “{plain(brief(gap.claim, 120))}”" for gap in side.gaps[:MOST_GAPS]]
    more = len(side.gaps) - MOST_GAPS
    return "\n".join(
        [f"**{plain(side.id)}**: {counts}", *gaps, *([f"- and {more} more without an answer"] if more > 0 else [])]
    )


def _alt(seen: Overview) -> str:
    """Return the picture's words for those who can't see it."""
    first, second = seen.sides
    if seen.balance is None:
        return f"No evidence yet for {first.id} or {second.id}."[:1000]
    share = round(100 * seen.balance)
    return f"Of the evidence that only one side may cite, {first.id} has {share}%, {second.id} {100 - share}%."[:1000]
