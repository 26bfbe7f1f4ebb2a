"""``gainsay report``: a round as a file."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.options import chosen_settings, chosen_topic

if TYPE_CHECKING:
    from bot.debate.round import Round
    from knowledge.topics import Topic

LATEST = "latest"
_OUT = "A file ending in .html or .md, or - for HTML on standard output. Without it, ROUND.html in this folder."


def report(
    round: Annotated[str, typer.Argument(metavar="ROUND", help="The round's id, or latest.")] = LATEST,
    out: Annotated[str, typer.Option(help=_OUT)] = "",
    force: Annotated[bool, typer.Option("--force", help="Write over the file if it is there.")] = False,
) -> None:
    """Write a round as a page to print or hand on: speeches, flow, ballot and evidence."""
    import asyncio

    from bot.debate.ballot import ballot
    from bot.debate.flow import flow
    from prompts.counts import counted

    make = _maker(out)
    played = asyncio.run(_round(round))
    text = make(played, _topic(played), flow(played), ballot(played))
    if out == "-":
        typer.echo(text.encode(), nl=False)
        return
    path = Path(out or f"{played.id}.html")
    _write(path, text.encode(), force)
    typer.echo(f"Wrote {path}: round {played.id}, {counted(len(played.turns), 'turn')}.")


def _maker(out: str) -> Callable[..., str]:
    """Return what makes the page, by the ending of the file's name."""
    from bot.lines import BadInput
    from bot.report import html, markdown

    makers = {".html": html, ".htm": html, ".md": markdown, ".markdown": markdown}
    ending = ".html" if out in ("", "-") else Path(out).suffix.lower()
    if ending not in makers:
        raise BadInput(f"{out}: no format for this name. End it with .html or .md; a browser prints the page to PDF.")
    return makers[ending]


async def _round(name: str) -> "Round":
    """Return the round with that id, or the newest in which something was said; NoSuchRound when there is none."""
    from bot.store.database import database
    from bot.store.errors import NoSuchRound
    from bot.store.rounds import Rounds

    async with database(chosen_settings().database) as engine:
        rounds = Rounds(engine)
        if name == LATEST:
            name = next((kept.id for kept in await rounds.list() if kept.turns), "")
            if not name:
                raise NoSuchRound("No round has been played yet. `gainsay practice` plays one.")
        return await rounds.load(name)


def _topic(round: "Round") -> "Topic":
    from bot.debate.errors import UnknownSide

    topic = chosen_topic(round.topic)
    if round.side not in (side.id for side in topic.sides):
        raise UnknownSide(f"Round {round.id} was played for {round.side!r}, a side that {topic.id} has no more.")
    return topic


def _write(path: Path, data: bytes, force: bool) -> None:
    from bot.lines import BadInput

    try:
        with path.open("wb" if force else "xb") as file:
            file.write(data)
    except FileExistsError:
        raise BadInput(
            f"{path}: there already. Add --force to write over it, or give another name with --out."
        ) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise BadInput(f"{path}: cannot be written ({reason}). Give another name with --out.") from None
