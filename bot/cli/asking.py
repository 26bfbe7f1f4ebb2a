"""What is asked at a terminal; nothing is asked where nobody would see it."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from knowledge.topics import Side


def attended() -> bool:
    """Return whether somebody is at a terminal: nothing is piped in or out."""
    return all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))


def asked(what: str, flag: str) -> str:
    """Return what the user types when asked; BadInput names the flag when nobody can be asked."""
    from bot.lines import BadInput

    if not attended():
        raise BadInput(f"No {flag.split()[0].removeprefix('--')} given. Give {flag}: {what}.")
    answer: str = typer.prompt(f"{what[0].upper()}{what[1:]}", err=True)
    return answer


def asked_side(sides: Sequence["Side"]) -> str:
    """Return the side that the readings argue for, as the user says: its id, "both", or "" to have it found out."""
    names = [*(side.id for side in sides), "both"]
    offered = ", ".join(f"{number} {name}" for number, name in enumerate(names, 1))

    def chosen(answer: str) -> str:
        said = answer.strip()
        if said.isdecimal() and 1 <= int(said) <= len(names):
            return names[int(said) - 1]
        if said and said not in names:
            raise typer.BadParameter(f"Type a number from 1 to {len(names)}, or nothing.")
        return said

    question = f"Which side do they argue for? {offered}; Enter to have it found out"
    side: str = typer.prompt(question, default="", show_default=False, err=True, value_proc=chosen)
    return side
