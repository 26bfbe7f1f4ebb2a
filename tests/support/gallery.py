"""Pictures of what the bot shows on Discord, made by playing against the fake: ``python -m tests.support.gallery``.

Writes one PNG a screen into docs/screens, or into the folder that is named.
"""

import asyncio
import sys
import tempfile
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import pytest

from tests.support.club import Club, club
from tests.support.discord.interactions import Modal
from tests.support.discord.messages import Message
from tests.support.screens import page, shot

ROOT = Path(__file__).parents[2]
SAYS = (
    "Sanctions have failed for thirty years: every round has left him with more bombs. And talking costs us nothing, "
    "because an embassy is a channel, not a prize."
)
LETTER = """The county cut the tram in May. It says that nobody rides after eight.

But nurses ride after eight, and so do bakers. The county counted on two nights in August, when the clinic was shut,
because it wanted a low number. Line 4 carries 900 people a night in winter.

The mayor argues that buses are cheaper. He is right that a bus costs less to buy; it lasts a third as long."""


async def main(folder: Path) -> None:
    """Play, and draw every screen."""
    with tempfile.TemporaryDirectory() as house, pytest.MonkeyPatch.context() as patch:
        async with club(Path(house), patch) as place:
            for part in (_rounds, _answers, _setting_up):
                await part(place, partial(_draw, place, folder))


async def _rounds(place: Club, draw: Callable[..., None]) -> None:
    thread = await place.opened(side="engagement", format="spar", level="club", topic="north-korea")
    draw("round", *thread.messages)
    asked = asyncio.ensure_future(place.answered(thread))
    await asyncio.sleep(0)
    await place.ann.writes(thread, SAYS)
    reply = await asked
    quick = await place.opened(place.bob, side="pressure")
    asked = asyncio.ensure_future(place.answered(quick))
    await asyncio.sleep(0)
    await place.bob.writes(quick, "Kim cannot be trusted: he has broken every deal he ever signed.")
    said = await asked
    draw("reply", *quick.messages[1:])
    for name, label in (("cards", "Cards"), ("why", "Why this"), ("flow", "Flow"), ("hint", "Hint")):
        draw(name, *(await (await place.bob.presses(said, label)).settled(60)).messages)
    form = await place.bob.presses(said, "Speak")
    draw("speech", quick.messages[0], modal=form.modal)
    draw("spar", *thread.messages[1:])
    before = len(place.said(thread))
    await place.ann.presses(reply, "End")
    await place.discord.until(lambda: len(place.said(thread)) >= before + 3, 60)
    draw("ballot", *thread.messages[-3:])


async def _answers(place: Club, draw: Callable[..., None]) -> None:
    question = "Through whom did China send its warnings in 1950?"
    draw("ask", *(await (await place.eve.runs(place.general, "ask", question=question)).settled(60)).messages)
    claim = "Talks reduce the danger of war"
    found = await (await place.eve.runs(place.general, "evidence", claim=claim, side="engagement")).settled()
    draw("evidence", *found.messages)
    message = await place.eve.writes(place.general, "An embassy only rewards bad behavior, so we must hold out.")
    draw("rebut", *(await (await place.ann.uses(message, "Rebut this")).settled(60)).messages)
    draw("privacy", *(await (await place.ann.runs(place.general, "privacy")).settled(60)).messages)
    draw("help", *(await (await place.mod.runs(place.general, "help")).settled(60)).messages)


async def _setting_up(place: Club, draw: Callable[..., None]) -> None:
    form = await place.mod.runs(place.general, "topic create")
    draw("create", modal=form.modal)
    made = await place.mod.fills(
        form.modal,
        {
            "Motion": "The county should bring back the night tram.",
            "Short name": "night-tram",
            "Side for": "tram: The night tram should run again.",
            "Side against": "bus: The night bus is enough.",
        },
    )
    draw("created", *(await made.settled(60)).messages)
    form = await place.mod.runs(place.general, "topic add", topic="night-tram")
    draw("add", modal=form.modal)
    files = [("letter.txt", LETTER.encode())]
    added = await (await place.mod.fills(form.modal, {"Readings": files})).settled()
    await place.discord.until(lambda: any("Added" in message.text for message in added.messages), 60)
    draw("added", *added.messages)
    for name, command in (("topic", "topic show"), ("review", "topic review")):
        seen = await (await place.mod.runs(place.general, command, topic="night-tram")).settled()
        draw(name, *seen.messages)
    draw("settings", *(await (await place.mod.runs(place.general, "settings")).settled(60)).messages)


def _draw(place: Club, folder: Path, name: str, *messages: Message, modal: Modal | None = None) -> None:
    names: Mapping[str, str] = {
        **{str(who.id): who.user.name for who in (place.ann, place.bob, place.eve, place.mod)},
        **{str(each.id): each.name for each in place.general.threads},
        str(place.general.id): "general",
    }
    files = {a.name: a.data for message in messages for a in message.attachments}
    payloads = [message.payload() for message in messages]
    form = {"title": modal.title, "components": modal.components} if modal else None
    shot(page(name, payloads, modal=form, files=files, names=names), folder / f"{name}.png")


if __name__ == "__main__":
    chosen = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "screens"
    chosen.mkdir(parents=True, exist_ok=True)
    asyncio.run(main(chosen))
