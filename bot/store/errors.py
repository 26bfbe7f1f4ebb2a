"""Errors of the store."""

from knowledge.errors import GainsayError


class StoreError(GainsayError):
    """The database can't be opened, read or written."""


class NoSuchRound(GainsayError):
    """No round has that id."""


class DuplicateTopic(GainsayError):
    """A topic has that id already."""


class DuplicateReading(GainsayError):
    """The topic has that reading already."""


def unusable(error: Exception) -> StoreError:
    """Return the error to raise where the database fails: its own reason, on one line."""
    reason = str(getattr(error, "orig", None) or error).splitlines()[0]
    return StoreError(f"The database cannot be used: {reason}. Nothing was changed; try again.")
