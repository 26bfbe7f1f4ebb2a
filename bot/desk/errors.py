"""Errors of the desk: what is not allowed, or not now.

GainsayError
└── DeskError
    ├── NotAllowed
    ├── NotYours
    ├── NotNow
    ├── TooMuch
    └── NotKept
"""

from knowledge.errors import GainsayError


class DeskError(GainsayError):
    """Something that the desk can't do for whoever asks."""


class NotAllowed(DeskError):
    """Something that the server lets only some do, or only elsewhere."""


class NotYours(DeskError):
    """Something that belongs to somebody else."""


class NotNow(DeskError):
    """Something that has to wait for the end of quiet hours."""


class TooMuch(DeskError):
    """More than one person, or the whole server, may ask for."""


class NotKept(DeskError):
    """Something that was deleted, at somebody's request or because its time was over."""
