"""The bot on Discord."""

import logging

import typer

from bot.cli.options import chosen_settings
from bot.cli.progress import progress


def discord(quiet: bool = typer.Option(False, "--quiet", help="Say nothing but errors.")) -> None:
    """Serve Discord, with the token in DISCORD_TOKEN or .env, until Ctrl-C."""
    import asyncio
    from contextlib import AsyncExitStack

    from bot.lines import BadInput

    settings = chosen_settings()
    token = settings.discord_token.get_secret_value().strip()
    if not token:
        raise BadInput("No Discord token. Put DISCORD_TOKEN=… into .env or the environment; gainsay doctor checks it")
    level = logging.WARNING if quiet else logging.INFO
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")

    async def run() -> None:
        from bot.assembly import serving
        from bot.chat.door import serve

        async with AsyncExitStack() as stack:
            desk, work = await stack.enter_async_context(serving(settings))
            with progress() as told:
                await work(desk.readings.bundled(told))
            if not quiet:
                typer.echo("Ready for Discord. Ctrl-C leaves; open rounds go on at the next start.", err=True)
            await serve(desk, work, token)

    asyncio.run(run())
