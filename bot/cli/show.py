"""What a topic holds: as a table, as JSON, as a picture."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.options import JsonOption, chosen_settings, chosen_topic
from bot.cli.progress import progress

if TYPE_CHECKING:
    from bot.overview import Overview
    from bot.settings import Settings
    from knowledge.topics import Topic

MOST_GAPS = 5


def show(
    name: Annotated[str, typer.Argument(metavar="TOPIC", show_default=False, help="The topic's id.")],
    as_json: JsonOption = False,
    png: Annotated[str, typer.Option(metavar="FILE", help="Write it as a picture too.")] = "",
) -> None:
    """Show what there is for each side, and what nothing answers."""
    import asyncio

    seen = asyncio.run(_seen(chosen_settings(), chosen_topic(name)))
    if png:
        from bot.picture import draw

        draw(seen, Path(png))
    if as_json:
        from bot.overview import record

        typer.echo(json.dumps(record(seen), ensure_ascii=False))
    else:
        _print(seen)


async def _seen(settings: "Settings", topic: "Topic") -> "Overview":
    from bot.assembly import intake
    from bot.overview import overview

    with progress() as told:
        async with intake(settings, told) as taking:
            answered = {side.id: await taking.library.answered(topic, side.id) for side in topic.sides}
            return overview(topic, answered)


def _print(seen: "Overview") -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False)
    console.print(Text(seen.topic.motion, style="bold"))
    console.print(
        Text(f"Version {seen.topic.version} · {seen.topic.licence} · {seen.topic.attribution}", style="dim")
    )
    first, second = seen.sides
    table = Table()
    table.add_column("")
    for side in seen.sides:
        table.add_column(Text(side.id), justify="right")
    for what, counts in (
        ("arguments", (first.arguments, second.arguments)),
        ("evidence", (first.evidence, second.evidence)),
        ("blocks", (first.blocks, second.blocks)),
        ("unanswered", (len(first.gaps), len(second.gaps))),
    ):
        table.add_row(what, *(str(count) for count in counts))
    console.print(table)
    readings = Table()
    for heading in ("reading", "kind", first.id, "both", second.id, "neither"):
        readings.add_column(Text(heading), justify="left" if heading in ("reading", "kind") else "right")
    for r in seen.readings:
        readings.add_row(Text(r.title), r.kind, *(str(count) for count in (r.first, r.both, r.second, r.neither)))
    console.print(readings)
    if seen.balance is not None:
        share = round(100 * seen.balance)
        console.print(Text(f"Evidence that only one side may cite: {first.id} {share}%, {second.id} {100 - share}%."))
    for side in seen.sides:
        for gap in side.gaps[:MOST_GAPS]:
            console.print(Text(f"{side.id}: nothing answers “{gap.claim}”"))
        if len(side.gaps) > MOST_GAPS:
            console.print(Text(f"{side.id}: and {len(side.gaps) - MOST_GAPS} more; --json has them all."))
