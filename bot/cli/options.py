"""Options that several commands share, and what they name."""

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.settings import Settings
    from knowledge.topics import Topic

TopicOption = Annotated[str, typer.Option("--topic", help="The topic's id.")]
SideOption = Annotated[str, typer.Option("--side", help="The side that the bot takes.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
BatchOption = Annotated[str, typer.Option("--batch", help="A file of JSON lines, or - for standard input.")]
TextArgument = Annotated[str, typer.Argument(show_default=False, help="The message.")]


def chosen_topic(name: str) -> "Topic":
    """Return the topic with that id, bundled or kept here; UnknownTopic when there is none."""
    from bot.catalogue import named

    return named(chosen_settings(), name)


def chosen_side(topic: "Topic", side: str) -> str:
    """Return the side, if the topic has it; UnknownSide names those it has."""
    from bot.debate.errors import UnknownSide

    known = [each.id for each in topic.sides]
    if side not in known:
        what = f"No side {side!r} in {topic.id}." if side else "No side given."
        raise UnknownSide(f"{what} Use --side with one of: {', '.join(known)}.")
    return side


def chosen_settings() -> "Settings":
    """Return the settings that the environment makes."""
    from bot.settings import settings

    return settings()
