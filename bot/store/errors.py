"""Errors of the store."""

from knowledge.errors import GainsayError


class StoreError(GainsayError):
    """The database can't be opened, read or written."""


class NoSuchRound(GainsayError):
    """No round has that id."""
