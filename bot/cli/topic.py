"""Topics of one's own: made, filled with readings, listed, deleted."""

import json
import sys
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from bot.cli import packs, review, show
from bot.cli.asking import asked, asked_side, attended
from bot.cli.options import JsonOption, chosen_settings
from bot.cli.progress import progress

if TYPE_CHECKING:
    from bot.intake import Intake
    from knowledge.topics import Side, Topic

T = TypeVar("T")

IdArgument = Annotated[str, typer.Argument(metavar="TOPIC", show_default=False, help="The topic's id.")]
NEW = "not stated"
CLEAR = 0.6
"""Confidence from which a passage's side is more than a guess."""

topic = typer.Typer(
    help="Make a topic, fill it with readings, see what it holds, pass it on.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
topic.command()(show.show)
topic.command()(review.review)
topic.command()(packs.validate)
topic.command()(packs.export)
topic.command("import")(packs.take)


@topic.command()
def create(
    name: Annotated[str, typer.Argument(metavar="ID", show_default=False, help="What the topic is called.")] = "",
    motion: Annotated[str, typer.Option(help="What is debated.")] = "",
    side: Annotated[
        list[str] | None,
        typer.Option(help='A side\'s name, or "name: what it holds". Twice: for the motion, then against.'),
    ] = None,
    licence: Annotated[str, typer.Option(help="Under which terms the topic may be passed on.")] = NEW,
    attribution: Annotated[str, typer.Option(help="Whose work it is.")] = NEW,
    version: Annotated[str, typer.Option(help="The topic's version.")] = "1.0.0",
) -> None:
    """Make a topic. What is not given is asked for at a terminal."""
    name = name or asked("the topic's id (small letters, digits, hyphens)", "ID")
    motion = motion or asked("the motion", "--motion M")
    sides = list(side or [])
    for which in ("for", "against")[len(sides) :]:
        sides.append(asked(f"the side {which} the motion: its name, or name: what it holds", "--side A --side B"))
    from knowledge.packfiles import begun

    new = begun(name, _line(motion), _sides(sides, _line(motion)), version, _line(licence), _line(attribution))
    _run(lambda intake: intake.create(new))
    typer.echo(f"Made {name}. Add readings: gainsay topic add {name} FILE …")


@topic.command()
def add(
    name: IdArgument,
    files: Annotated[list[str], typer.Argument(metavar="FILE…", show_default=False, help="The readings.")],
    side: Annotated[
        str, typer.Option(help='The side that they argue for, or "both"; else you are asked, or it is found out.')
    ] = "",
    as_json: JsonOption = False,
) -> None:
    """Add readings to a topic, all of them or none."""
    from prompts.counts import counted

    if not side and not as_json and attended():
        from bot.catalogue import head

        side = asked_side(head(chosen_settings(), name).sides)
    added = _run(lambda intake: intake.add(name, files, side))
    if as_json:
        typer.echo(json.dumps({"id": name, "added": _added(added)}, ensure_ascii=False))
        return
    for source in _added(added):
        typer.echo(f"Added {source['title']!r} to {name}: {counted(source['passages'], 'passage')}.")
    if not _clear(added):
        typer.echo(f"Whom most of it helps is a guess so far. To settle it: gainsay topic review {name}")


@topic.command()
def attach(
    name: IdArgument,
    file: Annotated[str, typer.Argument(show_default=False, help="The original of what the topic has a digest of.")],
) -> None:
    """Attach the original to a digest, so that citations quote it to the letter."""
    source = _run(lambda intake: intake.attach(name, file))
    typer.echo(f"Attached {file}: from now on {source.title!r} is quoted to the letter.")


@topic.command("list")
def list_topics(as_json: JsonOption = False) -> None:
    """List the topics."""
    from bot.catalogue import listed
    from prompts.counts import counted

    found = listed(chosen_settings())
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False))
        return
    for each in found:
        sides = " / ".join(each["sides"])
        holdings = f"{counted(each['sources'], 'source')}, {counted(each['passages'], 'passage')}"
        typer.echo(f"{each['id']:<20} {holdings}  {sides}")
        typer.echo(f"{'':<20} {each['motion']}")


@topic.command()
def delete(
    name: IdArgument,
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask.")] = False,
) -> None:
    """Delete a topic; of a bundled one, what was added to it."""
    if not yes and sys.stdin.isatty():
        typer.confirm(f"Delete {name} with all its readings?", abort=True, err=True)
    _run(lambda intake: intake.topics.delete(name))
    typer.echo(f"Deleted {name}.")


def _run(do: "Callable[[Intake], Awaitable[T]]") -> T:
    """Return what is done with the intake, its progress shown."""

    async def work() -> T:
        from bot.assembly import intake

        with progress() as told:
            async with intake(settings, told) as taking:
                return await do(taking)

    import asyncio

    settings = chosen_settings()
    return asyncio.run(work())


def _sides(written: list[str], motion: str) -> "list[Side]":
    """Return the sides; one whose name stands alone holds the motion, or its rejection."""
    from knowledge.topics import Side

    holds = [motion, f"Against: {motion}", *(motion for _ in written[2:])]
    parts = [text.partition(":") for text in written]
    return [
        Side(name.strip(), _line(says) or default) for (name, _, says), default in zip(parts, holds, strict=False)
    ]


def _line(text: str) -> str:
    return " ".join(text.split())


def _added(part: "Topic") -> list[dict[str, Any]]:
    return [
        {
            "id": source.id,
            "title": source.title,
            "passages": sum(passage.source_id == source.id for passage in part.passages),
        }
        for source in part.sources
    ]


def _clear(part: "Topic") -> bool:
    """Return whether it is clear of at least half of the passages which side they help."""
    sure = [note.confidence >= CLEAR for note in part.notes.values()]
    return 2 * sum(sure) >= len(sure)
