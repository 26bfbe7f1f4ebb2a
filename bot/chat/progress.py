"""Long work, told by editing one message now and then."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

import discord
from discord import ui

from bot.chat.screen import Interaction, screen
from knowledge.library import Told
from prompts import said

EVERY = 1.5
"""Seconds between two edits: Discord takes about one a second."""

T = TypeVar("T")


async def told(interaction: Interaction, what: str, work: Callable[[Told], Coroutine[Any, Any, T]]) -> T:
    """Return what the work returns; meanwhile the deferred answer tells what is done, how far, and how long.

    What came of it takes the place of that, by another edit of the same message.
    """
    state: list[tuple[str, int, int]] = [("", 0, 0)]

    def hear(step: str, done: int, of: int) -> None:
        state[0] = step, done, of

    loop = asyncio.get_running_loop()
    begun, shown = loop.time(), ("", -1, 0)
    task = asyncio.ensure_future(interaction.client.work(work(hear)))
    try:
        while not task.done():
            await asyncio.wait([task], timeout=EVERY)
            if not task.done() and state[0] != shown:
                shown = state[0]
                await _edited(interaction, _line(what, shown, loop.time() - begun))
    except BaseException:
        task.cancel()
        raise
    return task.result()


def _line(what: str, state: tuple[str, int, int], seconds: float) -> str:
    step, done, of = state
    share = done / of if of else 0.0
    left = seconds / share - seconds if share > 0.05 else None
    bar = "█" * round(10 * share) + "░" * (10 - round(10 * share))
    return said("progress", what=what, step=step or "Reading", bar=bar, share=f"{share:.0%}", left=left)


async def _edited(interaction: Interaction, text: str) -> None:
    try:
        await interaction.edit_original_response(view=screen(ui.TextDisplay(text)))
    except discord.HTTPException:  # the work goes on whether or not it can be told
        return
