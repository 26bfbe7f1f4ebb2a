"""The commands, put together, and what becomes of errors."""

import sys

import typer
from typer.exceptions import Abort, Exit, TyperException

from bot.cli import answers, bench, discord, doctor, practice, report, topic
from knowledge.errors import GainsayError

OURS = ("ModelError", "StoreError", "HomeError", "DoorError")
"""Errors that are not the caller's, by name: importing their classes would be slow."""

app = typer.Typer(
    name="gainsay",
    help="A debate practice bot: it takes the other side and cites what it rests on.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for command in (
    answers.rebut,
    answers.ask,
    answers.listen,
    answers.quote,
    practice.practice,
    report.report,
    discord.discord,
    doctor.doctor,
):
    app.command()(command)
app.add_typer(topic.topic, name="topic")
app.add_typer(bench.bench, name="bench")


def main() -> None:
    """Run the command line; errors are one line on stderr: exit 2 for the caller's mistake, 1 for ours."""
    try:
        sys.exit(app(standalone_mode=False) or 0)
    except TyperException as error:
        _fail(f"{error} See gainsay --help.", 2)
    except GainsayError as error:
        _fail(str(error), 1 if type(error).__name__ in OURS else 2)
    except (Abort, KeyboardInterrupt):
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
    except Exit as done:
        sys.exit(done.exit_code)
    except Exception as error:
        _fail(f"Something went wrong on our side ({type(error).__name__}: {error}). Please report it.", 1)


def _fail(message: str, code: int) -> None:
    sys.stderr.write(" ".join(message.split()) + "\n")
    sys.exit(code)
