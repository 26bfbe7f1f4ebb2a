"""The command line. What is heavy is imported inside the command that needs it, so that --help answers at once."""

from bot.cli.entry import main

__all__ = ["main"]
