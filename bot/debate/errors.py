"""Errors of the debate core.

GainsayError
└── DebateError
    ├── UnknownSide
    ├── UnknownFormat
    └── NotYourTurn
"""

from knowledge.errors import GainsayError


class DebateError(GainsayError):
    """Something that a round does not allow."""


class UnknownSide(DebateError):
    """A side that the topic does not have."""


class UnknownFormat(DebateError):
    """A format that Gainsay does not know."""


class NotYourTurn(DebateError):
    """A turn out of order, or one in a round that has ended."""
