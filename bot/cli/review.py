"""Review of what was mined."""

from contextlib import AsyncExitStack
from typing import Annotated

import typer

from bot.cli.options import chosen_settings
from bot.cli.progress import progress


def review(topic: Annotated[str, typer.Argument(help="The topic's id.")]) -> None:
    """Go through what is least certain, one keystroke a decision; stop and go on whenever you like."""
    import asyncio

    from rich.console import Console

    from bot.catalogue import named

    settings = chosen_settings()
    console = Console(highlight=False)
    known = named(settings, topic)

    async def run() -> None:
        with console.status("Opening the readings…"):
            from bot.assembly import reviewing
            from bot.keyboard import keyboard
        async with AsyncExitStack() as stack:
            with progress() as told:
                session = await stack.enter_async_context(reviewing(settings, known, console, told))
            await session.run(stack.enter_context(keyboard()))

    asyncio.run(run())
