"""A round at the console."""

import json
import sys
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.options import JsonOption, SideOption, TopicOption, chosen_settings, chosen_side, chosen_topic
from bot.cli.progress import progress

if TYPE_CHECKING:
    from bot.debate.round import Round
    from knowledge.topics import Topic

_OPENING = "Opening the topic"


def practice(
    side: SideOption = "",
    topic: TopicOption = "north-korea",
    format: Annotated[str, typer.Option(help="quick, spar, ld or pf.")] = "quick",
    level: Annotated[str, typer.Option(help="novice, club or varsity.")] = "club",
    seed: Annotated[int, typer.Option(help="Chooses the wordings.")] = -1,
    script: Annotated[str, typer.Option(help="A file with one turn of yours a line; - for standard input.")] = "",
    resume: Annotated[str, typer.Option(help="The id of a round to take up again.")] = "",
    rounds: Annotated[bool, typer.Option("--rounds", help="List the rounds kept here.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Play a round."""
    import secrets

    from bot.debate.formats import named
    from bot.debate.round import Level, Round
    from bot.lines import BadInput, read_file

    known = chosen_topic(_topic_of(resume) if resume else topic)
    named(format)
    if level not in list(Level):
        raise BadInput(f"No level {level!r}. Use one of: {', '.join(Level)}.")
    mine = chosen_side(known, side) if side else known.sides[secrets.randbelow(2)].id
    turns = [line for line in read_file(script).splitlines() if line.strip()] if script else None
    fresh = Round(
        secrets.token_hex(3), topic, mine, format, Level(level), seed if seed >= 0 else secrets.randbelow(1 << 31)
    )
    if rounds:
        _list_rounds()
    else:
        _play(known, fresh, resume, turns, as_json)


def _topic_of(round: str) -> str:
    """Return the topic that a round kept here was played on; NoSuchRound when there is none."""
    import asyncio

    from bot.store.database import database
    from bot.store.rounds import Rounds

    async def look() -> str:
        async with database(chosen_settings().database) as engine:
            return (await Rounds(engine).load(round)).topic

    return asyncio.run(look())


def _play(topic: "Topic", fresh: "Round", resume: str, script: list[str] | None, as_json: bool) -> None:
    """Play a round to the end of the script, or as long as the user likes."""
    import asyncio
    from contextlib import AsyncExitStack

    from rich.console import Console

    settings = chosen_settings()
    console = Console(quiet=as_json, highlight=False)
    with asyncio.Runner() as runner:
        stack = AsyncExitStack()
        try:
            with progress() as told:
                told(_OPENING, 0, 1)
                from bot.assembly import now, opened
                from bot.debate.ballot import ballot
                from bot.debate.flow import flow
                from bot.records import round as record
                from bot.terminal import Practice
                from prompts.counts import counted

                app = runner.run(stack.enter_async_context(opened(settings, topic, told)))
                told(_OPENING, 1, 1)
            round = runner.run(app.rounds.load(resume)) if resume else fresh

            async def lines() -> AsyncIterator[str]:
                for kept in await app.rounds.list():
                    state = counted(kept.turns, "turn") + " (ended)" * kept.ended
                    yield f"{kept.id}  {kept.started}  bot: {kept.side}  {state}"

            runner.run(app.rounds.keep(round, now()))
            practice = Practice(console, app.opponent, app.rounds, round, lines)
            runner.run(practice.start())
            going = True
            for line in script if script is not None else _typed(console):
                going = runner.run(practice.say(line))
                if not going:
                    break
            if as_json:
                played = practice.round
                typer.echo(json.dumps(record(played, flow(played), ballot(played)), ensure_ascii=False))
            elif going:
                console.print(f"\nThe round is kept: gainsay practice --resume {practice.round.id}", style="dim")
        finally:
            runner.run(stack.aclose())


def _typed(console: Any) -> Any:
    """Yield the lines that the user types, until Ctrl-C or Ctrl-D."""
    if not sys.stdin.isatty():
        yield from sys.stdin
        return
    import readline  # noqa: F401  (line editing and history)

    while True:
        try:
            yield console.input("\n[bold]> [/bold]")
        except (EOFError, KeyboardInterrupt):
            return


def _list_rounds() -> None:
    import asyncio

    from bot.store.database import database
    from bot.store.rounds import Rounds
    from prompts.counts import counted

    async def show() -> None:
        settings = chosen_settings()
        async with database(settings.database) as engine:
            for kept in await Rounds(engine).list():
                state = counted(kept.turns, "turn") + " (ended)" * kept.ended
                typer.echo(f"{kept.id}  {kept.started}  {kept.topic}  bot: {kept.side}  {state}")

    asyncio.run(show())
