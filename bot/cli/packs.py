"""Topics passed on: validated, exported as a zip, imported."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.options import chosen_settings, chosen_topic
from bot.cli.progress import progress

if TYPE_CHECKING:
    from knowledge.topics import Topic


def validate(
    pack: Annotated[
        str, typer.Argument(metavar="FOLDER|ID", show_default=False, help="A pack's folder or zip, or a topic's id.")
    ],
) -> None:
    """Check that a topic holds together."""
    from knowledge.packchecks import check
    from prompts.counts import counted

    path = Path(pack)
    if path.exists():
        topic = _read(path)
    else:
        topic = chosen_topic(pack)
        check(Path(pack), topic)
    argued = f"{counted(len(topic.arguments), 'argument')}, {counted(len(topic.blocks), 'block')}"
    typer.echo(f"{topic.id} {topic.version} holds together: {_holdings(topic)}, {argued}. Licence: {topic.licence}.")


def export(
    name: Annotated[str, typer.Argument(metavar="TOPIC", show_default=False, help="The topic's id.")],
    out: Annotated[str, typer.Option(metavar="FILE.zip", help="Where to; TOPIC.zip here if not given.")] = "",
) -> None:
    """Write a topic as one zip, readings and all."""
    from knowledge.packzip import pack
    from knowledge.sources import Kind
    from prompts.counts import counted

    topic = chosen_topic(name)
    path = Path(out or f"{name}.zip")
    pack(topic, path)
    typer.echo(f"Wrote {path}.")
    if whole := sum(source.kind is Kind.VERBATIM for source in topic.sources):
        typer.echo(f"It holds {counted(whole, 'reading')} word for word: pass it on only where you may.", err=True)


def take(
    pack: Annotated[str, typer.Argument(metavar="FILE.zip", show_default=False, help="What topic export wrote.")],
    name: Annotated[str, typer.Option("--id", help="Keep it under this id.")] = "",
) -> None:
    """Import a topic from a zip, all of it or nothing."""
    import asyncio
    from dataclasses import replace

    topic = _read(Path(pack))
    if name:
        from knowledge.packfiles import begun

        topic = replace(topic, id=name)
        begun(name, topic.motion, topic.sides, topic.version, topic.licence, topic.attribution)
    settings = chosen_settings()

    async def work() -> None:
        from bot.assembly import intake

        with progress() as told:
            async with intake(settings, told) as taking:
                await taking.create(topic)

    asyncio.run(work())
    typer.echo(f"Imported {topic.id}: {_holdings(topic)}.")


def _read(path: Path) -> "Topic":
    from knowledge.packfiles import load
    from knowledge.packzip import unpack

    return load(path) if path.is_dir() else unpack(path)


def _holdings(topic: "Topic") -> str:
    from prompts.counts import counted

    return f"{counted(len(topic.sources), 'source')}, {counted(len(topic.passages), 'passage')}"
